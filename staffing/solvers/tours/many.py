"""Many people priced side by side: threads of this process, since the search lets go of the interpreter."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import overload

import numpy as np
from numpy.typing import NDArray

from staffing.domain.problem import Problem
from staffing.solvers.classes import Member
from staffing.solvers.tours.engine import EVERY_LABEL
from staffing.solvers.tours.space import OpenDates, Tour, TourSpace

SMALL = 4
"""People a thread takes at a time: enough to outweigh handing them over, few enough to share the long ones out."""


class Spaces(Sequence[TourSpace]):
    """The space of each member, made when it is first asked for: a worker is asked for a part of them only.

    Those who may hold the same under the same forms share one.

    Parameters
    ----------
    problem
        What pays the duties.
    """

    def __init__(self, problem: Problem, members: Iterable[Member]) -> None:
        self._problem, self._members = problem, tuple(members)
        self._known: dict[Hashable, TourSpace] = {}
        self._by_place: dict[int, TourSpace] = {}

    def __len__(self) -> int:
        return len(self._members)

    @overload
    def __getitem__(self, place: int) -> TourSpace: ...

    @overload
    def __getitem__(self, place: slice) -> list[TourSpace]: ...

    def __getitem__(self, place: int | slice) -> TourSpace | list[TourSpace]:
        if isinstance(place, slice):
            return [self[k] for k in range(len(self))[place]]
        if place not in self._by_place:
            self._by_place[place] = self._of(self._members[place])
        return self._by_place[place]

    def _of(self, member: Member) -> TourSpace:
        choices = member.choices
        key = (choices.carried, choices.open, choices.pinned, member.forms)
        if key not in self._known:
            self._known[key] = TourSpace(self._problem, member)
        return self._known[key]


def cheapest_of_all(
    spaces: Sequence[TourSpace | OpenDates],
    prices_by_space: Sequence[NDArray[np.float64]],
    workers: int,
    *,
    most: int = 1,
    labels: int = EVERY_LABEL,
) -> list[list[Tour]]:
    """Return the cheapest tours of each space against its own prices.

    Parameters
    ----------
    prices_by_space
        One array of prices for each space, over its open duties.
    workers
        Threads; 1 or less asks for none besides this one.
    most, labels
        As of `TourSpace.cheapest`, for each space.
    """

    def of(first: int) -> list[list[Tour]]:
        chosen = slice(first, first + SMALL)
        return [
            space.cheapest(prices, most=most, labels=labels)
            for space, prices in zip(spaces[chosen], prices_by_space[chosen], strict=True)
        ]

    firsts = range(0, len(spaces), SMALL)
    if workers <= 1:
        found = list(map(of, firsts))
    else:
        with ThreadPoolExecutor(workers) as threads:
            found = list(threads.map(of, firsts))
    return [tours for part in found for tours in part]
