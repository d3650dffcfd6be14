"""What a simulation says, on a terminal and for machines."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from staffing.console.basics import narrow_table, out
from staffing.report.words import plain
from staffing.simulate.result import SURE, Simulated


def simulated_record(week: str, lived: Simulated) -> dict[str, Any]:
    """Return a simulation as one JSON object; intervals and ages only where something is missed."""
    missed = lived.misses[lived.misses["missed"] > 0]
    return {
        "week": week,
        "replications": lived.replications,
        "seed": lived.seed,
        "cases": lived.cases,
    } | {
        name: table.to_dict("records")
        for name, table in {
            "queues": lived.queues,
            "days": lived.days,
            "classes": lived.classes,
            "people": lived.people,
            "misses": missed,
            "remedies": lived.remedies,
        }.items()
    }


def show_simulated(week: str, lived: Simulated) -> None:
    """Print a simulation: service against belief, then what it asks of people."""
    shown = narrow_table(f"{week}, lived {lived.replications} times with random cases")
    shown.add_column("queue")
    for heading in ("target", "believed", "lived", "P10–P90", "chance", "worst day", "oldest h"):
        shown.add_column(heading, justify="right")
    for row in lived.queues.to_dict("records"):
        colour = "green" if row["chance"] >= SURE else "red"
        shown.add_row(
            plain(row["queue"]),
            f"{row['target']:.1%}",
            _percent(row["believed"]),
            _percent(row["mean"]),
            f"{_percent(row['p10'], 0)}–{_percent(row['p90'], 0)}",
            f"[{colour}]{row['chance']:.0%}[/]",
            _worst(row),
            f"{row['oldest_p90'] / 60:,.1f}",
        )
    out.print(shown)
    people = lived.people
    worked, there = people["worked_minutes"].sum(), people["present_minutes"].sum()
    out.print(
        f"People are at work on cases {worked / there if there else 0:.0%} of their time; overtime "
        f"{people['overtime_minutes'].sum() / 60:,.1f} h; most exposure of one person "
        f"{people['exposure_minutes'].max() / 60:,.1f} h."
    )
    at_risk = ", ".join(map(plain, lived.at_risk))
    verdict = f"At risk: {at_risk}." if at_risk else "None is at risk."
    out.print(f"A target is at risk if its chance is below {SURE:.0%}. {verdict}")
    for row in lived.remedies.to_dict("records"):
        out.print(
            f"An hour more for {plain(row['queue'])} at {row['interval_start']:%a %H:%M} UTC in {plain(row['site'])} "
            f"takes {row['avoided']:.1f} of {row['missed']:.1f} misses.",
            markup=False,
        )


def _percent(share: float, digits: int = 1) -> str:
    return "–" if math.isnan(share) else f"{share:.{digits}%}"


def _worst(row: Mapping[Any, Any]) -> str:
    if math.isnan(row["worst_day_mean"]):
        return "–"
    return f"{row['worst_day']:%a} {row['worst_day_mean']:.0%}"
