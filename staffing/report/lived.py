"""What a simulation says of a build, as an ops manager asks for it: which targets hold, where not, what would help."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from staffing.domain.build import Build
from staffing.report import figures_lived as figures
from staffing.report.days import TargetDays, lived_days
from staffing.report.lived_tables import Remedy, class_weeks, likeliest, remedies
from staffing.report.page import Panel, panel, rows_of
from staffing.report.words import NONE, day, listed, number, percent, plain, plural
from staffing.simulate.habits import Habits
from staffing.simulate.result import Simulated

FAR_OFF = 0.02
"""Belief and life are worth a word if they differ by more."""
ORDERS = {
    "due": "the one due first is taken next",
    "arrival": "the one that came first is taken next",
    "priority": "that of the highest priority is taken next",
    "plan": "that of the queue to which the plan gives most minutes is taken next",
}
OVERRUNS = {
    "finish": "is finished in overtime",
    "hand_over": "is handed over",
    "park": "waits for the next duty of the same person",
}


@dataclass(frozen=True)
class LivedSection:
    """All that the section shows.

    Parameters
    ----------
    verdict
        A sentence for the top of the page.
    habits
        How people worked, a sentence.
    days
        Daily targets, day by day.
    service, likeliest, classes, people
        Rows of tables: queues; stretches with most misses; people alike over the week; persons, most exposed first.
    intervals, risk, ages
        Figures; ``risk`` is None where nothing was missed.
    remedies
        None where nobody has looked for any.
    """

    replications: int
    seed: int
    verdict: str
    sentences: tuple[str, ...]
    habits: str
    service: list[dict[str, Any]]
    days: tuple[TargetDays, ...]
    intervals: Panel
    ages: tuple[Panel, ...]
    risk: Panel | None
    likeliest: list[dict[str, Any]]
    remedies: tuple[Remedy, ...] | None
    classes: list[dict[str, Any]]
    people: list[dict[str, Any]]


def lived_section(build: Build, lived: Simulated) -> LivedSection:
    """Return the section of a build that was lived."""
    by_queue = dict(iter(lived.backlog.groupby("queue", sort=False)))
    order = lived.queues.sort_values("kind")["queue"]  # deferrable first: there backlog has an age
    people = lived.people.sort_values(["exposure_minutes", "overtime_minutes"], ascending=False)
    has_looked = len(lived.remedies.columns) > 0
    return LivedSection(
        replications=lived.replications,
        seed=lived.seed,
        verdict=verdict(lived),
        sentences=tuple(sentences(lived)),
        habits=_habits(lived.habits),
        service=[_service(row, lived.at_risk) for row in rows_of(lived.queues)],
        days=tuple(lived_days(build.problem, lived.days)),
        intervals=panel("lived", "Service lived", figures.service_figure(lived.queues)),
        ages=tuple(
            panel(f"age-{place}", plain(queue), figures.ages_figure(by_queue[queue]))
            for place, queue in enumerate(order)
        ),
        risk=panel("risk", "Chance of a miss", figures.risk_figure(lived.misses))
        if lived.misses["missed"].any()
        else None,
        likeliest=rows_of(likeliest(build.problem, lived.misses)),
        remedies=tuple(remedies(build.problem, lived)) if has_looked else None,
        classes=rows_of(class_weeks(lived.classes)),
        people=rows_of(people),
    )


def verdict(lived: Simulated) -> str:
    """Say which targets hold, and which are at risk."""
    at_risk = lived.queues[lived.queues["queue"].isin(lived.at_risk)].sort_values("chance")
    if at_risk.empty:
        return "Lived with random cases, every target holds in at least nine weeks of ten."
    named = [
        f"{plain(row['queue'])} ({percent(row['target'])} is met in {percent(row['chance'], 0)} of the weeks)"
        for row in rows_of(at_risk)
    ]
    count = len(lived.queues)
    return (
        f"Lived with random cases, {count - len(at_risk)} of {count} targets hold in at least nine weeks of ten. "
        f"At risk: {listed(named)}."
    )


def sentences(lived: Simulated) -> Iterator[str]:
    """Yield what the section begins with."""
    yield (
        f"The week was lived {plural(lived.replications, 'time')} with this schedule and random cases, "
        f"{number(lived.cases / lived.replications)} a week in the mean."
    )
    off = lived.queues.assign(off=lived.queues["believed"] - lived.queues["mean"])
    for row in rows_of(off[off["off"] > FAR_OFF].nlargest(1, "off")):
        yield (
            f"The plan believes more than was lived, most for {plain(row['queue'])}: "
            f"{percent(row['believed'], 1)} against {percent(row['mean'], 1)}."
        )


def _service(row: dict[str, Any], at_risk: tuple[str, ...]) -> dict[str, Any]:
    worst, share = row["worst_day"], row["worst_day_mean"]
    return row | {
        "safe": row["queue"] not in at_risk,
        "worst": NONE if math.isnan(share) else f"{day(worst)}, {percent(share, 0)}",
    }


def _habits(habits: Habits) -> str:
    absent = habits.absence_fraction
    away = f"for {percent(absent)} of the duties nobody turns up" if absent else "nobody is absent"
    return (
        f"Of deferrable cases {ORDERS[habits.order]}; one that outlasts its duty {OVERRUNS[habits.overrun]}; "
        f"beyond approved leave {away}."
    )
