"""Improvement: from any plan towards the optimum, one neighbourhood after the other."""

from __future__ import annotations

import pytest

from staffing.rules.book import RuleBook
from staffing.solvers.budget import Budget, Watch
from staffing.solvers.improve import improve
from staffing.solvers.incumbent import Incumbent
from staffing.solvers.instance import Instance, prepare
from staffing.solvers.parts import parts_of
from staffing.solvers.tasks.crew import crew_for
from staffing.solvers.tasks.rounds import improve_in_rounds
from staffing.solvers.tours.space import Tour
from tests.rules.world import agent, queue, template, world
from tests.solvers.optimum import optimum

BOOK = RuleBook.default()
TEMPLATES = [template("E06", "06:00", "14:00"), template("L14", "14:00", "22:00")]


@pytest.fixture(scope="module")
def ready() -> Instance:
    people = tuple(agent(name) for name in ("ann", "bob", "cyd"))
    floor = queue(hours=72, min_staff=1)
    problem = world("2026-11-30", 3, TEMPLATES, agents=people, queues=(floor,))
    return prepare(problem, BOOK)


def improved(ready: Instance, budget: Budget, *, stopped: bool = False) -> Incumbent:
    """Begin with everybody at home and improve that, in threads or, where every step is fixed, in rounds."""
    incumbent = Incumbent(Watch(budget.seconds), None)
    parts = parts_of(ready)
    master = parts.master()
    plan = {
        (k, Tour((), parts.spaces[k].cost(()))): len(group.members)
        for k, group in enumerate(parts.groups)
    }
    incumbent.offer(master.settle(plan), "roster")
    if stopped:
        incumbent.stop()
    else:
        incumbent.raise_bound(optimum(ready)[0], "bound")
    crew = crew_for(ready.problem, BOOK, budget, None)
    if crew is None:
        improve(parts, master, incumbent, budget)
    else:
        improve_in_rounds(parts, master, crew, incumbent, budget)
    return incumbent


@pytest.mark.parametrize(
    "budget",
    [Budget(seconds=60, workers=2), Budget(seconds=60, deterministic=True)],
    ids=["two threads", "deterministic"],
)
def test_it_goes_on_to_the_proven_optimum(ready, budget):
    assert improved(ready, budget).best.objective == pytest.approx(optimum(ready)[0])


def test_without_time_nothing_changes(ready):
    incumbent = improved(ready, Budget(seconds=0))
    assert [point.phase for point in incumbent.curve] == ["roster", "bound"]


def test_a_stopped_search_ends_at_once(ready):
    incumbent = improved(ready, Budget(seconds=60), stopped=True)
    assert [point.phase for point in incumbent.curve] == ["roster"]
