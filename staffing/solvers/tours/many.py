"""Many people priced side by side: threads of this process, since the search lets go of the interpreter."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from staffing.domain.problem import Problem
from staffing.solvers.classes import Member
from staffing.solvers.tours.space import Tour, TourSpace

SMALL = 4
"""People a thread takes at a time: enough to outweigh handing them over, few enough to share the long ones out."""


def spaces_of(problem: Problem, members: Iterable[Member]) -> list[TourSpace]:
    """Return the space of each member; those who may hold the same under the same forms share one."""
    known: dict[Hashable, TourSpace] = {}
    found = []
    for member in members:
        choices = member.choices
        key = (choices.carried, choices.open, choices.pinned, member.forms)
        if key not in known:
            known[key] = TourSpace(problem, member)
        found.append(known[key])
    return found


def cheapest_of_all(
    spaces: Sequence[TourSpace],
    prices_by_space: Sequence[NDArray[np.float64]],
    workers: int,
    *,
    most: int = 1,
) -> list[list[Tour]]:
    """Return the cheapest tours of each space against its own prices.

    Parameters
    ----------
    prices_by_space
        One array of prices for each space, over its open duties.
    workers
        Threads; 1 or less asks for none besides this one.
    most
        How many tours each space returns at most.
    """

    def of(first: int) -> list[list[Tour]]:
        chosen = slice(first, first + SMALL)
        return [
            space.cheapest(prices, most=most)
            for space, prices in zip(spaces[chosen], prices_by_space[chosen], strict=True)
        ]

    firsts = range(0, len(spaces), SMALL)
    if workers <= 1:
        found = list(map(of, firsts))
    else:
        with ThreadPoolExecutor(workers) as threads:
            found = list(threads.map(of, firsts))
    return [tours for part in found for tours in part]
