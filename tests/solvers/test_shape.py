"""The shape by hand: counts of a class, its backlog flow, floors and pay."""

from __future__ import annotations

import pytest

from staffing.domain.problem import Problem
from staffing.rules.book import RuleBook
from staffing.rules.min_staff import MinStaff
from staffing.rules.one_duty_at_a_time import OneDutyAtATime
from staffing.solvers.instance import prepare
from staffing.solvers.mip import Mip, MipResult
from staffing.solvers.shape import ShapeModel, shape_model
from tests.rules.crowd import Crowd
from tests.rules.world import agent, queue, template, world

E06, L14 = template("E06", "06:00", "14:00"), template("L14", "14:00", "22:00")
PLAIN = RuleBook(rules=(OneDutyAtATime(), MinStaff()))
FOUR = tuple(agent(name) for name in ("ann", "bob", "cyd", "dan"))


def solved(problem: Problem, book: RuleBook = PLAIN) -> tuple[ShapeModel, MipResult]:
    """Solve the shape with whole counts and a fractional flow."""
    ready = prepare(problem, book)
    shape = shape_model(problem, ready.pools, ready.classes, ready.covers)
    every = range(len(shape.model.proto.variables))
    mip = Mip(shape.model, continuous=[index for index in every if index not in shape.whole])
    return shape, mip.solve(seconds=None)


def heads(shape: ShapeModel, result: MipResult) -> dict[str, int]:
    (counts,) = shape.counts.values()
    return {
        f"{duty.date.day} {duty.template}": round(result.values[count.index])
        for duty, count in counts.items()
        if round(result.values[count.index])
    }


def test_as_many_as_the_work_needs():
    # 900 minutes arrive at 06:00 and are due in 8 h, by 14:00: two people of 480 minutes, 960 of pay.
    work = queue(hours=24, name="cases").model_copy(
        update={"arrivals_minutes": (0,) * 6 + (900,) + (0,) * 17}
    )
    due = work.workstream.model_copy(update={"due_minutes": 480, "target_fraction": 1.0})
    problem = world(
        "2026-11-30",
        1,
        [E06, L14],
        agents=FOUR,
        queues=(work.model_copy(update={"workstream": due}),),
    )
    shape, result = solved(problem)
    assert heads(shape, result) == {"30 E06": 2}
    assert result.objective == pytest.approx(960)


def test_never_more_than_there_are():
    floor = queue(hours=24, min_staff=9)
    shape, result = solved(world("2026-11-30", 1, [E06], agents=FOUR, queues=(floor,)))
    assert heads(shape, result) == {"30 E06": 4}
    # 24 h of nine heads less 8 h of four, at 1000 a minute, and the pay of four.
    assert result.objective == pytest.approx((24 * 9 - 8 * 4) * 60_000 + 4 * 480)


def crowded(counting: tuple[str, ...]) -> float:
    """Return the cost of a floor of two where one at most of these people is welcome; ann and bob are one class."""
    problem = world(
        "2026-11-30",
        1,
        [E06],
        agents=(agent("ann"), agent("bob")),
        queues=(queue(hours=24, min_staff=2),),
    )
    book = RuleBook(rules=(OneDutyAtATime(), MinStaff(weight=2), Crowd(agents=counting, most=1)))
    return solved(problem, book)[1].objective


def test_too_many_are_charged_for_where_all_of_a_class_count():
    # 16 h of two heads short at 2000 a minute whatever happens, 480 of pay a head. Both on duty are 8 h of one too many
    # at 1000 a minute, one less is 8 h of one short at 2000.
    floor = 16 * 60 * 2 * 2000
    assert crowded(("ann", "bob")) == pytest.approx(floor + 2 * 480 + 480 * 1000)


def test_a_class_of_which_some_count_is_not_too_many():
    # Ann alone counts: two on duty are one at most of those who count.
    assert crowded(("ann",)) == pytest.approx(16 * 60 * 2 * 2000 + 2 * 480)


def test_those_on_duty_from_the_day_before_count_for_the_floor():
    night = template("N22", "22:00", "06:00")
    problem = world(
        "2026-11-30",
        1,
        [night],
        agents=FOUR,
        carried={"ann": ["2026-11-29 N22"]},
        queues=(queue(hours=24, min_staff=1),),
    )
    shape, result = solved(problem)
    # From 06:00 to 22:00 nobody can be there; the night of Monday is 8 h of pay and 7 h at half a premium.
    assert heads(shape, result) == {"30 N22": 1}
    assert result.objective == pytest.approx(16 * 60_000 + 480 + 210)
