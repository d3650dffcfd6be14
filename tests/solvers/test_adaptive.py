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
    adaptive, rng = Adaptive(picks(), WAYS), Random(1)
    for _ in range(200):
        drawn = adaptive.draw(rng)
        adaptive.learn(drawn, gained=drawn.way == "highs", spent_seconds=None)
    ways = [adaptive.draw(rng).way for _ in range(300)]
    # Worth 3 against .3 and .3 in the long run: five draws of six.
    assert 225 <= ways.count("highs") <= 275


@pytest.mark.parametrize(("spent", "size"), [(0.0, MOST), (None, 4), (2.0, 4)])
def test_a_step_that_is_soon_over_frees_more_next_time(spent, size):
    adaptive = Adaptive(picks(), WAYS)
    for _ in range(80):
        adaptive.learn(drawn_of(adaptive, "highs"), gained=False, spent_seconds=spent)
    # 4 people and .34 more each time, 24 at most; as before where seconds do not count or are about right.
    assert drawn_of(adaptive, "highs").size == size


def test_a_step_that_runs_out_of_time_frees_fewer_and_then_has_longer():
    adaptive = Adaptive(picks(), WAYS)
    seen = []
    for _ in range(10):
        drawn = drawn_of(adaptive, "highs")
        seen.append((drawn.size, drawn.seconds))
        adaptive.learn(drawn, gained=False, spent_seconds=drawn.seconds)
    assert seen[:3] == [(4, STEP_SECONDS), (3, STEP_SECONDS), (FEWEST, STEP_SECONDS)]
    assert seen[3] == (FEWEST, 1.5 * STEP_SECONDS)
    assert seen[-1] == (FEWEST, LONGEST_STEP_SECONDS)
