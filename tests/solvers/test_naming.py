from __future__ import annotations

import datetime as dt

from staffing.domain.problem import Pin
from staffing.rules.book import RuleBook
from staffing.solvers.budget import Budget, Watch
from staffing.solvers.incumbent import Incumbent
from staffing.solvers.instance import Instance, prepare
from staffing.solvers.naming import name_people
from tests.rules.world import agent, off, template, world

E06, L14 = template("E06", "06:00", "14:00"), template("L14", "14:00", "22:00")
BUDGET = Budget(seconds=10, workers=1)


def instance(**more) -> Instance:
    problem = world("2026-11-30", 2, [E06, L14], agents=(agent("ann"), agent("bob")), **more)
    return prepare(problem, RuleBook.default())


def named(ready: Instance, wanted: dict[tuple[str, int], int]) -> dict[str, list[str]]:
    """Name people for so many members by template and day; return who holds what."""
    first = ready.problem.horizon.first_date
    counts = {
        group.team: {
            duty: wanted.get((duty.template, (duty.date - first).days), 0) for duty in group.duties
        }
        for group in ready.classes
    }
    roster = name_people(ready, counts, BUDGET, Incumbent(Watch(10), None), seconds=10.0)
    return {
        who: [f"{duty.template} {(duty.date - first).days}" for duty in duties]
        for who, duties in roster.duties.items()
    }


def test_people_hold_what_the_shape_asks_for():
    held = named(instance(), {("E06", 0): 1, ("L14", 0): 1, ("E06", 1): 1, ("L14", 1): 1})
    # Nobody goes from L14 to E06 (8 h of rest), so each keeps his template.
    assert sorted(held.values()) == [["E06 0", "E06 1"], ["L14 0", "L14 1"]]


def test_counts_beyond_the_people_are_left_open():
    held = named(instance(), {("E06", 0): 5})
    assert [duties[0] for duties in held.values()] == ["E06 0", "E06 0"]


def test_who_is_away_is_not_named():
    away = off("ann", "2026-11-30T00:00+00:00", "2026-12-01T00:00+00:00")
    held = named(instance(time_off=(away,)), {("E06", 0): 1})
    assert "E06 0" not in held["ann"]
    assert "E06 0" in held["bob"]


def test_pins_that_break_the_law_are_proven_impossible():
    monday = dt.date(2026, 11, 30)
    pins = tuple(
        Pin(agent_id="ann", date=monday + dt.timedelta(days=day), template=name)
        for day, name in enumerate(("L14", "E06"))
    )
    ready, incumbent = instance(pins=pins), Incumbent(Watch(10), None)
    assert name_people(ready, {}, BUDGET, incumbent, seconds=10.0) is None
    assert incumbent.is_impossible
