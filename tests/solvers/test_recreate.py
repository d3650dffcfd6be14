"""Ruin and recreate: never dearer, true to its objective, and only those who are free change."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from staffing.solvers.recreate import Recreation, recreated
from staffing.solvers.tours.engine import EVERY_LABEL
from staffing.solvers.tours.space import TourSpace
from tests.solvers.headed import headed
from tests.solvers.optimum import optimum


def everybody(parts):
    return Counter({k: len(group.members) for k, group in enumerate(parts.groups)})


def steps(count):
    asked = iter(range(count + 1))
    return lambda: next(asked) / count


@settings(max_examples=12)
@given(seed=st.integers(0, 10**6))
def test_what_is_found_is_cheaper_and_costs_what_it_says(seed):
    parts = headed(seed)
    recreation = Recreation(parts, parts.heads, Random(seed))
    first = recreation.built()
    assume(first is not None)
    better = recreation.improved(first, everybody(parts), steps(20))
    for best in (first, better):
        assert parts.master().settle(best.plan).objective == pytest.approx(best.objective)
    assert better.objective <= first.objective


@settings(max_examples=8)
@given(seed=st.integers(0, 10**6))
def test_people_who_answer_each_other_long_enough_come_near_the_optimum(seed):
    parts = headed(seed)
    recreation = Recreation(parts, parts.heads, Random(seed))
    first = recreation.built()
    assume(first is not None)
    objective, _ = optimum(parts.instance)
    best = recreation.improved(first, everybody(parts), steps(60))
    assert objective <= best.objective + 0.5
    assert best.objective <= 1.05 * objective


@settings(max_examples=12)
@given(seed=st.integers(0, 10**6))
def test_only_free_people_change(seed):
    parts = headed(seed)
    rng = Random(seed)
    first = Recreation(parts, parts.heads, rng).built()
    assume(first is not None)
    people = list(everybody(parts).elements())
    free = Counter(rng.sample(people, max(1, len(people) // 2)))
    better = recreated(parts, first, free, rng, seconds=None, nodes=20)
    if better is not None:
        assert better.objective < first.objective
        gone = Counter(first.plan) - Counter(better.plan)
        changed = Counter[int]()
        for (group, _), members in gone.items():
            changed[group] += members
        assert changed <= free


def test_few_labels_do_not_say_that_there_is_no_tour(monkeypatch):
    # Where few labels find nothing, all of them are asked before anybody is said to have no tour.
    parts = headed(5)
    exact = TourSpace.cheapest

    def blind(space, prices, *, labels=EVERY_LABEL, **options):
        return exact(space, prices, **options) if labels == EVERY_LABEL else []

    monkeypatch.setattr(TourSpace, "cheapest", blind)
    assert Recreation(parts, parts.heads, Random(1)).built() is not None
