"""Neighbourhoods: never dearer, only the free may change, and enough of them lead to the optimum."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from staffing.solvers.compact import Compact
from staffing.solvers.master.neighbourhood import explore
from staffing.solvers.master.redo import redone
from staffing.solvers.master.stretch import stretched
from staffing.solvers.master.waiting import waiting_of
from staffing.solvers.parts import parts_of
from staffing.solvers.plan import Best, plan_of, roster_of
from tests.solvers.master.world import Drawn, drawn
from tests.solvers.optimum import optimum


def first_of(found: Drawn) -> Best:
    """Return the plan in which everybody works the first tour of his group."""
    plan: dict = {}
    for group, tour in found.master.columns:
        if all(group != known for known, _ in plan):
            plan[group, tour] = len(found.groups[group].members)
    found.master.hold(found.master.times(plan))
    return Best(plan, found.master.relax().objective)


def explored(way: str, found: Drawn, best: Best, free: Counter[int], rng: Random) -> Best | None:
    limits = {"seconds": None, "nodes": 1000}
    if way == "tours":
        return explore(found.master, found.price, best, free, rng, **limits)
    if way == "part":
        return redone(parts_of(found.instance), best, free, rng, **limits)
    if way == "stretch":
        parts = parts_of(found.instance)
        few = range(1, 3), rng.randint(1, 2)
        return stretched(parts, waiting_of(parts), *few, best, free, rng, **limits)
    compact = Compact(found.instance, found.groups, found.spaces)
    by = compact.by_highs if way == "highs" else compact.by_cp_sat
    return by(best, free, rng, **limits)


@pytest.mark.parametrize("way", ["tours", "highs", "cp_sat", "part", "stretch"])
@settings(max_examples=12)
@given(seed=st.integers(0, 10**6))
def test_only_free_people_change_and_nothing_gets_dearer(way, seed):
    found = drawn(seed)
    assume(found is not None)
    best = first_of(found)
    rng = Random(seed)
    people = [k for k, group in enumerate(found.groups) for _ in group.members]
    free = Counter(rng.sample(people, max(1, len(people) // 2)))
    better = explored(way, found, best, free, rng)
    if better is None:
        return
    assert better.objective < best.objective
    found.master.hold(found.master.times(better.plan))
    assert found.master.relax().objective == pytest.approx(better.objective, rel=1e-6, abs=0.5)
    gone = Counter(best.plan) - Counter(better.plan)
    changed = Counter[int]()
    for (group, _), members in gone.items():
        changed[group] += members
    assert changed <= free


@pytest.mark.parametrize("way", ["highs", "cp_sat"])
@settings(max_examples=8)
@given(seed=st.integers(0, 10**6))
def test_with_everybody_free_people_as_booleans_reach_the_optimum(way, seed):
    found = drawn(seed)
    assume(found is not None)
    objective, _ = optimum(found.instance)
    best = first_of(found)
    free = Counter(k for k, group in enumerate(found.groups) for _ in group.members)
    rng = Random(seed)
    for _ in range(5):
        best = explored(way, found, best, free, rng) or best
    # Flow in parts of minutes may cost a little less than in whole ones.
    assert best.objective <= objective + 0.5


@settings(max_examples=20)
@given(seed=st.integers(0, 10**6))
def test_a_plan_is_a_roster_and_back(seed):
    found = drawn(seed)
    assume(found is not None)
    best = first_of(found)
    roster = roster_of(best.plan, found.groups)
    assert plan_of(roster, found.groups, found.spaces) == best.plan
