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


def elsewhere(space: TourSpace, tour: Tour, spans: list[tuple[dt.date, dt.date]]) -> set[int]:
    dates = [duty.date for duty in space.choices.open]
    return {i for i in tour.positions if not any(a <= dates[i] <= b for a, b in spans)}


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
    starts = [
        space.choices.open[0].date + rng.randint(0, 4) * DAY for _ in range(rng.randint(1, 2))
    ]
    spans = [(start, start + rng.randint(0, 2) * DAY) for start in starts]
    still = elsewhere(space, given, spans)
    near = [tour for tour in tours if elsewhere(space, tour, spans) == still]
    opened = space.opened(given, spans)
    found = opened.cheapest(prices, most=2)
    least = min(reduced(tour, prices) for tour in near)
    assert set(found) <= set(near)
    assert reduced(found[0], prices) == least
    assert opened.least(prices) <= least + 1e-6
    if len(spans) == 1:
        assert space.around(prices, given, *spans[0], most=2) == found
