from __future__ import annotations

import datetime as dt

import pytest

from staffing.domain.people import Preference
from staffing.domain.problem import Pin
from staffing.rules.book import RuleBook
from staffing.solvers import classes
from staffing.solvers.classes import AgentClass, holders, pinned
from staffing.solvers.instance import prepare
from tests.rules.world import agent, off, template, world

D08, L14 = template("D08", "08:00", "16:00"), template("L14", "14:00", "22:00")
MONDAY = dt.date(2026, 11, 30)
PEOPLE = (agent("ann"), agent("bob"), agent("cyd"), agent("dan", weekly_minutes=1200))
AWAY = off("bob", "2026-11-30T00:00+00:00", "2026-12-01T00:00+00:00")
WISH = Preference(agent_id="cyd", wish="avoid", template="L14")


def names(groups: tuple[AgentClass, ...]) -> list[list[str]]:
    return [[member.agent.agent_id for member in group.members] for group in groups]


def groups(**more) -> tuple[AgentClass, ...]:
    problem = world("2026-11-30", 2, [D08, L14], agents=PEOPLE, **more)
    return prepare(problem, RuleBook.default()).classes


def test_few_people_are_told_apart_by_leave_and_wishes():
    assert names(groups()) == [["dan"], ["ann", "bob", "cyd"]]
    found = names(groups(time_off=(AWAY,), preferences=(WISH,)))
    assert sorted(found) == [["ann"], ["bob"], ["cyd"], ["dan"]]


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        (3, [["ann", "cyd"], ["bob"], ["dan"]]),  # by what they may hold
        (2, [["ann", "bob", "cyd"], ["dan"]]),  # by site, skills and contract
    ],
)
def test_many_people_are_classes_of_coarser_kind(monkeypatch, most, expected):
    monkeypatch.setattr(classes, "MOST_CLASSES", most)
    assert sorted(names(groups(time_off=(AWAY,), preferences=(WISH,)))) == expected


def test_names_tell_classes_apart():
    found = groups(time_off=(AWAY,), preferences=(WISH,))
    assert len({group.name for group in found}) == len(found)


def test_people_without_a_queue_are_in_no_pool():
    problem = world("2026-11-30", 1, [D08], agents=(agent("ann", workstreams=()),))
    (group,) = prepare(problem, RuleBook.default()).classes
    assert group.pool is None


def test_holders_and_pinned_are_counted_by_duty(monkeypatch):
    monkeypatch.setattr(classes, "MOST_CLASSES", 0)
    pins = (
        Pin(agent_id="ann", date=MONDAY, template="L14"),
        Pin(agent_id="cyd", date=MONDAY, template=None),
    )
    group = next(g for g in groups(time_off=(AWAY,), pins=pins) if len(g.members) == 3)
    monday = {duty.template: duty for duty in group.duties if duty.date == MONDAY}
    # Of three, bob is away and cyd pinned off on Monday; ann may hold nothing but her pin.
    assert {name: holders(group).get(duty, 0) for name, duty in monday.items()} == {"L14": 1}
    assert pinned(group) == {monday["L14"]: 1}
    tuesday = next(duty for duty in group.duties if duty.date != MONDAY)
    assert holders(group)[tuesday] == 3
