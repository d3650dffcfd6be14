"""Threads find what one thread finds."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np

from staffing.solvers.tours.many import Spaces, cheapest_of_all
from staffing.solvers.tours.space import TourSpace
from tests.solvers.tours.drawn import draw_member


def test_threads_change_nothing():
    spaces = [TourSpace(*draw_member(Random(seed))) for seed in range(30)]
    rng = np.random.default_rng(0)
    prices = [rng.normal(0, 300, space.duties) for space in spaces]
    alone = [space.cheapest(own, most=2) for space, own in zip(spaces, prices, strict=True)]
    assert cheapest_of_all(spaces, prices, 1, most=2) == alone
    assert cheapest_of_all(spaces, prices, 3, most=2) == alone


def test_people_alike_share_a_space():
    problem, member = draw_member(Random(1))
    _, other = draw_member(Random(2))
    spaces = Spaces(problem, [member, replace(member), other])
    first, second, third = spaces
    assert spaces[1:] == [second, third]
    assert first is second
    assert third is not first
