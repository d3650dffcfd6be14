"""The cheapest tour against prices is the least of all tours, whatever the forms."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from staffing.solvers.tours import guide, program, room
from staffing.solvers.tours.space import TourSpace
from tests.solvers.tours.brute import assert_cheapest, every_tour, mask, reduced
from tests.solvers.tours.drawn import draw_member


def drawn(seed: int) -> TourSpace:
    return TourSpace(*draw_member(Random(seed)))


@pytest.mark.parametrize("small", [True, False], ids=["as sums", "as tables"])
@pytest.mark.parametrize("seed", range(40))
def test_the_cheapest_of_all_tours_is_found(seed, small, monkeypatch):
    if (
        small
    ):  # Tables of one state, a guide that leaves parts out, and passes that must drop labels.
        monkeypatch.setattr(guide, "FEW_STATES", 1)
        monkeypatch.setattr(program, "FEW_STATES", 1)
        monkeypatch.setattr(program, "MOST_STATES", 8)
        monkeypatch.setattr(room, "FIRST_PASS", 1)
    space = drawn(seed)
    tours = every_tour(space)
    for scale in (0, 30, 3000):
        prices = np.random.default_rng(seed).normal(0, scale, space.duties).round()
        assert_cheapest(space, prices, tours)
        least = min((reduced(tour, prices) for tour in tours), default=np.inf)
        assert space.least(prices) <= least + 1e-6


@pytest.mark.parametrize("seed", range(20))
def test_masks_leave_out_and_demand_duties(seed):
    space, rng = drawn(seed), Random(seed)
    prices = np.random.default_rng(seed).normal(0, 300, space.duties).round()
    allowed = np.array([rng.random() < 0.7 for _ in range(space.duties)], bool)
    forced = allowed & np.array([rng.random() < 0.2 for _ in range(space.duties)], bool)
    left = [
        tour
        for tour in every_tour(space)
        if not (mask(space, tour.positions) & ~allowed).any()
        and not (forced & ~mask(space, tour.positions)).any()
    ]
    found = space.cheapest(prices, allowed=allowed, forced=forced)
    assert [reduced(tour, prices) for tour in found] == sorted(
        reduced(tour, prices) for tour in left
    )[:1]
    assert set(found) <= set(left)
