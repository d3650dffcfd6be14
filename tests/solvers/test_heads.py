"""Heads: what a plan costs is what its program says, and prices are what one more person changes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from staffing.solvers.heads import heads_of
from tests.solvers.headed import headed
from tests.solvers.master.world import drawn


@settings(max_examples=15)
@given(seed=st.integers(0, 10**6))
def test_the_cost_of_heads_is_that_of_the_program(seed):
    parts = headed(seed)
    rng = np.random.default_rng(seed)
    load, plan, tours = parts.heads.carried.copy(), Counter(), 0
    for number, group in enumerate(parts.groups):
        for _ in group.members:
            found = parts.spaces[number].cheapest(rng.normal(0, 3000, len(group.open)))
            assume(found)
            before = parts.heads.cost(load)
            worth = parts.heads.worth(load, number)
            np.add.at(load, parts.heads.cells(number, found[0].positions), 1.0)
            saved = before - parts.heads.cost(load)
            assert saved == pytest.approx(worth[list(found[0].positions)].sum())
            plan[number, found[0]] += 1
            tours += found[0].cost
    settled = parts.master().settle(plan)
    assert settled.objective == pytest.approx(parts.heads.cost(load) + tours)


def test_where_work_waits_heads_do_not_say_all():
    parts = headed(1)
    queue = drawn(1).instance.problem.queues[0]
    instance = replace(parts.instance, problem=parts.instance.problem.changed(queues=(queue,)))
    assert parts.heads is not None
    assert heads_of(instance, parts.teams, parts.groups) is None


def test_a_ripple_is_the_least_that_a_head_may_cost():
    # Two covers; a head too few costs 20 or 100 a minute, one too many 1 a minute or nothing.
    heads = headed(3).heads
    costs = {cost for cost in (*heads.under, *heads.over) if cost > 0}
    assert heads.ripple == min(costs)
