"""Assignments and weekends of each nurse over all weeks, as rules."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.inrc2.checker import WEIGHTS
from benchmarks.inrc2.instance import History, Scenario
from benchmarks.inrc2.outlook import LATER
from benchmarks.rostering.sums import Limits, Sums, Weekends
from staffing.domain.objective import Level
from staffing.rules.base import Rule


def totals(scenario: Scenario, history: History) -> Iterator[Rule]:
    """Yield the limits of the contracts; what stands in the history counts."""
    yield Sums(
        level=Level.SHOULD,
        weight=WEIGHTS["assignments"],
        values=dict.fromkeys((*scenario.shift_names, LATER), 1),
        limits={
            nurse.nurse: Limits(
                lower=nurse.contract.assignments.least,
                upper=nurse.contract.assignments.most,
                constant=history[nurse.nurse].assignments,
            )
            for nurse in scenario.nurses
        },
    )
    yield Weekends(
        level=Level.SHOULD,
        weight=WEIGHTS["weekends"],
        limits={
            nurse.nurse: Limits(
                upper=nurse.contract.most_weekends, constant=history[nurse.nurse].weekends
            )
            for nurse in scenario.nurses
        },
    )
