"""Tables of a simulation for its report: where most is missed, which hours would help, how full people are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from staffing.domain.problem import Problem
from staffing.report.page import rows_of
from staffing.report.words import hours, listed, number, percent, plain, plural, stretch
from staffing.simulate.remedy import HOUR_MINUTES
from staffing.simulate.result import Simulated

STRETCHES_SHOWN, OF_ONE_QUEUE = 8, 3
LEAST = 0.01
"""Missed cases (mean) of an interval that is worth a word."""
ONE_MINUTE = pd.Timedelta(minutes=1)


@dataclass(frozen=True)
class Remedy:
    """Hours that would help one target: what is missed without and with them, and a sentence on each."""

    queue: str
    sentence: str
    hours: tuple[str, ...]


def likeliest(problem: Problem, misses: pd.DataFrame) -> pd.DataFrame:
    """Return the stretches with most missed cases, the worst first.

    A stretch holds intervals of a queue in a row, in each of which at least half as much is missed as in its worst.

    Returns
    -------
    pd.DataFrame
        ``queue``, ``when``, ``due`` and ``missed`` (mean cases), ``chance`` of a miss in the worst interval.
    """
    found = []
    for queue, rows in misses.groupby("queue", sort=False):
        is_bad = rows["missed"] >= max(rows["missed"].max() / 2, LEAST)
        for _, part in rows[is_bad].groupby((~is_bad[is_bad.index]).cumsum()):
            start, last = part["interval_start"].iloc[[0, -1]]
            minutes = (last - start) // ONE_MINUTE + problem.horizon.interval_minutes
            sums = part["due"].sum(), part["missed"].sum()
            found.append((queue, _when(problem, start, minutes), *sums, part["chance"].max()))
    table = pd.DataFrame(found, columns=["queue", "when", "due", "missed", "chance"])
    worst = table.sort_values("missed", ascending=False, kind="stable")
    return worst.groupby("queue", sort=False).head(OF_ONE_QUEUE).head(STRETCHES_SHOWN)


def remedies(problem: Problem, lived: Simulated) -> Iterator[Remedy]:
    """Yield what would help each target at risk."""
    for queue in lived.at_risk:
        rows = rows_of(lived.remedies[lived.remedies["queue"] == queue])
        name = plain(queue)
        if not rows:
            yield Remedy(name, "No single hour that was tried takes misses off it.", ())
            continue
        first = rows[0]
        both = "both hours" if len(rows) > 1 else "this hour"
        sentence = (
            f"{number(first['missed'], 1)} missed cases a week and the target met in "
            f"{percent(first['chance'], 0)} of the weeks; {number(first['missed_with_all'], 1)} and "
            f"{percent(first['chance_with_all'], 0)} with {both}."
        )
        yield Remedy(name, sentence, tuple(_hour(problem, row) for row in rows))


def _hour(problem: Problem, row: dict[str, Any]) -> str:
    start, zone = row["interval_start"], problem.site_of[row["site"]].time_zone
    skills = listed([plain(queue) for queue in row["pool"].split("+")])
    when, there = (_when(problem, start, HOUR_MINUTES, clock) for clock in ("UTC", zone))
    local = "" if there == when else f" ({there} there)"
    people = plural(row["people"], "person", "people")
    return (
        f"{when} UTC{local}: one more in {plain(row['site'])}, trained for {skills} ({people}). "
        f"{number(row['avoided'], 1)} fewer missed cases a week for {hours(row['paid_minutes'])} paid h."
    )


def _when(problem: Problem, start: pd.Timestamp, minutes: int, zone: str = "UTC") -> str:
    first = problem.horizon.minute(start.to_pydatetime())
    return stretch(problem.horizon, first, first + minutes, zone)


def class_weeks(classes: pd.DataFrame) -> pd.DataFrame:
    """Return ``Simulated.classes`` over the whole week.

    Returns
    -------
    pd.DataFrame
        ``site``, ``skills``, ``people``, ``present_minutes``, ``occupancy``, and of the fullest day ``busiest``,
        ``busiest_occupancy`` and its ``busiest_p90``; classes that nobody works in are left out.
    """
    there = classes[classes["present_minutes"] > 0]
    rows = []
    for (site, pool), days in there.groupby(["site", "pool"], sort=False):
        fullest = days.nlargest(1, "occupancy").iloc[0]
        present = days["present_minutes"].sum()
        rows.append(
            {
                "site": site,
                "skills": listed([plain(queue) for queue in str(pool).split("+")]),
                "people": fullest["people"],
                "present_minutes": present,
                "occupancy": (days["occupancy"] * days["present_minutes"]).sum() / present,
                "busiest": fullest["date"],
                "busiest_occupancy": fullest["occupancy"],
                "busiest_p90": fullest["p90"],
            }
        )
    return pd.DataFrame(rows)
