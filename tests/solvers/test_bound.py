"""The bound is valid: the shape never costs more than the best roster."""

from __future__ import annotations

import datetime as dt
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.domain.people import Preference
from staffing.rules.book import RuleBook
from staffing.solvers import classes
from staffing.solvers.incumbent import whole_bound
from staffing.solvers.instance import Instance, prepare
from staffing.solvers.mip import Mip
from staffing.solvers.shape import shape_model
from tests.rules.world import agent, queue, template, world
from tests.solvers.drawn import draw_book, draw_problem
from tests.solvers.optimum import optimum

D08 = template("D08", "08:00", "16:00")


def shape_bound(instance: Instance) -> float:
    """Return the optimum of the relaxed shape with whole counts: the highest bound it can give."""
    shape = shape_model(instance.problem, instance.pools, instance.classes, instance.covers)
    every = range(len(shape.model.proto.variables))
    fractional = [index for index in every if index not in shape.whole]
    return Mip(shape.model, continuous=fractional).solve(seconds=None).bound


@pytest.fixture
def coarse(monkeypatch):
    """Put people with leave, wishes and a past of their own into one class, as where there are many."""
    monkeypatch.setattr(classes, "MOST_CLASSES", 0)


@settings(max_examples=60)
@given(seed=st.integers(0, 10**6), most_classes=st.sampled_from([0, 2, 64]))
def test_no_roster_costs_less_than_the_bound(seed, most_classes):
    rng = Random(seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(classes, "MOST_CLASSES", most_classes)
        instance = prepare(draw_problem(rng), draw_book(rng))
    best = optimum(instance)
    if best is not None:
        assert whole_bound(shape_bound(instance)) <= best[0]


@pytest.mark.usefixtures("coarse")
def test_contracts_half_an_hour_apart_are_two_classes():
    # Two heads all day: each class has one, and both must count for the floor.
    problem = world(
        "2026-11-30",
        1,
        [D08],
        agents=(agent("ann", weekly_minutes=2400), agent("bob", weekly_minutes=2430)),
        queues=(queue(min_staff=2),),
    )
    instance = prepare(problem, RuleBook.default())
    assert len({group.name for group in instance.classes}) == 2
    # Short: 24 h of two heads less 8 h of two = 32 h at 1000 a minute: 1,920,000. Contracts of one day: 480 + 486 less
    # 480 + 480 minutes, 6 at 20: 120. Pay: 960.
    assert shape_bound(instance) == pytest.approx(1_920_000 + 120 + 960)
    assert optimum(instance)[0] == 1_920_000 + 120 + 960


@pytest.mark.usefixtures("coarse")
def test_wishes_of_unlike_strength_do_not_add_up_to_more():
    monday = dt.date(2026, 11, 30)
    wishes = tuple(
        Preference(agent_id=who, wish="want", dates=(monday,), template="D08", strength=strength)
        for who, strength in (("ann", 3), ("bob", 1))
    )
    problem = world("2026-11-30", 1, [D08], agents=(agent("ann"), agent("bob")), preferences=wishes)
    instance = prepare(problem, RuleBook.default())
    assert len(instance.classes) == 1
    # Both work, as both wish: 480 minutes of pay each, and the contract of the day is met.
    assert optimum(instance)[0] == 960
    assert shape_bound(instance) == pytest.approx(960)
