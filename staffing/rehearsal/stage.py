"""One round: tighten, build, put the schedule back on the published requirement, live it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from staffing.audit.agreement import agreed_bill
from staffing.audit.allocate import allocate
from staffing.audit.check import audit
from staffing.domain.problem import Problem
from staffing.domain.rehearsal import Cut, Lot, Round
from staffing.domain.result import Bill, Progress, Solution, Status
from staffing.domain.roster import Roster
from staffing.executors.base import Executor
from staffing.rehearsal.cuts import cuts_of, staffed, tightened
from staffing.rules.book import RuleBook
from staffing.simulate.demand import Demand
from staffing.simulate.habits import Habits
from staffing.simulate.result import Simulated
from staffing.simulate.run import simulate
from staffing.solvers.budget import Budget
from staffing.solvers.service_bound import service_bound
from staffing.solvers.solve import solve

OnProgress = Callable[[Progress], None]
MOST_DOUBLINGS = 10


@dataclass(frozen=True)
class Act:
    """One round with all that the next one needs.

    Parameters
    ----------
    guide
        The problem that was solved for it: the published one with cuts.
    solution
        Its schedule on the published requirement.
    missing_before
        What the first schedule lacks of the published requirement, in minutes.
    """

    guide: Problem
    solution: Solution
    roster: Roster
    lived: Simulated
    round: Round
    missing_before: int
    seconds: float = 0.0


@dataclass(frozen=True)
class Stage:
    """What all rounds have in common."""

    problem: Problem
    book: RuleBook
    demand: Demand
    seed: int
    habits: Habits | None
    executor: Executor | None
    first: Solution

    def opening(self, solution: Solution, roster: Roster) -> Act:
        """Live the schedule that nothing was tightened for."""
        bill = agreed_bill(self.problem, self.book, solution)
        lived, record = self._lived(solution, roster, bill, 0)
        return Act(self.problem, solution, roster, lived, record, bill.missing_minutes)

    def next(
        self, act: Act, budget: Budget, confidence: float, on_progress: OnProgress | None
    ) -> Act | None:
        """Tighten, build and live once more; None if there was no time for a roster."""
        guide = self._cut_off(act, confidence)
        found = solve(
            guide,
            self.book,
            budget,
            start=act.roster,
            on_progress=on_progress,
            executor=self.executor,
        )
        if found.roster is None or found.objective is None:
            return None
        guided = agreed_bill(guide, self.book, found)
        solution, bill = self._published(guide, found, found.roster)
        lived, record = self._lived(solution, found.roster, bill, act.round.number + 1)
        cuts = cuts_of(self.problem, guide, guided)
        record = record.changed(
            cuts=cuts, unavoidable_minutes=self._unavoidable(act, guide, cuts, budget)
        )
        return replace(
            act,
            guide=guide,
            solution=solution,
            roster=found.roster,
            lived=lived,
            round=record,
            seconds=found.seconds,
        )

    def _unavoidable(self, act: Act, guide: Problem, cuts: tuple[Cut, ...], budget: Budget) -> int:
        """Return what of a guide nobody can give, beyond what the first schedule lacks as it is."""
        if not any(cut.missing_minutes for cut in cuts):
            return 0
        return max(0, service_bound(guide, self.book, budget).minutes - act.missing_before)

    def _cut_off(self, act: Act, confidence: float) -> Problem:
        """Return a guide that the schedule at hand does not meet in any queue that fails.

        One that it still meets would change nothing: what is asked for is doubled until it is not, or has been often.
        """
        strength = dict.fromkeys(to_help(act.round, confidence), 1)
        guide = act.guide
        for _ in range(MOST_DOUBLINGS):
            guide = tightened(self.problem, act.guide, act.lived, self.demand, confidence, strength)
            bill = audit(guide, self.book, act.roster).bill
            lacking = {
                cut.queue for cut in cuts_of(self.problem, guide, bill) if cut.missing_minutes
            }
            if lacking.issuperset(strength):
                break
            strength = {
                queue: times * (1 if queue in lacking else 2) for queue, times in strength.items()
            }
        return guide

    def _published(self, guide: Problem, found: Solution, roster: Roster) -> tuple[Solution, Bill]:
        """Put a schedule that a guide asked for on the published requirement, and return it with its bill.

        Its plan of work is the best that keeps as many people free as the guide asks for.
        """
        kept_free = {
            asked.queue: asked.required_agents
            for queue, asked in zip(self.problem.queues, guide.queues, strict=True)
            if asked.required_agents != queue.required_agents
        }
        plan = allocate(staffed(self.problem, guide), roster).changed(kept_free=kept_free)
        bill = audit(self.problem, self.book, roster, plan).bill
        best = bill.objective == self.first.bound
        solution = self.first.changed(
            status=Status.OPTIMAL if best else Status.FEASIBLE,
            roster=roster,
            allocation=plan,
            objective=bill.objective,
            interrupted=found.interrupted,
        )
        return solution, agreed_bill(self.problem, self.book, solution)

    def _lived(
        self, solution: Solution, roster: Roster, bill: Bill, number: int
    ) -> tuple[Simulated, Round]:
        lived = simulate(
            self.problem,
            roster,
            plan=solution.allocation,
            demand=self.demand,
            seed=self.seed,
            habits=self.habits,
            executor=self.executor,
        )
        lots = tuple(
            Lot(
                queue=line.queue,
                target_fraction=line.target_fraction,
                believed_fraction=line.expected_fraction,
                chance=float(chance),
            )
            for line, chance in zip(bill.service, lived.queues["chance"], strict=True)
        )
        paid = sum(duty.paid_minutes for _, duty in roster.rows())
        return lived, Round(
            number=number,
            objective=bill.objective,
            paid_minutes=paid,
            lots=lots,
            missing_minutes=bill.missing_minutes,
        )


def to_help(record: Round, confidence: float) -> tuple[str, ...]:
    """Return the queues that fail though the plan believes in them; the others are short already, and reported so."""
    believed = {lot.queue for lot in record.lots if lot.is_believed}
    return tuple(queue for queue in record.at_risk(confidence) if queue in believed)
