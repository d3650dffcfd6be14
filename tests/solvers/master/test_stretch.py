"""A stretch of days anew: nothing else changes, and where it is everything it is the whole problem."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from staffing.solvers.master.stretch import stretched
from staffing.solvers.plan import Best
from tests.solvers.headed import first_of, headed
from tests.solvers.optimum import optimum

WHOLE = range(40, 41)
"""Days that are more than twice those of any drawn problem: wherever the stretch lies, it opens all of them."""


def everybody(parts) -> Counter[int]:
    return Counter({k: len(group.members) for k, group in enumerate(parts.groups)})


def dates_of(parts, best: Best, group: int) -> Counter:
    """Return how many members of a group hold each of its duties."""
    held = Counter()
    for (number, tour), often in best.plan.items():
        if number == group:
            held.update({parts.groups[group].open[k]: often for k in tour.positions})
    return held


@settings(max_examples=20)
@given(seed=st.integers(0, 10**6), days=st.integers(1, 2))
def test_only_days_in_a_row_change(seed, days):
    parts = headed(seed)
    best = first_of(parts, seed)
    assume(best is not None)
    limits = {"seconds": None, "nodes": 100}
    better = stretched(
        parts,
        None,
        range(days, days + 1),
        1,
        best,
        everybody(parts),
        Random(seed),
        **limits,
    )
    if better is None:
        return
    assert better.objective < best.objective
    changed = set()
    for group in range(len(parts.groups)):
        before, after = dates_of(parts, best, group), dates_of(parts, better, group)
        changed |= {duty.date for duty in (before - after) + (after - before)}
    assert changed
    assert (max(changed) - min(changed)).days < days
    assert parts.master().settle(better.plan).objective == pytest.approx(better.objective)


@settings(max_examples=12)
@given(seed=st.integers(0, 10**6))
def test_with_all_days_and_everybody_free_it_comes_near_the_optimum(seed):
    parts = headed(seed)
    best = first_of(parts, seed)
    assume(best is not None)
    objective, _ = optimum(parts.instance)
    rng = Random(seed)
    for _ in range(3):
        found = stretched(
            parts,
            None,
            WHOLE,
            1,
            best,
            everybody(parts),
            rng,
            seconds=None,
            nodes=1000,
        )
        best = best if found is None else found
    assert objective <= best.objective + 0.5
    assert best.objective <= 1.02 * objective + 0.5


def test_without_anybody_free_there_is_nothing_to_gain():
    parts = headed(5)
    best = first_of(parts, 5)
    limits = {"seconds": None, "nodes": 100}
    assert stretched(parts, None, WHOLE, 1, best, Counter(), Random(1), **limits) is None
