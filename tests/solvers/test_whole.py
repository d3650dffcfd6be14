"""The whole model: its bill of a roster is the audit's, and a neighbourhood never makes it dearer."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from staffing.audit.check import audit
from staffing.domain.roster import Roster
from staffing.rules.book import RuleBook
from staffing.solvers.instance import prepare
from staffing.solvers.whole import Whole
from tests.rules.world import agent, queue, roster, template, world
from tests.solvers.drawn import draw_book, draw_problem
from tests.solvers.optimum import optimum

E06, L14 = template("E06", "06:00", "14:00"), template("L14", "14:00", "22:00")
BOOK = RuleBook.default()


@settings(max_examples=25)
@given(seed=st.integers(0, 10**6))
def test_bill_and_allocation_are_the_audits(seed):
    rng = Random(seed)
    problem, book = draw_problem(rng), draw_book(rng)
    best = optimum(prepare(problem, book))
    assume(best is not None)
    whole = Whole(prepare(problem, book))
    assert whole.bill(best[1]).objective == pytest.approx(best[0], abs=0.5)
    allocation, objective = whole.allocation(best[1])
    audited = audit(problem, book, best[1], allocation)
    assert audited.is_clean, audited.faults
    assert audited.bill.objective == objective == best[0]


def two_days() -> Whole:
    problem = world(
        "2026-11-30",
        2,
        [E06, L14],
        agents=(agent("ann", weekly_minutes=0), agent("bob", weekly_minutes=0)),
        queues=(queue(hours=48, min_staff=1),),
    )
    return Whole(prepare(problem, BOOK))


def held(whole: Whole, **duties: list[str]) -> Roster:
    return roster(whole._instance.problem, duties)


def test_a_bill_by_hand():
    whole = two_days()
    # 48 h without anybody at 1000 a minute; nobody is under contract.
    assert whole.bill(held(whole)).objective == pytest.approx(2_880_000)
    # Ann on Monday from 06:00 to 14:00: 8 h less, 480 minutes of pay and, as overtime, 20 a minute.
    one = whole.bill(held(whole, ann=["2026-11-30 E06"]))
    assert one.objective == pytest.approx(2_880_000 - 480_000 + 480 + 9_600)


def test_a_roster_that_breaks_a_must_has_no_bill():
    whole = two_days()
    assert whole.bill(held(whole, ann=["2026-11-30 L14", "2026-12-01 E06"])) is None


def test_duties_that_are_nobodys_choice_are_left_out():
    whole = two_days()
    strange = world("2026-11-30", 2, [template("X10", "10:00", "12:00"), E06, L14])
    start = roster(strange, {"ann": ["2026-11-30 X10"], "zed": ["2026-11-30 E06"]})
    billed = whole.bill(start)
    assert billed.objective == pytest.approx(2_880_000)
    assert not any(billed.roster.duties.values())


def test_a_neighbourhood_finds_what_its_people_can_gain():
    whole = two_days()
    empty = whole.bill(held(whole))
    options = {"seconds": None, "nodes": None, "seed": 0}
    found = whole.neighbourhood(empty, {"ann"}, **options)
    assert not found.roster.of("bob")
    # Ann alone covers one shift a day: 16 h less, and 960 minutes of pay and of overtime.
    assert found.objective == pytest.approx(2_880_000 - 960_000 + 960 + 19_200)
    assert whole.neighbourhood(found, {"ann"}, **options) is None
    both = whole.neighbourhood(found, {"ann", "bob"}, **options)
    assert both.objective == pytest.approx(2_880_000 - 2 * 960_000 + 2 * 960 + 2 * 19_200)


def test_a_twin_bills_alike():
    whole = two_days()
    start = held(whole, bob=["2026-12-01 L14"])
    assert whole.twin().bill(start).objective == whole.bill(start).objective


def test_personal_costs_are_rules_and_pay_of_each():
    whole = two_days()
    billed = whole.bill(held(whole, ann=["2026-11-30 E06"]))
    costs = whole.personal_costs(billed.values)
    assert costs["ann"] == pytest.approx(480 + 9_600)
    assert costs["bob"] == pytest.approx(0)


def test_every_minute_of_the_allocation_is_whole():
    problem = world("2026-11-30", 1, [E06], queues=(queue(hours=24),), shrinkage_fraction=0.15)
    busy = problem.queues[0].model_copy(update={"arrivals_minutes": (0,) * 6 + (47,) * 18})
    whole = Whole(prepare(problem.changed(queues=(busy,)), BOOK))
    allocation, _ = whole.allocation(held(whole, ann=["2026-11-30 E06"]))
    worked = allocation.minutes["cases"]["cases"]
    # 47 minutes arrive in each hour from 06:00, and 51 (60 less 15 %) can be worked: never before they arrive.
    assert worked[5:8] == (0, 47, 47)
    assert sum(worked) == 8 * 47
