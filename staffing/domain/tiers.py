"""Tiers kept apart: what every schedule costs at least, and what that proves of each tier of this one."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from staffing.domain.base import Frozen
from staffing.domain.objective import Prices, Tier
from staffing.domain.result import Bill

TIERS = tuple(Tier)


class AtLeast(Frozen):
    """What is proven of every roster that keeps the must-rules: Σ weight · cost of each tier ≥ ``bound``.

    Parameters
    ----------
    weights
        One a tier, in their order, at the prices of the settings.
    """

    weights: tuple[int, ...]
    bound: int


class TierLine(Frozen):
    """What is proven of one tier.

    Parameters
    ----------
    cost
        What the schedule is charged for in it.
    least
        No roster that costs as much in each tier before it costs less in this one.
    """

    tier: Tier
    cost: int
    least: int = Field(ge=0)

    @property
    def is_proven(self) -> bool:
        """Tell whether nothing can be saved in this tier without giving up something in those before."""
        return self.cost <= self.least


class TierProof(Frozen):
    """What is proven of each tier, in their order.

    Parameters
    ----------
    objective_by_price
        Objective of the schedule to which the prices alone led, if that one was worse in some tier and this one took
        its place; None where it is this one.
    """

    lines: tuple[TierLine, ...]
    objective_by_price: int | None = None

    @property
    def proven(self) -> tuple[TierLine, ...]:
        """Tiers up to the first that is not proven: what comes after that one is proven only beside it."""
        first = self.open
        return self.lines if first is None else self.lines[: self.lines.index(first)]

    @property
    def open(self) -> TierLine | None:
        """The first tier that is not proven."""
        return next((line for line in self.lines if not line.is_proven), None)


def costs_by_tier(bill: Bill) -> tuple[int, ...]:
    """Return what a schedule is charged for in each tier: compared as tuples, less is better, tier by tier."""
    return tuple(sum(term.cost for term in bill.terms if term.tier is tier) for tier in TIERS)


def tier_lines(
    costs: tuple[int, ...], prices: Prices, known: Iterable[AtLeast]
) -> tuple[TierLine, ...]:
    """Return what is proven of each tier of a schedule.

    What is known speaks of tier k if it gives no weight to those after it: what the tiers before cost is taken off.
    Burnout, fairness and pay are charged for in whole units of their price, so that a bound is rounded up to the next.
    """
    known = tuple(known)
    lines = []
    for k, tier in enumerate(TIERS):
        least = 0
        for fact in known:
            weight = fact.weights[k]
            if weight and not any(fact.weights[k + 1 :]):
                before = sum(w * c for w, c in zip(fact.weights[:k], costs[:k], strict=True))
                least = max(least, -((before - fact.bound) // weight))
        unit = 1 if tier is Tier.SERVICE else max(1, prices.of(tier))
        lines.append(TierLine(tier=tier, cost=costs[k], least=-(-least // unit) * unit))
    return tuple(lines)
