"""Rows of classes are relaxations: no roster that keeps the rules breaks one, or pays less than one asks."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.domain.objective import Level
from staffing.domain.roster import Roster
from staffing.rules.book import RuleBook
from staffing.rules.forward_rotation import ForwardRotation
from staffing.rules.max_consecutive_days import MaxConsecutiveDays
from staffing.rules.min_rest import MinRest
from staffing.solvers import classes
from staffing.solvers.class_rows import class_rows, least_costs
from staffing.solvers.classes import AgentClass
from staffing.solvers.instance import Instance, prepare
from tests.conformance.verdicts import by_check, rosters
from tests.rules.world import agent, days, template, world
from tests.solvers.drawn import draw_book, draw_problem

E06 = template("E06", "06:00", "14:00")
L14 = template("L14", "14:00", "22:00")


@pytest.fixture
def coarse(monkeypatch):
    monkeypatch.setattr(classes, "MOST_CLASSES", 0)


def row_costs(group: AgentClass, roster: Roster) -> int | None:
    """Return what the rows of a class charge for a roster; None where a row that binds is broken."""
    held = [d for member in group.members for d in roster.of(member.agent.agent_id)]
    cheapest = least_costs(group)
    cost = sum(cheapest.get(duty, 0) for duty in held)
    for row in class_rows(group):
        total = sum(row.values.get(duty, 0) for duty in held)
        over = 0 if row.upper is None else max(0, total - row.upper)
        under = 0 if row.lower is None else max(0, row.lower - total)
        if row.unit_cost is None and (over or under):
            return None
        cost += (over + under) * (row.unit_cost or 0)
    return cost


def within_choices(instance: Instance, roster: Roster) -> bool:
    return all(
        set(roster.of(member.agent.agent_id)) <= set(member.choices.open)
        for member in instance.members
    )


@settings(max_examples=40)
@given(seed=st.integers(0, 10**6))
def test_a_roster_that_keeps_the_rules_keeps_the_rows(seed):
    rng = Random(seed)
    problem, book = draw_problem(rng, people=2, days=2), draw_book(rng)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(classes, "MOST_CLASSES", rng.choice((0, 64)))
        instance = prepare(problem, book)
    personal = RuleBook(rules=tuple(rule for rule in book.rules if rule.level is not Level.ELASTIC))
    every = rosters(problem, structural=True)
    for roster, cost in zip(every, by_check(personal, problem, every), strict=True):
        if cost is not None and within_choices(instance, roster):
            charged = [row_costs(group, roster) for group in instance.classes]
            assert None not in charged
            assert sum(charged) <= cost


@pytest.mark.usefixtures("coarse")
def test_people_alike_on_paper_are_one_class():
    problem = world("2026-11-30", 2, [E06, L14], agents=(agent("ann"), agent("bob")))
    (group,) = prepare(problem, RuleBook.default()).classes
    assert [member.agent.agent_id for member in group.members] == ["ann", "bob"]
    assert len(group.duties) == 4  # two templates on two days


def test_rest_between_two_days_is_a_nested_sum():
    # L14 ends at 22:00, E06 starts 8 h later: of both, at most one a person.
    problem = world("2026-11-30", 2, [E06, L14], agents=(agent("ann"), agent("bob")))
    (group,) = prepare(problem, RuleBook(rules=(MinRest(),))).classes
    late, early = group.duties[1], group.duties[2]
    assert (late.template, early.template) == ("L14", "E06")
    assert [row.upper for row in class_rows(group) if set(row.values) == {late, early}] == [2]


def test_a_late_duty_carried_in_bars_the_early_one_for_its_holder():
    problem = world(
        "2026-11-30",
        1,
        [E06, L14],
        agents=(agent("ann"), agent("bob")),
        carried={"ann": ["2026-11-29 L14"]},
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(classes, "MOST_CLASSES", 0)
        (group,) = prepare(problem, RuleBook(rules=(MinRest(),))).classes
    early = group.duties[0]
    assert [row.upper for row in class_rows(group) if set(row.values) == {early}] == [1]


def test_days_in_a_row_count_what_is_carried_in():
    # At most 3 in a row, 2 are carried in by ann and none by bob: of both on Monday and Tuesday at most 3, which is the
    # window of Saturday to Tuesday; ann alone has rows there, so that it is left out for the class.
    problem = world(
        "2026-11-30",
        4,
        [E06],
        agents=(agent("ann"), agent("bob")),
        carried={"ann": days("2026-11-28", "2026-11-29", "E06")},
    )
    book = RuleBook(rules=(MaxConsecutiveDays(days=3),))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(classes, "MOST_CLASSES", 0)
        (coarse,) = prepare(problem, book).classes
    fine = prepare(problem, book).classes
    assert [(len(r.values), r.upper) for r in class_rows(coarse) if len(r.values) > 1] == [(4, 6)]
    ann = next(group for group in fine if group.members[0].agent.agent_id == "ann")
    # Windows of four days: Sat to Tue has 1 day left of Mon, Tue; Sun to Wed 2 of three; Mon to Thu 3 of four.
    found = [(len(r.values), r.upper) for r in class_rows(ann) if len(r.values) > 1]
    assert found == [(2, 1), (3, 2), (4, 3)]


def test_a_priced_succession_makes_no_row():
    problem = world("2026-11-30", 2, [E06, L14])
    (group,) = prepare(problem, RuleBook(rules=(ForwardRotation(),))).classes
    assert all(len({duty.date for duty in row.values}) == 1 for row in class_rows(group))
