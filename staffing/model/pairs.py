"""Pairs of duties on two days in a row by what kind they are of: a year of them is told in a few numbers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

Pair = tuple[int, int, int]
"""Earlier position, later position, amount > 0."""


@dataclass(frozen=True)
class NextDay:
    """Every pair of a duty and an open one of the next day whose kinds are listed; written down when asked for.

    Parameters
    ----------
    kinds, days
        Of each position: what kind of duty it is, and the number of its local date; positions by day.
    charges
        (earlier kind, later kind, amount); pairs of kinds that are not named cost nothing.
    carried
        Positions that are carried in: of them only the last can be the earlier one, and none the later one.
    """

    kinds: tuple[int, ...]
    days: tuple[int, ...]
    charges: tuple[tuple[int, int, int], ...]
    carried: int

    @cached_property
    def amounts(self) -> dict[tuple[int, int], int]:
        """Amount by earlier and later kind."""
        return {(one, other): amount for one, other, amount in self.charges}

    def amount(self, earlier: int, later: int) -> int:
        """Return the amount of two positions, 0 where they are no pair."""
        can_be = earlier >= self.carried - 1 and later >= self.carried
        if not can_be or self.days[later] - self.days[earlier] != 1:
            return 0
        return self.amounts.get((self.kinds[earlier], self.kinds[later]), 0)

    def __iter__(self) -> Iterator[Pair]:
        """Yield all pairs, by earlier and later position."""
        for earlier in range(max(0, self.carried - 1), len(self.kinds)):
            tomorrow = self.days[earlier] + 1
            first = max(self.carried, bisect_left(self.days, tomorrow))
            for later in range(first, bisect_right(self.days, tomorrow)):
                if amount := self.amount(earlier, later):
                    yield earlier, later, amount
