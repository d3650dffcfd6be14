"""What to try next: what has gained is drawn more often, and so many people are freed as a step is good for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from staffing.solvers.picks import Pick
from staffing.solvers.ways import (
    CP_SAT,
    EVERY_STRETCH,
    HIGHS,
    PART,
    RECREATE,
    STRETCHES_OF_WORK,
    TOURS,
)

FEWEST = 2
FIRST = {TOURS: 8.0, HIGHS: 4.0, CP_SAT: 4.0, PART: 8.0, RECREATE: 24.0}
MOST = dict.fromkeys(FIRST, 24.0)
FIRST |= dict.fromkeys(EVERY_STRETCH, 40.0)
MOST |= dict.fromkeys(EVERY_STRETCH, 120.0)
"""People to free at first and at most, by way."""
FIRST_WORTH = {TOURS: 1.0, HIGHS: 1.0, CP_SAT: 1.0, PART: 0.5, RECREATE: 1.0}
FIRST_WORTH |= dict.fromkeys(EVERY_STRETCH, 1.0)
FIRST_WORTH_OF_PICKS = (1.0, 2.0, 2.0, 1.0)
STEP_SECONDS, SECONDS_OF_WORK, LONGEST_STEP_SECONDS = 4.0, 8.0, 20.0
"""Wall clock of one choice, and of a stretch with its dive; one that needs longer was too large, or the machine is too
busy for the smallest."""
MORE, FEWER = 1.06, 0.85
"""By what the number of people grows where a step was over soon, and shrinks where it ran out of time."""
SECONDS_AT_FIRST, LEAST_SECONDS = 1.0, 0.05
"""What a step of any way is taken to last before it is known, and at least."""
MEMORY, GAIN, NONE = 0.8, 3.0, 0.3
"""Weight of what was known before, and what a step is worth that gained, and one that did not."""


@dataclass(frozen=True)
class Draw:
    """What to try: a way to explore, a way to pick people, how many, and for how many seconds."""

    way: str
    pick: Pick
    size: int
    seconds: float


class Adaptive:
    """The experience of one search.

    Parameters
    ----------
    picks
        The ways to pick people.
    ways
        Names of the ways to explore.
    by_rate
        Draw by what a way gains in a second. That is right where quick steps gain as much as long ones; where they
        only tell soon that there is nothing, they would take the time of those that gain.
    """

    def __init__(self, picks: Sequence[Pick], ways: Sequence[str], *, by_rate: bool) -> None:
        self._by_rate = by_rate
        self._worth_of_ways = {way: FIRST_WORTH[way] for way in ways}
        self._worth_of_picks = dict(zip(picks, FIRST_WORTH_OF_PICKS, strict=True))
        self._size = dict(FIRST)
        self._seconds = dict.fromkeys(FIRST, STEP_SECONDS)
        self._seconds |= dict.fromkeys(STRETCHES_OF_WORK, SECONDS_OF_WORK)
        self._spent = dict.fromkeys(ways, SECONDS_AT_FIRST)

    def draw(self, rng: Random) -> Draw:
        """Draw what to try next."""
        ways = list(self._worth_of_ways)
        (way,) = rng.choices(ways, [self._weight(way) for way in ways])
        (pick,) = rng.choices(list(self._worth_of_picks), list(self._worth_of_picks.values()))
        return Draw(way, pick, round(self._size[way]), self._seconds[way])

    def learn(self, drawn: Draw, *, gained: bool, spent_seconds: float | None) -> None:
        """Take in what came of a draw; None seconds where they do not count."""
        worth = (1 - MEMORY) * (GAIN if gained else NONE)
        way, pick = drawn.way, drawn.pick
        self._worth_of_ways[way] = MEMORY * self._worth_of_ways[way] + worth
        self._worth_of_picks[pick] = MEMORY * self._worth_of_picks[pick] + worth
        if spent_seconds is not None:
            spent = max(LEAST_SECONDS, spent_seconds)
            self._spent[way] = MEMORY * self._spent[way] + (1 - MEMORY) * spent
            self._resize(drawn, spent_seconds)

    def _weight(self, way: str) -> float:
        return self._worth_of_ways[way] / (self._spent[way] if self._by_rate else 1.0)

    def _resize(self, drawn: Draw, spent_seconds: float) -> None:
        """Free fewer people where a step ran out of time, more where it was over soon."""
        way = drawn.way
        if spent_seconds > 0.8 * drawn.seconds:
            if self._size[way] <= FEWEST:
                self._seconds[way] = min(LONGEST_STEP_SECONDS, 1.5 * self._seconds[way])
            self._size[way] = max(FEWEST, FEWER * self._size[way])
        elif spent_seconds < 0.4 * drawn.seconds:
            self._size[way] = min(MOST[way], MORE * self._size[way])
