"""What stands still is folded: the cheapest of all tours that differ on some dates only, whatever the forms."""

from __future__ import annotations

import datetime as dt
from random import Random

import numpy as np
import pytest

from staffing.solvers.tours import folding, guide, program
from staffing.solvers.tours.space import Tour, TourSpace
from tests.solvers.tours.brute import every_tour, reduced
from tests.solvers.tours.drawn import draw_member

DAY = dt.timedelta(days=1)


def elsewhere(space: TourSpace, tour: Tour, first: dt.date, last: dt.date) -> set[int]:
    dates = [duty.date for duty in space.choices.open]
    return {i for i in tour.positions if not first <= dates[i] <= last}


@pytest.mark.parametrize("small", [True, False], ids=["as sums", "as tables"])
@pytest.mark.parametrize("seed", range(60))
def test_the_cheapest_tour_around_a_given_one_is_found(seed, small, monkeypatch):
    monkeypatch.setattr(folding, "WORTH", 1)
    if small:
        monkeypatch.setattr(guide, "FEW_STATES", 1)
        monkeypatch.setattr(program, "FEW_STATES", 1)
    rng = Random(seed)
    space = TourSpace(*draw_member(rng))
    tours = every_tour(space)
    if not tours or not space.duties:
        return
    prices = np.random.default_rng(seed).normal(0, 300, space.duties).round()
    given = rng.choice(tours)
    first = space.choices.open[0].date + rng.randint(0, 4) * DAY
    last = first + rng.randint(0, 2) * DAY
    near = [
        tour
        for tour in tours
        if elsewhere(space, tour, first, last) == elsewhere(space, given, first, last)
    ]
    found = space.around(prices, given, first, last, most=2)
    assert set(found) <= set(near)
    assert reduced(found[0], prices) == min(reduced(tour, prices) for tour in near)
