"""Tiers strictly kept: what the prices would sell is not sold, and what is proven of each tier is so."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from random import Random

import pytest

from staffing.audit.check import audit
from staffing.domain.errors import AuditError
from staffing.domain.objective import Emphasis, Prices, Tier
from staffing.domain.problem import Problem
from staffing.domain.result import Allocation, Bill, Solution, Status
from staffing.domain.roster import Roster
from staffing.domain.tiers import AtLeast, TierProof, costs_by_tier
from staffing.rules.availability import Availability
from staffing.rules.book import RuleBook
from staffing.rules.one_duty_at_a_time import OneDutyAtATime
from staffing.rules.skills import Skills
from staffing.rules.start_consistency import StartConsistency
from staffing.solvers.budget import Budget
from staffing.solvers.solve import solve
from staffing.solvers.tiers import keep_tiers
from tests.queues import deferrable, immediate
from tests.rules.world import agent, template, world
from tests.solvers.drawn import draw_book, draw_problem

BUDGET = Budget(seconds=2, deterministic=True)
E06, L14 = template("E06", "06:00", "14:00"), template("L14", "14:00", "22:00")
MONDAY = "2026-11-30"


class Solver:
    """Solves and audits, and remembers what it was asked."""

    def __init__(self, problem: Problem, book: RuleBook) -> None:
        self.problem, self.book = problem, book
        self.asked: list[Emphasis] = []
        self.first = solve(problem, book, BUDGET)

    def solve(self, problem: Problem, budget: Budget, start: Roster) -> Solution:
        self.asked.append(problem.emphasis)
        return solve(problem, self.book, budget, start=start)

    def bill(self, roster: Roster, plan: Allocation | None) -> Bill:
        return audit(self.problem, self.book, roster, plan).bill

    def costs(self, found: Solution) -> tuple[int, ...]:
        assert found.roster is not None
        return costs_by_tier(self.bill(found.roster, found.allocation))

    def kept(self, first: Solution | None = None) -> tuple[Solution, TierProof]:
        found, proof = keep_tiers(self.problem, first or self.first, BUDGET, self.solve, self.bill)
        assert proof is not None
        return found, proof


def one_minute() -> Solver:
    """One minute of work that only a whole shift beyond the contract could do, by a person of no hours."""
    mail = deferrable("mail", {6: 1}, due_hours=2)
    nobody = agent("a", workstreams=("mail",), weekly_minutes=0)
    problem = world(MONDAY, 1, [E06], agents=(nobody,), queues=(mail,))
    return Solver(problem, RuleBook.default())


def test_a_minute_of_service_is_not_sold_for_a_shift():
    # Missed: 1000, and overdue 10 an hour from 09:00 to 24:00, and 100 for the backlog left. On duty: 480 minutes
    # beyond a contract of none, and 480 of pay.
    case = one_minute()
    assert case.costs(case.first)[0] in range(1000, 1500)
    assert case.costs(case.first)[1:] == (0, 0, 0)
    found, proof = case.kept()
    assert case.costs(found) == (0, sum(case.costs(found)[1:3]), 0, 480)
    assert found.objective == sum(case.costs(found)) > 480 * 20
    assert proof.objective_by_price == case.first.objective
    assert [line.is_proven for line in proof.lines] == [True] * 4
    # The bound is that of all rosters at the prices: dearer, and for that no longer the optimum of the prices.
    assert (found.bound, found.status) == (case.first.bound, Status.FEASIBLE)


def test_a_unit_of_burnout_is_not_sold_for_four_hours_of_pay():
    # Somebody at 06:00 on Monday and at 15:00 on Tuesday. E06 and then D08 start 150 minutes apart, 120 are fine: one
    # step, 10 × 20; pay 480 + 480. E06 and then G06: nothing; pay 480 + 720, 40 more than 960 + 200.
    late, long = template("D08", "08:30", "16:30"), template("G06", "06:00", "18:00")
    calls = immediate("calls", {6: 1, 24 + 15: 1}, hours=48)
    problem = world(
        MONDAY, 2, [E06, late, long], agents=(agent("a", workstreams=("calls",)),), queues=(calls,)
    )
    rules = (OneDutyAtATime(), Availability(), Skills(), StartConsistency())
    case = Solver(problem, RuleBook(rules=rules))
    assert case.costs(case.first) == (0, 200, 0, 960)
    found, proof = case.kept()
    assert case.costs(found) == (0, 0, 0, 1200)
    assert found.objective == 1200
    assert all(line.is_proven for line in proof.lines)


def test_a_week_in_which_nothing_is_left_to_prove_costs_nothing():
    # Nobody is needed and nobody has hours: every tier is 0.
    problem = world(MONDAY, 1, [E06], agents=(agent("a", weekly_minutes=0),))
    case = Solver(problem, RuleBook.default())
    found, proof = case.kept()
    assert case.asked == []
    assert found.roster == case.first.roster
    assert [line.cost for line in proof.lines] == [0, 0, 0, 0]
    assert proof.open is None
    assert proof.objective_by_price is None


def test_what_is_proven_by_the_prices_is_not_asked_again():
    # Only service is short, and only pay follows: 0 in between. The one agent holds the only shift there is.
    calls = immediate("calls", {6: 2})
    problem = world(MONDAY, 1, [E06], agents=(agent("a", workstreams=("calls",)),), queues=(calls,))
    case = Solver(problem, RuleBook.default())
    assert case.costs(case.first) == (60_000, 0, 0, 480)
    found, proof = case.kept()
    assert case.asked == [Emphasis(burnout=0, fairness=0, cost=0)]
    assert found.objective == case.first.objective
    assert all(line.is_proven for line in proof.lines)


def test_what_is_known_already_is_not_asked():
    calls = immediate("calls", {6: 2})
    problem = world(MONDAY, 1, [E06], agents=(agent("a", workstreams=("calls",)),), queues=(calls,))
    case = Solver(problem, RuleBook.default())
    known = [AtLeast(weights=(1, 0, 0, 0), bound=60_000)]
    _, proof = keep_tiers(problem, case.first, BUDGET, case.solve, case.bill, known)
    assert case.asked == []
    assert proof is not None
    assert proof.open is None


def test_without_a_roster_there_is_nothing_to_keep():
    none = Solution(
        status=Status.NO_TIME, roster=None, allocation=None, objective=None, bound=None, seconds=0.0
    )
    case = one_minute()
    assert keep_tiers(case.problem, none, BUDGET, case.solve, case.bill) == (none, None)


def test_an_interrupted_search_is_left_as_it_is():
    case = one_minute()
    found, proof = case.kept(case.first.changed(interrupted=True))
    assert case.asked == []
    assert found.interrupted
    assert found.roster == case.first.roster
    assert proof.open is not None
    assert proof.open.tier is Tier.SERVICE


def test_an_interrupted_step_is_the_last():
    case = one_minute()

    def stopped(problem: Problem, budget: Budget, start: Roster) -> Solution:
        return case.solve(problem, budget, start).changed(interrupted=True)

    found, proof = keep_tiers(case.problem, case.first, BUDGET, stopped, case.bill)
    assert len(case.asked) == 1
    assert found.interrupted
    # On duty, for 9600 of burnout and 480 of pay.
    assert case.costs(found)[0] == 0
    assert proof is not None
    assert proof.objective_by_price == case.first.objective


def test_a_step_that_finds_no_roster_leaves_all_as_it_is():
    case = one_minute()

    def nothing(problem: Problem, budget: Budget, start: Roster) -> Solution:
        return Solution(
            status=Status.NO_TIME,
            roster=None,
            allocation=None,
            objective=None,
            bound=500,
            seconds=0.0,
        )

    found, proof = keep_tiers(case.problem, case.first, BUDGET, nothing, case.bill)
    assert found == case.first
    assert proof is not None
    assert proof.lines[0].least == 500


def test_without_seconds_no_step_is_taken():
    case = one_minute()
    none = BUDGET.changed(seconds=0)
    found, _ = keep_tiers(case.problem, case.first, none, case.solve, case.bill)
    assert (found, case.asked) == (case.first, [])


def test_a_solver_that_adds_up_otherwise_is_found_out():
    case = one_minute()

    def wrong(problem: Problem, budget: Budget, start: Roster) -> Solution:
        found = case.solve(problem, budget, start)
        assert found.objective is not None
        return found.changed(objective=found.objective + 1)

    with pytest.raises(AuditError, match="audit disagrees with the solver"):
        keep_tiers(case.problem, case.first, BUDGET, wrong, case.bill)


def test_the_same_seed_gives_the_same_roster():
    (one, proof), (other, again) = one_minute().kept(), one_minute().kept()
    assert (one.roster, one.allocation, proof) == (other.roster, other.allocation, again)


def test_tiers_count_as_often_as_asked():
    # Priority 1 at 30 minutes: ⌊7 · 30 / 6000⌋ is 0, so 1 is taken; ten times that is 10, and not ⌊70 · 30 / 6000⌋.
    problem = draw_problem(Random(0), people=2, days=2).changed(prices=Prices(service=7))
    empty, book = Roster(duties={}), RuleBook.default()
    once = costs_by_tier(audit(problem, book, empty).bill)
    times = Emphasis(service=10, burnout=3, fairness=2, cost=7)
    more = costs_by_tier(audit(problem.changed(emphasis=times), book, empty).bill)
    assert problem.horizon.interval_minutes == 30
    assert min(once[:2]) > 0
    assert more == (10 * once[0], 3 * once[1], 2 * once[2], 7 * once[3])


def tours(problem: Problem, agent_id: str) -> Iterator[tuple]:
    """Yield every choice of at most one duty a date."""
    site = problem.agent[agent_id].site
    by_date = [
        [(), *((duty,) for duty in problem.duties_of_site[site] if duty.date == date)]
        for date in problem.horizon.dates
    ]
    for days in itertools.product(*by_date):
        yield tuple(sorted((duty for day in days for duty in day), key=lambda d: d.start))


def least_by_tier(problem: Problem, book: RuleBook) -> tuple[int, ...] | None:
    """Return the lexicographic minimum over every roster there is."""
    found = None
    names = [one.agent_id for one in problem.agents]
    for held in itertools.product(*(tours(problem, name) for name in names)):
        roster = Roster(duties=dict(zip(names, held, strict=True)))
        audited = audit(problem, book, roster)
        if audited.is_clean:
            costs = costs_by_tier(audited.bill)
            found = costs if found is None else min(found, costs)
    return found


@pytest.mark.parametrize("seed", [4, 5, 6, 7, 8, 12, 20])
def test_the_best_of_all_rosters_tier_by_tier(seed):
    # At such prices much is sold: in five of these seven the roster of the prices is not the best.
    rng = Random(seed)
    problem = draw_problem(rng, people=2, days=2)
    book = draw_book(rng)
    prices = Prices(service=rng.choice((1, 20)), burnout=1, fairness=2, cost=rng.choice((1, 40)))
    case = Solver(problem.changed(prices=prices), book)
    best = least_by_tier(case.problem, book)
    found, proof = case.kept()
    assert case.costs(found) == best
    assert found.objective == sum(best)
    assert all(line.least <= cost for line, cost in zip(proof.lines, best, strict=True))
    assert (case.costs(case.first) == best) == (proof.objective_by_price is None)
