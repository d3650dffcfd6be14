from __future__ import annotations

import datetime as dt

import pytest

from staffing.domain.problem import Pin
from staffing.rules.book import RuleBook
from staffing.solvers.budget import Budget, Watch
from staffing.solvers.counts import find_counts, prove_bound
from staffing.solvers.incumbent import Incumbent
from staffing.solvers.instance import Instance, prepare
from tests.rules.world import agent, queue, template, world

E06, L14 = template("E06", "06:00", "14:00"), template("L14", "14:00", "22:00")
BOOK = RuleBook.default()
DONE = Budget(seconds=0)


def instance(**more) -> Instance:
    agents = more.pop("agents", (agent("ann"), agent("bob")))
    return prepare(world("2026-11-30", 1, [E06, L14], agents=agents, **more), BOOK)


def totals(found) -> dict[str, int]:
    counted: dict[str, int] = {}
    for counts in found.values():
        for duty, members in counts.items():
            counted[duty.template] = counted.get(duty.template, 0) + members
    return counted


def test_counts_cover_the_floor():
    incumbent = Incumbent(Watch(60), None)
    staffed = instance(queues=(queue(hours=24, min_staff=1),))
    assert totals(find_counts(staffed, Budget(seconds=60), incumbent)) == {"E06": 1, "L14": 1}
    prove_bound(staffed, Budget(seconds=60), incumbent)
    # Nobody from 00:00 to 06:00 and from 22:00: 8 h at 1000 a minute; pay of two duties of 8 h.
    assert incumbent.bound == pytest.approx(8 * 60 * 1000 + 960)


def test_without_time_the_relaxation_is_rounded():
    incumbent = Incumbent(Watch(0), None)
    staffed = instance(queues=(queue(hours=24, min_staff=1),))
    assert totals(find_counts(staffed, DONE, incumbent)) == {"E06": 1, "L14": 1}
    prove_bound(staffed, DONE, incumbent)
    assert incumbent.bound is not None


def test_pins_that_break_the_law_leave_no_counts():
    monday = dt.date(2026, 11, 30)
    pins = tuple(
        Pin(agent_id="ann", date=monday + dt.timedelta(days=day), template=name)
        for day, name in enumerate(("L14", "E06"))
    )
    problem = world("2026-11-30", 2, [E06, L14], pins=pins)
    incumbent = Incumbent(Watch(0), None)
    assert find_counts(prepare(problem, BOOK), DONE, incumbent) == {}
    prove_bound(prepare(problem, BOOK), DONE, incumbent)
    assert incumbent.is_impossible
    assert all(point.bound is None for point in incumbent.curve)
