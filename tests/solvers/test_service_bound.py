"""What no schedule can give: minutes that are missing whoever works, proven without looking at pay or burnout."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.audit.check import audit
from staffing.domain.problem import Problem
from staffing.domain.result import Unavoidable
from staffing.domain.tiers import AtLeast, costs_by_tier
from staffing.rules.book import RuleBook
from staffing.solvers.budget import Budget
from staffing.solvers.instance import prepare
from staffing.solvers.service_bound import least_charge, service_bound
from tests.queues import deferrable, immediate
from tests.rules.world import agent, off, queue, template, world
from tests.solvers.drawn import draw_book, draw_problem
from tests.solvers.optimum import optimum

E06, L14 = template("E06", "06:00", "14:00"), template("L14", "14:00", "22:00")
BOOK = RuleBook.default()
BUDGET = Budget(seconds=1, deterministic=True)


def day(*queues, people: int = 1, skills=("mail", "post"), **more) -> Problem:
    agents = tuple(agent(name, workstreams=skills) for name in "abc"[:people])
    return world("2026-11-30", 1, [E06, L14], agents=agents, queues=queues, **more)


def least(problem: Problem, *queues: str, book: RuleBook = BOOK) -> Unavoidable:
    return service_bound(problem, book, BUDGET, queues)


def test_one_person_cannot_do_the_work_of_two():
    # 900 minutes come at 06:00 and are due by 14:00, one person gives 480; a tenth may be late: 900 − 480 − 90.
    work = deferrable("mail", {6: 900}, due_hours=7, target=0.9)
    assert least(day(work), "mail") == Unavoidable(minutes=330, by_queue={"mail": 330})


def test_nothing_is_proven_where_somebody_could_do_it():
    work = deferrable("mail", {6: 900}, due_hours=7, target=0.9)
    assert least(day(work, people=2), "mail") == Unavoidable(minutes=0, by_queue={"mail": 0})


def test_each_queue_alone_could_be_served_but_not_both():
    mail, post = (deferrable(name, {6: 300}, due_hours=7) for name in ("mail", "post"))
    assert least(day(mail, post), "mail", "post") == Unavoidable(
        minutes=120, by_queue={"mail": 0, "post": 0}
    )


def test_overtime_and_pay_are_no_excuse_but_leave_is():
    # A contract of no hours makes a duty dear, but not impossible: nobody is kept off by a price.
    work = deferrable("mail", {6: 300}, due_hours=7)
    dear = day(work).changed(agents=(agent("a", workstreams=("mail",), weekly_minutes=0),))
    assert least(dear).minutes == 0
    away = (off("a", "2026-11-30T00:00+00:00", "2026-12-01T00:00+00:00"),)
    assert least(day(work, time_off=away)).minutes == 300


def test_heads_are_whole():
    # A linear program would put half of one person on either shift: 120 minutes of calls each, all done. One person
    # is there either in the morning or in the evening, and 120 agent-minutes are missing.
    calls = immediate("mail", {8: 1, 9: 1, 16: 1, 17: 1})
    assert least(day(calls), "mail") == Unavoidable(minutes=120, by_queue={"mail": 120})


def test_what_is_missing_is_charged_at_the_priority_of_its_queue():
    # 120 agent-minutes of calls that nobody can give, at priority 5; what only both together miss is in none alone.
    calls = immediate("mail", {8: 1, 9: 1, 16: 1, 17: 1}, priority=5)
    problem = day(calls)
    assert least_charge(problem, least(problem, "mail")) == AtLeast(
        weights=(1, 0, 0, 0), bound=120 * 5 * 1000
    )
    mail, post = (deferrable(name, {6: 300}, due_hours=7) for name in ("mail", "post"))
    assert least_charge(day(mail, post), least(day(mail, post), "mail", "post")).bound == 0


def test_floors_and_agents_count():
    # Nobody can be there from 22:00 to 06:00, 480 minutes of the floor; and one of the two agents at 08:00 is missing.
    floor = queue("cases", hours=24, min_staff=1)
    calls = immediate("calls", {8: 2})
    found = least(day(floor, calls, people=2, skills=("cases", "calls")), "calls")
    assert found == Unavoidable(minutes=480 + 60, by_queue={"calls": 0})


@settings(max_examples=8)
@given(seed=st.integers(0, 10**6))
def test_no_roster_misses_less(seed):
    rng = Random(seed)
    problem, book = draw_problem(rng), draw_book(rng)
    best = optimum(prepare(problem, book))
    if best is not None:
        names = [one.queue for one in problem.queues]
        proven = least(problem, *names, book=book)
        bill = audit(problem, book, best[1]).bill
        assert proven.minutes <= bill.missing_minutes
        assert sum(proven.by_queue.values()) <= proven.minutes
        assert least_charge(problem, proven).bound <= costs_by_tier(bill)[0]
        for line in bill.service:
            assert proven.by_queue[line.queue] <= line.missing_minutes
