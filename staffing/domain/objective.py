"""The objective: tiers, prices and the terms that a schedule is charged for."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from staffing.domain.base import Frozen


class Tier(StrEnum):
    """What matters before what; each tier comes before the next."""

    SERVICE = "service"
    BURNOUT = "burnout"
    FAIRNESS = "fairness"
    COST = "cost"


class Level(StrEnum):
    """How strict a rule is: ``must`` is never bought off, ``should`` is priced.

    ``elastic`` is a must about service: priced before all else, so that a schedule always comes back.
    """

    MUST = "must"
    ELASTIC = "elastic"
    SHOULD = "should"


class Prices(Frozen):
    """What one minute (or one unit of a rule's amount times its weight) costs in each tier.

    A whole number, so that solver and audit add up to the same figure to the last digit.
    """

    service: int = Field(default=1000, ge=1)
    burnout: int = Field(default=20, ge=0)
    fairness: int = Field(default=4, ge=0)
    cost: int = Field(default=1, ge=0)

    def of(self, tier: Tier) -> int:
        """Return the price of one unit of a tier."""
        return int(getattr(self, tier.value))


class Emphasis(Frozen):
    """How many times each tier counts while tiers are kept apart (`staffing.solvers.tiers`).

    Once each in whatever is published. Not part of the prices, since those of service are rounded.
    """

    service: int = Field(default=1, ge=0)
    burnout: int = Field(default=1, ge=0)
    fairness: int = Field(default=1, ge=0)
    cost: int = Field(default=1, ge=0)

    def of(self, tier: Tier) -> int:
        """Return how many times a tier counts."""
        return int(getattr(self, tier.value))


class Term(Frozen):
    """One line of the bill.

    Parameters
    ----------
    name
        Rule kind, or what of the service or of the pay it is; with the queue where there is one.
    tier
        Tier it belongs to.
    amount
        Measured units (minutes of work late, duties, …).
    unit
        What the amount counts.
    cost
        What it adds to the objective.
    """

    name: str
    tier: Tier
    amount: int
    unit: str
    cost: int
