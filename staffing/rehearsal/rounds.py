"""The loop: live a schedule, ask for more where a target fails that the plan believed in, build again.

What is asked for guides the solver and nobody else. Every schedule is audited, priced and lived on the requirement as
published, and only its plan of work remembers how many people are to be kept free for immediate work.
"""

from __future__ import annotations

import pandas as pd

from staffing.domain.errors import ProblemError
from staffing.domain.problem import Problem
from staffing.domain.rehearsal import Aim, Rehearsal, Round, Verdict
from staffing.domain.result import Solution
from staffing.executors.base import Executor
from staffing.rehearsal.stage import Act, OnProgress, Stage, to_help
from staffing.rules.book import RuleBook
from staffing.simulate.demand import Demand, demand_of
from staffing.simulate.habits import Habits
from staffing.solvers.budget import Budget


def rehearse(
    problem: Problem,
    book: RuleBook,
    solution: Solution,
    budget: Budget,
    aim: Aim,
    *,
    forecast: pd.DataFrame | None = None,
    demand: Demand | None = None,
    habits: Habits | None = None,
    executor: Executor | None = None,
    on_progress: OnProgress | None = None,
) -> tuple[Solution, Rehearsal]:
    """Build a week again until its targets hold when it is lived, nobody is left, or the rounds are used up.

    Every round lives the same weeks, so that schedules are compared and not luck. The same seed gives the same rounds
    if the budget is deterministic.

    Parameters
    ----------
    problem
        The requirement as published.
    solution
        A schedule of it, the first round.
    budget
        Of all further rounds together; each begins from the schedule of the one before.
    forecast, demand
        Where the cases come from: see `staffing.simulate.run.simulate`.

    Returns
    -------
    tuple[Solution, Rehearsal]
        The best schedule, its objective audited on the published requirement and held against the first one's bound,
        and all rounds.

    Raises
    ------
    ProblemError
        If the first schedule has no roster.
    AuditError
        If the audit disagrees with the solver about any round.
    """
    if solution.roster is None:
        raise ProblemError(f"The schedule of {problem.week} has no roster to live. Build it again.")
    stage = Stage(
        problem=problem,
        book=book,
        demand=demand or demand_of(problem, forecast, aim.replications, budget.seed),
        seed=budget.seed,
        habits=habits,
        executor=executor,
        first=solution,
    )
    own = budget.changed(seconds=budget.seconds / aim.rounds)
    acts = [stage.opening(solution, solution.roster)]
    verdict = _verdict(acts[-1], aim)
    while verdict is None:
        act = stage.next(acts[-1], own, aim.confidence, on_progress)
        if act is None:
            verdict = Verdict.ROUNDS
            break
        acts.append(act)
        verdict = _verdict(act, aim)
    taken = max(acts, key=lambda act: _worth(act.round, aim.confidence))
    rounds = tuple(act.round for act in acts)
    seconds = solution.seconds + sum(act.seconds for act in acts[1:])
    record = Rehearsal(
        aim=aim, seed=budget.seed, verdict=verdict, rounds=rounds, taken=taken.round.number
    )
    ending = {"seconds": round(seconds, 2), "interrupted": verdict is Verdict.INTERRUPTED}
    return taken.solution.changed(**ending), record


def _verdict(act: Act, aim: Aim) -> Verdict | None:
    """Tell whether a round is the last, and why."""
    record = act.round
    short = {cut.queue for cut in record.cuts if cut.missing_minutes}
    if not record.at_risk(aim.confidence):
        return Verdict.HELD
    if act.solution.interrupted:
        return Verdict.INTERRUPTED
    if short.issuperset(to_help(record, aim.confidence)):
        return Verdict.SHORT
    return Verdict.ROUNDS if record.number == aim.rounds else None


def _worth(record: Round, confidence: float) -> tuple[int, float, int]:
    """Return by what rounds are compared: targets held, chance up to what is asked for, price."""
    chance = sum(min(lot.chance, confidence) for lot in record.lots)
    return -len(record.at_risk(confidence)), round(chance, 9), -record.objective
