"""Tasks answer to what they are given, and to nothing that was before."""

from __future__ import annotations

import pickle

import pytest

from staffing.solvers.tasks import shelf
from staffing.solvers.tasks.neighbourhood import Explored, Neighbourhood, explored
from staffing.solvers.ways import CP_SAT, HIGHS, TOURS
from tests.solvers.tasks.world import nobody_needed, parts, task

TASKS = [task(way, seed) for way in (TOURS, HIGHS, CP_SAT) for seed in (1, 2)]


def answer(given: Neighbourhood) -> tuple:
    found: Explored = explored(pickle.loads(pickle.dumps(given)))
    return found.change, found.gain


@pytest.fixture(scope="module")
def answers():
    return [answer(given) for given in TASKS]


def test_the_answer_is_the_same_in_any_order_and_on_a_bare_worker(answers):
    assert [answer(given) for given in reversed(TASKS)] == answers[::-1]
    shelf._SHELF.clear()
    assert answer(TASKS[0]) == answers[0]


def test_every_way_finds_a_change_that_is_worth_what_it_says(answers):
    master, base = parts().master(), nobody_needed()
    for given, (change, gain) in zip(TASKS, answers, strict=True):
        better = master.settle(change.applied(base.plan))
        assert better.objective == pytest.approx(base.objective - gain, rel=1e-6, abs=0.5)
        assert gain > 0
        changed = {group: 0 for group, _ in change.gone}
        for (group, _), members in change.gone.items():
            changed[group] += members
        assert all(members <= given.free[group] for group, members in changed.items())


def test_where_there_is_nothing_to_gain_nothing_changes():
    nobody = task(HIGHS, 1, people=0)
    assert answer(nobody) == (None, 0.0)


def test_without_time_nothing_is_found():
    given = Neighbourhood(**{**vars(TASKS[0]), "seconds": 0.0})
    assert answer(given) == (None, 0.0)
