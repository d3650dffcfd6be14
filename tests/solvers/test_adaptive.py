from __future__ import annotations

from random import Random

import pytest

from staffing.solvers.adaptive import FEWEST, LONGEST_STEP_SECONDS, MOST, STEP_SECONDS, Adaptive

WAYS = ("tours", "highs", "cp_sat")


def picks():
    def pick(*_):
        return {}

    return [type("Pick", (), {"__call__": pick})() for _ in range(4)]


def drawn_of(adaptive, way):
    rng = Random(0)
    return next(one for one in iter(lambda: adaptive.draw(rng), None) if one.way == way)


def test_what_gains_is_drawn_more_often():
    adaptive, rng = Adaptive(picks(), WAYS, by_rate=False), Random(1)
    for _ in range(200):
        drawn = adaptive.draw(rng)
        adaptive.learn(drawn, gained=drawn.way == "highs", spent_seconds=None)
    ways = [adaptive.draw(rng).way for _ in range(300)]
    # Worth 3 against .3 and .3 in the long run: five draws of six.
    assert 225 <= ways.count("highs") <= 275


def test_of_two_that_gain_alike_the_quick_one_is_drawn_more_often():
    adaptive, rng = Adaptive(picks(), WAYS, by_rate=True), Random(1)
    for _ in range(300):
        drawn = adaptive.draw(rng)
        adaptive.learn(drawn, gained=False, spent_seconds=1.0 if drawn.way == "highs" else 3.0)
    ways = [adaptive.draw(rng).way for _ in range(300)]
    # A rate of 1 against 1/3 and 1/3 in the long run: three draws of five.
    assert 155 <= ways.count("highs") <= 205


@pytest.mark.parametrize(("spent", "size"), [(0.0, MOST["highs"]), (None, 4), (2.0, 4)])
def test_a_step_that_is_soon_over_frees_more_next_time(spent, size):
    adaptive = Adaptive(picks(), WAYS, by_rate=False)
    for _ in range(80):
        adaptive.learn(drawn_of(adaptive, "highs"), gained=False, spent_seconds=spent)
    # 4 people and 6 % more each time, 24 at most; as before where seconds do not count or are about right.
    assert drawn_of(adaptive, "highs").size == size


def test_a_step_that_runs_out_of_time_frees_fewer_and_then_has_longer():
    adaptive = Adaptive(picks(), WAYS, by_rate=False)
    seen = []
    for _ in range(20):
        drawn = drawn_of(adaptive, "highs")
        seen.append((drawn.size, drawn.seconds))
        adaptive.learn(drawn, gained=False, spent_seconds=drawn.seconds)
    sizes, seconds = zip(*seen, strict=True)
    assert list(sizes) == sorted(sizes, reverse=True)
    assert (sizes[0], sizes[-1]) == (4, FEWEST)
    assert {most for size, most in seen if size > FEWEST} == {STEP_SECONDS}
    assert 1.5 * STEP_SECONDS in seconds
    assert seconds[-1] == LONGEST_STEP_SECONDS
