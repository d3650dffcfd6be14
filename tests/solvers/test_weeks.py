"""Several weeks with work that waits: they begin with people at drawn times, and are swept."""

from __future__ import annotations

from random import Random

import pytest

from staffing.solvers import parts as parts_module
from staffing.solvers.budget import Budget, Watch
from staffing.solvers.incumbent import Incumbent
from staffing.solvers.instance import prepare
from staffing.solvers.parts import Parts, parts_of
from staffing.solvers.search import Search
from tests.solvers.drawn import draw_book, draw_problem
from tests.solvers.optimum import optimum

BUDGET = Budget(seconds=4, seed=1, deterministic=True)


def searched(case: Parts) -> tuple[Search, Incumbent]:
    incumbent = Incumbent(Watch(BUDGET.seconds), None)
    search = Search(case, BUDGET, incumbent)
    search.run(None)
    return search, incumbent


def cases():
    """Yield problems in which work waits, with their least objective, None where there is no roster."""
    for seed in range(30):
        rng = Random(seed)
        case = parts_of(prepare(draw_problem(rng, people=4, days=5), draw_book(rng)))
        if case.work_waits and any(group.open for group in case.groups):
            least = optimum(case.instance)
            yield case, None if least is None else least[0]


@pytest.mark.parametrize("labels", ["all", "few"])
def test_bound_and_roster_meet_around_the_optimum(monkeypatch, labels):
    monkeypatch.setattr(parts_module, "WEEK_MINUTES", -parts_module.DAY_MINUTES)
    if labels == "few":
        monkeypatch.setattr(parts_module, "FEW_MINUTES", 0)
    seen = []
    for case, least in cases():
        assert case.waits_for_weeks
        _, incumbent = searched(case)
        if least is None:
            assert incumbent.best is None
            continue
        assert incumbent.bound <= least + 0.5
        assert least <= incumbent.best.objective + 0.5
        seen.append(incumbent.best.objective / max(1.0, least))
        if len(seen) == 5:
            break
    assert len(seen) == 5
    assert sum(seen) / 5 <= 1.02


def test_the_same_seed_gives_the_same_roster(monkeypatch):
    monkeypatch.setattr(parts_module, "WEEK_MINUTES", -parts_module.DAY_MINUTES)
    case = next(case for case, least in cases() if least)
    first, again = searched(case), searched(case)
    assert first[1].best.plan == again[1].best.plan
