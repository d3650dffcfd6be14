"""What to try next: what has gained is drawn more often, and so many people are freed as a step is good for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from staffing.solvers.picks import Pick
from staffing.solvers.ways import CP_SAT, HIGHS, PART, RECREATE, TOURS

FEWEST, MOST = 2, 24
FIRST = {TOURS: 8.0, HIGHS: 4.0, CP_SAT: 4.0, PART: 8.0, RECREATE: 24.0}
"""People to free at first, by way."""
FIRST_WORTH = {TOURS: 1.0, HIGHS: 1.0, CP_SAT: 1.0, PART: 0.5, RECREATE: 2.0}
FIRST_WORTH_OF_PICKS = (1.0, 2.0, 2.0, 1.0)
STEP_SECONDS, LONGEST_STEP_SECONDS = 4.0, 20.0
"""Wall clock of one choice; one that needs longer was too large, or the machine is too busy for the smallest."""
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
    """

    def __init__(self, picks: Sequence[Pick], ways: Sequence[str]) -> None:
        self._worth_of_ways = {way: FIRST_WORTH[way] for way in ways}
        self._worth_of_picks = dict(zip(picks, FIRST_WORTH_OF_PICKS, strict=True))
        self._size = dict(FIRST)
        self._seconds = dict.fromkeys(FIRST, STEP_SECONDS)

    def draw(self, rng: Random) -> Draw:
        """Draw what to try next."""
        (way,) = rng.choices(list(self._worth_of_ways), list(self._worth_of_ways.values()))
        (pick,) = rng.choices(list(self._worth_of_picks), list(self._worth_of_picks.values()))
        return Draw(way, pick, round(self._size[way]), self._seconds[way])

    def learn(self, drawn: Draw, *, gained: bool, spent_seconds: float | None) -> None:
        """Take in what came of a draw; None seconds where they do not count."""
        worth = (1 - MEMORY) * (GAIN if gained else NONE)
        way, pick = drawn.way, drawn.pick
        self._worth_of_ways[way] = MEMORY * self._worth_of_ways[way] + worth
        self._worth_of_picks[pick] = MEMORY * self._worth_of_picks[pick] + worth
        if spent_seconds is not None:
            self._resize(drawn, spent_seconds)

    def _resize(self, drawn: Draw, spent_seconds: float) -> None:
        """Free fewer people where a step ran out of time, more where it was over soon."""
        way = drawn.way
        if spent_seconds > 0.8 * drawn.seconds:
            if self._size[way] <= FEWEST:
                self._seconds[way] = min(LONGEST_STEP_SECONDS, 1.5 * self._seconds[way])
            self._size[way] = max(FEWEST, self._size[way] - 1)
        elif spent_seconds < 0.4 * drawn.seconds:
            self._size[way] = min(MOST, self._size[way] + 0.34)
