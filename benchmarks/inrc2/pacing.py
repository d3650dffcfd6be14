"""Limits over all weeks, shared out to the weeks at hand: later weeks are unknown, and what is used up is missing then.

With ``left`` weeks to go, of which ``planned`` are at hand, a nurse should work no more than her share (planned / left)
of what is left of the most, rounded up, and no less than her share of what is left of the least, rounded down. A day
outside the share costs `EARLY_FRACTION` of the weight, since a later week may make it good; what no later week can make
good costs all of it. A weekend within the limit costs the weight times the chance that it will be missing: one less the
weekends she has left for each week to go. In the last week all this is the rule of the competition to the letter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.inrc2.checker import WEIGHTS
from benchmarks.inrc2.instance import Contract, Past, Range

EARLY_FRACTION = 0.5
MOST_DAYS_A_WEEK = 6


@dataclass(frozen=True)
class Pace:
    """What all assignments so far, those at hand included, may come to, and the price of each one outside."""

    assignments: Range
    weight: int


def assignment_paces(contract: Contract, past: Past, left: int, planned: int) -> Iterator[Pace]:
    """Yield limits on assignments at the end of the weeks at hand; what breaks two of them is charged for both.

    Parameters
    ----------
    left, planned
        Weeks to go, those at hand included, and weeks at hand.
    """
    limits, done, later = contract.assignments, past.assignments, left - planned
    weight = WEIGHTS["assignments"]
    early = round(EARLY_FRACTION * weight) if later else 0
    if later:
        least = done + (limits.least - done) * planned // left
        most = done - (done - limits.most) * planned // left
        yield Pace(Range(least, most), early)
    yield Pace(Range(limits.least - MOST_DAYS_A_WEEK * later, limits.most), weight - early)


def early_weekend_price(contract: Contract, past: Past, left: int, planned: int) -> int:
    """Return what a weekend at hand should cost besides what it costs beyond the limit itself."""
    remaining = contract.most_weekends - past.weekends
    if left == planned or remaining <= 0:
        return 0
    return round(WEIGHTS["weekends"] * max(0.0, 1 - remaining / left))
