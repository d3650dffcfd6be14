"""The search as a whole where only heads are asked for, however much time there is for its steps."""

from __future__ import annotations

import pytest

from staffing.solvers import parts, search
from staffing.solvers.budget import Budget, Watch
from staffing.solvers.incumbent import Incumbent
from staffing.solvers.search import Search
from tests.solvers.headed import headed
from tests.solvers.optimum import optimum

MOST_TRIVIAL = 20
BUDGET = Budget(seconds=4, seed=1, deterministic=True)


def searched(case, start=None):
    incumbent = Incumbent(Watch(BUDGET.seconds), None)
    search = Search(case, BUDGET, incumbent)
    search.run(start)
    return search, incumbent


def a_case():
    """Return a problem with some choice and a price."""
    for seed in range(100):
        case = headed(seed)
        best = optimum(case.instance)
        choice = sum(len(group.open) for group in case.groups)
        if best is not None and best[0] > 0 and choice > MOST_TRIVIAL:
            return seed, best[0]
    raise AssertionError("none of them has a roster")


@pytest.mark.parametrize("labels", ["all", "few"])
def test_bound_and_roster_meet_around_the_optimum(monkeypatch, labels):
    seed, objective = a_case()
    if labels == "few":
        monkeypatch.setattr(parts, "FEW_MINUTES", 0)
    _, incumbent = searched(headed(seed))
    assert incumbent.bound <= objective + 0.5
    assert objective <= incumbent.best.objective + 0.5
    assert incumbent.best.objective <= 1.02 * objective


def test_in_long_horizons_nothing_is_relaxed(monkeypatch):
    seed, objective = a_case()
    monkeypatch.setattr(search, "LONG_MINUTES", 0)
    monkeypatch.setattr(Search, "_generate", None)
    _, incumbent = searched(headed(seed))
    assert objective <= incumbent.best.objective + 0.5
    assert incumbent.best.objective <= 1.05 * objective


def test_a_roster_to_start_from_is_there_before_anything_else_is_tried(monkeypatch):
    seed, _ = a_case()
    case = headed(seed)
    first, incumbent = searched(case)
    roster = first.roster(incumbent.best)
    monkeypatch.setattr(Search, "_first_tours", lambda *_: False)
    _, again = searched(headed(seed), roster)
    assert again.best.objective == pytest.approx(incumbent.best.objective)
