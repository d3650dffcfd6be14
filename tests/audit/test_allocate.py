"""The best allocation of a roster that came without one."""

from __future__ import annotations

from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from staffing.audit.allocate import allocate
from staffing.audit.check import audit
from staffing.audit.service import queue_service
from staffing.domain.problem import Problem
from staffing.domain.roster import Roster
from staffing.domain.work import Queue
from staffing.rules.book import RuleBook
from tests.queues import deferrable, immediate
from tests.rules.world import agent, roster, template, world
from tests.solvers.drawn import draw_problem
from tests.solvers.priced import priced

E06, P07 = template("E06", "06:00", "14:00"), template("P07", "07:00", "08:00")
MONDAY = "2026-11-30"
TEAM = (agent("ann", workstreams=("mail", "calls")), agent("bob", workstreams=("mail",)))


def team(*queues: Queue, **more) -> Problem:
    return world(MONDAY, 1, [E06, P07], agents=TEAM, queues=queues, **more)


def cost(problem: Problem, **held: str) -> int:
    """Return what service costs under the allocation found, duties written as template by agent."""
    plan = roster(problem, {who: [f"{MONDAY} {name}"] for who, name in held.items()})
    allocation = allocate(problem, plan)
    terms = [t for queue in problem.queues for t in queue_service(problem, queue, allocation)[1]]
    assert audit(problem, RuleBook(rules=()), plan).faults == ()
    return sum(term.cost for term in terms)


def test_everybody_does_what_only_he_can():
    # Hour 7 asks for one agent, and in it 120 minutes of mail arrive, due at the end of hour 8. Bob leaves at 08:00.
    problem = team(deferrable(arrivals={7: 120}, due_hours=1), immediate(required={7: 1}))
    assert cost(problem, ann="E06", bob="P07") == 0
    allocation = allocate(
        problem, roster(problem, {"ann": [f"{MONDAY} E06"], "bob": [f"{MONDAY} P07"]})
    )
    assert allocation.minutes["mail"]["mail"][7] == 60
    assert [allocation.minutes["mail+calls"][name][7:9] for name in ("mail", "calls")] == [
        (0, 60),
        (60, 0),
    ]
    # Without bob one hour of calls or of mail is missed; the mail would be overdue for an hour on top.
    assert cost(problem, ann="E06") == 60 * 1000


def test_dear_work_before_cheap():
    # 60 minutes for 60 of calls at 3000 each, or of mail at 1000 and more: mail is missed, overdue 15 h, and left.
    problem = team(
        deferrable(arrivals={7: 60}, due_hours=1), immediate(required={7: 1}, priority=3)
    )
    # Due at the end of hour 8, so overdue after hours 8 to 23: 16 of them.
    assert cost(problem, ann="P07") == 60 * 1000 + 60 * 16 * 10 + 60 * 100


def test_nobody_on_duty():
    # 60 minutes are due at the end of hour 4: overdue after 20 hours, and left. The opening 30 are late for 24 hours;
    # as much as they may be left.
    problem = team(deferrable(arrivals={0: 60}, opening=[(-60, 30)]))
    assert cost(problem) == 60 * 1000 + 60 * 20 * 10 + 30 * 24 * 10 + 60 * 100


def test_late_work_waits_where_fresh_work_can_still_be_on_time():
    # 60 overdue at the start; 60 arrive in hour 6, due at the end of hour 7, when ann is there for the first time.
    problem = team(deferrable(arrivals={6: 60}, opening=[(0, 60)], due_hours=1))
    late = allocate(problem, roster(problem, {"ann": [f"{MONDAY} P07"]})).late["mail"]
    assert late == (60,) * 24
    # 60 × 24 hours overdue, and no miss; as much as the opening backlog may be left.
    assert cost(problem, ann="P07") == 60 * 24 * 10


def test_a_share_may_be_late_at_no_miss_price():
    problem = team(deferrable(arrivals={7: 100}, due_hours=1, target=0.6))
    # 60 are done, 40 are overdue after hours 8 to 23 and left.
    assert cost(problem, ann="P07") == 40 * 16 * 10 + 40 * 100


@settings(max_examples=25)
@given(seed=st.integers(0, 10**6))
def test_it_is_as_good_as_the_solvers(seed):
    rng = Random(seed)
    problem = draw_problem(rng)
    # Rules without a must, so that every roster has a bill; work, pay and wishes stay.
    book = RuleBook(rules=tuple(rule for rule in RuleBook.default().rules if rule.level != "must"))
    duties = {}
    for person in problem.agents:
        pins = {pin.date: pin.template for pin in problem.pins if pin.agent_id == person.agent_id}
        by_date: dict = {}
        for duty in book.choices(problem, person).open:
            by_date.setdefault(duty.date, []).append(duty)
        duties[person.agent_id] = tuple(
            rng.choice(own) for date, own in by_date.items() if date in pins or rng.random() < 0.5
        )
    plan = Roster(duties=duties)
    solved = priced(problem, book, plan)
    assume(solved is not None)
    audited = audit(problem, book, plan)
    assert audited.is_clean, audited.faults
    assert audited.bill.objective == solved[1]


def test_a_team_without_queues_has_nothing_to_allocate():
    plan = allocate(team(), roster(team(), {"ann": [f"{MONDAY} E06"]}))
    assert (plan.minutes, plan.late) == ({}, {})
