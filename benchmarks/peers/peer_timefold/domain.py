"""The week in Timefold's terms: a slot for each person and day, which holds a duty or nothing.

Annotations are read as objects by Timefold, so that they must not be postponed here.
"""

from dataclasses import dataclass, field
from typing import Annotated

from timefold.solver.domain import (
    PlanningEntityCollectionProperty,
    PlanningId,
    PlanningScore,
    PlanningVariable,
    ProblemFactCollectionProperty,
    ValueRangeProvider,
    planning_entity,
    planning_solution,
)
from timefold.solver.score import HardSoftScore


@dataclass
class Duty:
    """A duty by its number; ``pay`` is what it costs."""

    number: int
    day: int
    pay: int


@dataclass
class Follow:
    """Two duties of which the second should not come next after the first."""

    first: int
    second: int
    hard: int
    cost: int


@dataclass
class Cost:
    """What a duty costs this person besides its pay."""

    person: str
    duty: int
    cost: int


@dataclass
class Limit:
    """A sum over the duties of a person, ``constant`` before them; a unit beyond it costs ``cost``, 0 for a law."""

    number: int
    constant: int
    lower: int
    upper: int
    cost: int

    def beyond(self, held: int) -> int:
        """Return units below or above the limits."""
        total = self.constant + held
        return max(0, self.lower - total) + max(0, total - self.upper)

    def better(self, held: int) -> int:
        """Return units by which this is better than nothing held at all."""
        return self.beyond(0) - self.beyond(held)


@dataclass
class Share:
    """What a duty adds to a limit."""

    person: str
    duty: int
    value: int
    limit: Limit


@dataclass
class Need:
    """Minutes asked for in an hour, by the queues that they are for; a minute is worth ``price``."""

    number: int
    minutes: int
    price: int


@dataclass
class Supply:
    """Minutes that a duty of somebody in a pool gives to a need."""

    pool: str
    duty: int
    minutes: int
    need: Need


@planning_entity
@dataclass
class Slot:
    """A person on a day."""

    id: Annotated[int, PlanningId]
    person: str
    pool: str
    day: int
    options: Annotated[list[Duty], ValueRangeProvider(id="options")]
    duty: Annotated[
        Duty | None,
        PlanningVariable(value_range_provider_refs=["options"], allows_unassigned=True),
    ] = field(default=None)


@planning_solution
@dataclass
class Week:
    """The whole week; facts never change."""

    slots: Annotated[list[Slot], PlanningEntityCollectionProperty]
    follows: Annotated[list[Follow], ProblemFactCollectionProperty]
    costs: Annotated[list[Cost], ProblemFactCollectionProperty]
    shares: Annotated[list[Share], ProblemFactCollectionProperty]
    supplies: Annotated[list[Supply], ProblemFactCollectionProperty]
    score: Annotated[HardSoftScore, PlanningScore] = field(default=None)
