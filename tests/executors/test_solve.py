"""`solve` wherever its tasks run, workers lost on the way: here and not with the solvers, as clusters start slowly."""

from __future__ import annotations

from random import Random

import pytest

from staffing.audit.check import audit
from staffing.rules.book import RuleBook
from staffing.solvers.budget import Budget
from staffing.solvers.solve import solve
from staffing.solvers.tasks import pricing
from staffing.solvers.tasks.neighbourhood import explored
from staffing.solvers.tasks.pricing import priced
from tests.executors.tasks import killed_at_its_first
from tests.solvers.drawn import draw_problem

PROBLEM = draw_problem(Random(10), people=8, days=6)
"""Seven people over five days; what column generation leaves open is closed by neighbourhoods."""
BOOK = RuleBook.default()
BUDGET = Budget(seconds=8, seed=3, deterministic=True)


@pytest.fixture(scope="module")
def alone():
    return solve(PROBLEM, BOOK, BUDGET)


def test_the_same_roster_wherever_tasks_run_and_whoever_is_killed(
    alone, executor, tmp_path, monkeypatch
):
    by_workers, asked = executor.map, set()

    def deadly(function, items):
        asked.add(function)
        if function is priced:
            return by_workers(function, items)
        marker = tmp_path / "killed"
        return by_workers(killed_at_its_first, [(marker, function, item) for item in items])

    monkeypatch.setattr(executor, "map", deadly)
    monkeypatch.setattr(pricing, "WORTH_SHARING_SECONDS", -1.0)
    found = solve(PROBLEM, BOOK, BUDGET, executor=executor)
    if executor.workers > 1:
        assert asked == {explored, priced}
        assert (tmp_path / "killed").exists()
    assert found.roster == alone.roster
    assert found.allocation == alone.allocation
    assert (found.objective, found.bound) == (alone.objective, alone.bound)
    assert [(p.phase, p.objective, p.bound) for p in found.curve] == [
        (p.phase, p.objective, p.bound) for p in alone.curve
    ]


def test_there_was_something_to_gain(alone):
    assert "improve" in [point.phase for point in alone.curve]


@pytest.mark.parametrize("executor", ["processes:2"], indirect=True)
def test_against_the_clock_workers_find_a_sound_roster(alone, executor):
    found = solve(PROBLEM, BOOK, Budget(seconds=2, seed=1), executor=executor)
    assert audit(PROBLEM, BOOK, found.roster, found.allocation).is_clean
    assert alone.bound <= found.objective <= alone.curve[-1].objective * 2
