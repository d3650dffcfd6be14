from __future__ import annotations

import math

import pytest

from staffing.solvers.budget import Watch
from staffing.solvers.incumbent import Incumbent, whole_bound
from staffing.solvers.plan import Best


def best(objective: float) -> Best:
    return Best({}, objective)


@pytest.fixture
def told():
    return []


@pytest.fixture
def incumbent(told):
    return Incumbent(Watch(10), told.append)


def test_only_a_better_roster_is_taken(incumbent):
    assert incumbent.offer(best(100.0), "roster")
    assert not incumbent.offer(best(100.0), "improve")
    assert not incumbent.offer(best(99.7), "improve")  # objectives are whole: this is rounding
    assert incumbent.offer(best(99.0), "improve")
    assert incumbent.best.objective == 99.0


def test_the_bound_only_rises(incumbent):
    incumbent.raise_bound(40.0, "bound")
    incumbent.raise_bound(30.0, "shape")
    assert incumbent.bound == 40.0


def test_small_steps_of_the_bound_are_told_with_what_comes_next(incumbent, told):
    incumbent.raise_bound(100_000.0, "bound")
    incumbent.raise_bound(100_050.0, "bound")  # half a thousandth
    incumbent.raise_bound(100_101.0, "bound")
    incumbent.raise_bound(100_102.0, "bound")
    incumbent.offer(best(200_000.0), "roster")
    assert [point.bound for point in told] == [100_000, 100_101, 100_102]
    assert incumbent.bound == 100_102.0


def test_gap_is_relative_to_the_objective(incumbent):
    assert incumbent.gap() is None
    incumbent.raise_bound(150.0, "bound")
    assert incumbent.gap() is None
    incumbent.offer(best(200.0), "roster")
    assert incumbent.gap() == 0.25  # (200 - 150) / 200


def test_every_step_is_told_and_remembered(incumbent, told):
    incumbent.raise_bound(39.2, "bound")
    incumbent.offer(best(50.0), "roster")
    incumbent.offer(best(60.0), "improve")  # worse: nothing to tell
    assert incumbent.curve == told
    assert [(p.phase, p.objective, p.bound) for p in told] == [
        ("bound", None, 40),
        ("roster", 50, 40),
    ]


def test_infinity_proves_that_there_is_no_roster(incumbent, told):
    assert not incumbent.is_impossible
    incumbent.raise_bound(math.inf, "bound")
    assert incumbent.is_impossible
    assert told[-1].bound is None


def test_a_bound_is_rounded_up_to_a_whole_number():
    assert whole_bound(10.2) == 11
    assert whole_bound(10.0) == 10
    assert whole_bound(10.09) == 10  # less than a tenth is rounding
    assert whole_bound(3e8 + 0.5) == 299_999_998  # so is a hundred-millionth part: 3.0
    assert whole_bound(-0.5) == 0


@pytest.mark.parametrize("nothing", [None, math.inf, -math.inf])
def test_a_bound_that_says_nothing_is_none(nothing):
    assert whole_bound(nothing) is None
