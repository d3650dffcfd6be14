"""Every tour of a person, and the least of them: what the program is held against."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
from numpy.typing import NDArray

from staffing.solvers.tours.space import Tour, TourSpace


def every_choice(space: TourSpace) -> Iterator[tuple[int, ...]]:
    """Yield every choice of at most one duty a date, as positions."""
    dates: dict[object, list[int | None]] = {}
    for i, duty in enumerate(space.choices.open):
        dates.setdefault(duty.date, [None]).append(i)
    for chosen in product(*dates.values()):
        yield tuple(i for i in chosen if i is not None)


def every_tour(space: TourSpace) -> list[Tour]:
    """Return every tour that keeps the musts, by definition."""
    costs = {held: space.cost(held) for held in every_choice(space)}
    return [Tour(held, cost) for held, cost in costs.items() if cost is not None]


def reduced(tour: Tour, prices: NDArray[np.float64]) -> float:
    return tour.cost - float(sum(prices[i] for i in tour.positions))


def mask(space: TourSpace, positions: tuple[int, ...]) -> NDArray[np.bool_]:
    held = np.zeros(space.duties, bool)
    held[list(positions)] = True
    return held


def assert_cheapest(space: TourSpace, prices: NDArray[np.float64], tours: list[Tour]) -> None:
    """Hold what the program finds against all tours; prices are whole numbers, so that sums are exact."""
    found = space.cheapest(prices, most=3)
    assert set(found) <= set(tours)
    assert len(set(found)) == len(found)
    values = [reduced(tour, prices) for tour in found]
    assert values == sorted(values)
    assert values[:1] == sorted(reduced(tour, prices) for tour in tours)[:1]
