"""The audit as a whole: the bill is the sum of its lines, and what no rule can forgive is a fault."""

from __future__ import annotations

import datetime as dt

from staffing.audit.check import Audited, audit, roster_faults
from staffing.domain.objective import Level
from staffing.domain.people import Preference
from staffing.domain.problem import Pin, Problem
from staffing.domain.result import Allocation, Status
from staffing.domain.roster import Roster
from staffing.rules.book import RuleBook
from staffing.rules.contract_hours import ContractHours
from staffing.rules.min_rest import MinRest
from staffing.rules.min_staff import MinStaff
from staffing.rules.preferences import Preferences
from staffing.solvers.budget import Budget
from staffing.solvers.solve import solve
from tests.queues import deferrable
from tests.rules.world import agent, duty, roster, template, world

E06, L14 = template("E06", "06:00", "14:00"), template("L14", "14:00", "22:00")
N22 = template("N22", "22:00", "06:00")
MONDAY, TUESDAY = "2026-11-30", "2026-12-01"
TEAM = (
    agent("ann", workstreams=("mail",), weekly_minutes=1200),
    agent("bob", workstreams=("mail",), weekly_minutes=0),
)


def problem(**more) -> Problem:
    queues = more.pop("queues", (deferrable(arrivals={7: 120}, hours=48, due_hours=1),))
    return world(MONDAY, 2, [E06, L14, N22], agents=TEAM, queues=queues, **more)


def audited(one: Problem, *rules, **held: list[str]) -> Audited:
    return audit(one, RuleBook(rules=rules), roster(one, held))


def test_the_objective_is_the_sum_of_its_lines():
    wish = Preference(agent_id="bob", wish="avoid", template="N22", strength=2)
    mail = deferrable(arrivals={7: 120}, hours=48, due_hours=1, min_staff=1)
    rules = (ContractHours(), MinStaff(), Preferences(), MinRest(level=Level.SHOULD, weight=3))
    found = audited(
        problem(queues=(mail,), preferences=(wish,)),
        *rules,
        ann=[f"{MONDAY} L14", f"{TUESDAY} E06"],
        bob=[f"{MONDAY} N22"],
    )
    # Mail: 120 minutes due at the end of hour 8, nobody before hour 14: 120 overdue after hours 8 to 13, 60 after 14.
    # Ann: two days of a contract of 1200 a week are 480, she works 960; 8 h of rest are 180 minutes too few at 3 each.
    # Bob: 480 over a contract of 0, and an unwanted night of strength 2 at 15. Floor: nobody in hours 0 to 13 and 38 to
    # 47. Pay: 3 × 480, and half of the 7 h from 23:00 to 06:00.
    assert {term.name: term.amount for term in found.bill.terms} == {
        "missed:mail": 120,
        "overdue:mail": 6 * 120 + 60,
        "closing:mail": 0,
        "contract_hours": 480 + 480,
        "min_staff": (14 + 10) * 60,
        "preferences": 2,
        "min_rest": 180,
        "pay": 1440,
        "night_premium": 210,
    }
    assert found.bill.objective == (
        120 * 1000 + 780 * 10 + 960 * 20 + 1440 * 1000 + 2 * 15 * 4 + 180 * 3 * 20 + 1440 + 210
    )
    assert found.is_clean


def test_a_must_is_told_and_not_priced():
    found = audited(problem(), MinRest(), ann=[f"{MONDAY} L14", f"{TUESDAY} E06"])
    assert not found.is_clean
    assert [v.rule for v in found.bill.must_violations] == ["min_rest"]
    assert "min_rest" not in {term.name for term in found.bill.terms}


def test_what_was_carried_in_is_neither_charged_nor_a_fault():
    one = problem(carried={"ann": ["2026-11-28 L14", "2026-11-29 E06"]})
    found = audited(one, MinRest(), MinRest(level=Level.SHOULD))
    assert [v.inherited for v in found.bill.violations] == [True, True]
    assert found.is_clean
    assert "min_rest" not in {term.name for term in found.bill.terms}


def test_a_given_allocation_is_kept_and_its_faults_told():
    one = problem()
    plan = roster(one, {"ann": [f"{MONDAY} E06"]})
    # Too few late minutes: 120 are due at the end of hour 8 and nothing is said to be done.
    claimed = Allocation(minutes={}, late={"mail": (0,) * 48})
    found = audit(one, RuleBook(rules=()), plan, claimed)
    assert found.allocation == claimed
    assert not found.is_clean
    assert found.faults[0] == "mail: 0 late minutes of 120 open, interval 8"


def test_a_sound_roster_has_no_fault():
    one = problem(pins=(pin("ann", 0, "E06"), pin("bob", 0, None)))
    assert roster_faults(one, roster(one, {"ann": [f"{MONDAY} E06"]})) == []


def pin(agent_id: str, day: int, name: str | None) -> Pin:
    date = dt.date.fromisoformat(MONDAY) + dt.timedelta(days=day)
    return Pin(agent_id=agent_id, date=date, template=name)


def test_pins_that_are_not_kept():
    one = problem(pins=(pin("ann", 0, "E06"), pin("ann", 1, "L14"), pin("bob", 0, None)))
    plan = roster(one, {"ann": [f"{MONDAY} L14"], "bob": [f"{MONDAY} E06"]})
    assert roster_faults(one, plan) == [
        "ann: the pin of 2026-11-30 (E06) is not kept",
        "ann: the pin of 2026-12-01 (L14) is not kept",
        "bob: the pin of 2026-11-30 (off) is not kept",
    ]


def test_a_pinned_duty_with_another_beside_it_is_not_kept():
    one = problem(pins=(pin("ann", 0, "E06"),))
    plan = roster(one, {"ann": [f"{MONDAY} E06", f"{MONDAY} L14"]})
    assert roster_faults(one, plan) == ["ann: the pin of 2026-11-30 (E06) is not kept"]


def test_an_unknown_agent():
    one = problem()
    plan = roster(one, {"zed": [f"{MONDAY} E06"]})
    assert roster_faults(one, plan) == ["agent 'zed' is not in the workspace"]


def test_a_duty_at_another_site():
    one = problem()
    there = duty(one, f"{MONDAY} E06").changed(site="there")
    assert roster_faults(one, Roster(duties={"ann": (there,)})) == [
        "ann: duty of 2026-11-30 is at there, not at here"
    ]


def test_a_date_outside_the_week():
    one = problem()
    plan = roster(one, {"ann": ["2026-11-29 N22", "2026-12-02 E06"]})
    assert roster_faults(one, plan) == [
        "ann: duty of 2026-11-29 is not in week 2026-W49",
        "ann: duty of 2026-12-02 is not in week 2026-W49",
    ]


def test_the_objective_is_the_solvers():
    mail = deferrable(arrivals=dict.fromkeys(range(48), 30), hours=48, min_staff=1, target=0.9)
    one = problem(queues=(mail,), carried={"ann": ["2026-11-29 N22"]}, shrinkage_fraction=0.1)
    book = RuleBook.default()
    solution = solve(one, book, Budget(seconds=2, deterministic=True))
    assert solution.status in (Status.OPTIMAL, Status.FEASIBLE)
    found = audit(one, book, solution.roster, solution.allocation)
    assert found.is_clean, found.faults
    assert found.bill.objective == solution.objective
    # The same without the solver's allocation: no better one, and no worse.
    assert audit(one, book, solution.roster).bill.objective == solution.objective
