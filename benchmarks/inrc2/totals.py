"""Assignments and weekends of each nurse over all weeks, as rules of the weeks at hand."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.inrc2.checker import WEIGHTS
from benchmarks.inrc2.instance import History, Scenario
from benchmarks.inrc2.pacing import assignment_paces, early_weekend_price
from benchmarks.rostering.sums import Limits, Sums, Weekends
from staffing.domain.objective import Level
from staffing.rules.base import Rule


def totals(scenario: Scenario, history: History, left: int, planned: int) -> Iterator[Rule]:
    """Yield limits at the pace of `pacing`.

    Parameters
    ----------
    left, planned
        Weeks to go, those at hand included, and weeks at hand.
    """
    paces = {
        nurse.nurse: tuple(assignment_paces(nurse.contract, history[nurse.nurse], left, planned))
        for nurse in scenario.nurses
    }
    for of_all in zip(*paces.values(), strict=True):
        limits = {
            name: Limits(
                lower=pace.assignments.least,
                upper=pace.assignments.most,
                constant=history[name].assignments,
            )
            for name, pace in zip(paces, of_all, strict=True)
        }
        yield Sums(
            level=Level.SHOULD,
            weight=of_all[0].weight,
            values=dict.fromkeys(scenario.shift_names, 1),
            limits=limits,
        )
    yield from _weekends(scenario, history, left, planned)


def _weekends(scenario: Scenario, history: History, left: int, planned: int) -> Iterator[Weekends]:
    """Yield the limit itself, and the price of weekends within it, one rule a price."""
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
    prices = {
        nurse.nurse: early_weekend_price(nurse.contract, history[nurse.nurse], left, planned)
        for nurse in scenario.nurses
    }
    for price in sorted(set(prices.values()) - {0}):
        yield Weekends(
            level=Level.SHOULD,
            weight=price,
            limits={
                name: Limits(upper=0 if own == price else None) for name, own in prices.items()
            },
        )
