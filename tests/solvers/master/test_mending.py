"""Plans are mended by stretches until they are good enough, and swept from the first day to the last."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from staffing.solvers.instance import prepare
from staffing.solvers.master import mending
from staffing.solvers.master.mending import mended, swept
from staffing.solvers.master.waiting import waiting_of
from staffing.solvers.parts import parts_of
from tests.solvers.drawn import draw_book, draw_problem
from tests.solvers.headed import first_of, headed
from tests.solvers.master.world import idle
from tests.solvers.optimum import optimum


@settings(max_examples=8)
@given(seed=st.integers(0, 10**6))
def test_a_plan_is_mended_until_it_is_cheaper_than_asked_and_no_longer(seed):
    parts = headed(seed)
    first = first_of(parts, seed)
    assume(first is not None)
    asked = []

    def found(target):
        asked.append(0)

        def goes_on():
            asked[-1] += 1
            return True

        return mended(parts, first, target, Random(seed), goes_on, None)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mending, "STEPS", 6)
        assert found(first.objective + 1) is first
        best = found(float("-inf"))
        again = found(best.objective + 1)
    assert asked[:2] == [0, 6]
    assert asked[2] <= 6
    assert best.objective <= again.objective <= first.objective
    assert parts.master().settle(best.plan).objective == pytest.approx(best.objective)


def worked(seed: int):
    rng = Random(seed)
    return parts_of(prepare(draw_problem(rng, people=5, days=6), draw_book(rng)))


@settings(max_examples=12)
@given(seed=st.integers(0, 10**6))
def test_a_sweep_yields_better_and_better_plans_of_what_they_truly_come_to(seed):
    parts = worked(seed)
    first = idle(parts)
    assume(first is not None)
    found = list(swept(parts, waiting_of(parts), first, Random(seed), lambda: True, None))
    costs = [best.objective for best in (first, *found)]
    assert costs == sorted(costs, reverse=True)
    assert len(set(costs)) == len(costs)
    master = parts.master()
    for best in found:
        assert master.settle(best.plan).objective == pytest.approx(best.objective, abs=1e-3)


def test_sweeps_come_near_the_optimum_of_a_few_days():
    ratios = []
    for seed in range(40):
        parts = worked(seed)
        first, least = idle(parts), optimum(parts.instance)
        if first is None or least is None or first.objective <= least[0] + 0.5:
            continue
        found = [*swept(parts, waiting_of(parts), first, Random(seed), lambda: True, None)]
        last = found[-1].objective if found else first.objective
        assert last >= least[0] - 0.5
        ratios.append((last - least[0]) / (first.objective - least[0]))
    assert len(ratios) >= 10
    assert np.mean(ratios) < 0.1


def test_nothing_is_opened_once_there_is_no_time():
    parts = next(p for p in map(worked, range(20)) if idle(p) is not None)
    assert not list(swept(parts, waiting_of(parts), idle(parts), Random(1), lambda: False, None))
