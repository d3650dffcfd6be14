"""What to plan for when volume is uncertain: the mean, quantiles of it, or the mean tightened by a rehearsal.

Weeks that are nearly full are built for the mean first. From that schedule on every way has the same seconds, the mean
too. Each schedule is then put on the requirement of the mean, audited and priced there, and lived in weeks that none of
the ways has seen: *expected price* is what is missed beyond the targets on average, at the price of the queue, and all
that the schedule is charged for besides service.

The plan keeps people free for immediate work, where life lets them take other cases meanwhile: a slack that hides what
volume does. So weeks are lived as the plan has it, and once more as people work.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.service.lived_weeks import Week, workspace_of
from staffing.audit.allocate import allocate
from staffing.audit.check import audit
from staffing.domain.objective import Tier
from staffing.domain.problem import Problem
from staffing.domain.rehearsal import Aim
from staffing.domain.result import Allocation, Solution
from staffing.domain.roster import Roster
from staffing.forecast.outlook import Key, Outlook
from staffing.pipeline import Budget, forecast_week, problem_of_week
from staffing.rehearsal.cuts import staffed
from staffing.rehearsal.rounds import rehearse
from staffing.requirement.plan_quantile import at_quantile
from staffing.requirement.service import ServiceTerms
from staffing.requirement.workload import Floats
from staffing.rules.book import RuleBook
from staffing.simulate.demand import Demand, demand_of, outlooks_of
from staffing.simulate.habits import Habits
from staffing.simulate.result import Simulated
from staffing.simulate.run import simulate
from staffing.solvers.solve import solve

QUANTILES = (0.6, 0.7, 0.8, 0.9)
COLUMNS = (
    ("all targets", "all_chance", ".1%"),
    ("as they work", "all_chance_as_they_work", ".1%"),
    ("least chance", "least_chance", ".1%"),
    ("missed h", "missed_hours", ".2f"),
    ("paid h", "paid_hours", ",.0f"),
    ("expected price", "expected_price", ",.0f"),
    ("objective", "objective", ",.0f"),
)
SURE = 0.9
AS_PLANNED = Habits(keep_free_below_minutes=24 * 60)
SEED, UNSEEN_SEED = 1, 2


@dataclass(frozen=True)
class Effort:
    """Seconds of the first schedule and of each way from there, and how often a week is lived."""

    first_seconds: float
    seconds: float
    replications: int = 200


@dataclass(frozen=True)
class Trial:
    """A week of a sample, and what may be spent on it."""

    sample: str
    week: Week
    effort: Effort


TRIALS = (
    Trial("trust-safety", Week("2026-W49", 1, "6 % more than forecast", 0.06), Effort(60, 34)),
    Trial("small", Week("2026-W49", 1, "the sample as it is"), Effort(12, 12)),
)


@dataclass(frozen=True)
class Case:
    """A week to be planned for the mean, a schedule of it, and what every way may spend."""

    problem: Problem
    book: RuleBook
    outlooks: dict[Key, Outlook]
    rehearsed: Demand
    budget: Budget
    first: Solution


Planned = tuple[Roster, Allocation | None]
"""A schedule and its plan of work on the requirement of the mean."""


def for_the_mean(case: Case) -> Planned:
    """Go on as before."""
    found = solve(case.problem, case.book, case.budget, start=case.first.roster)
    return _roster(found), found.allocation


def for_a_quantile(case: Case, quantile: float) -> Planned:
    """Build for a quantile of the volume."""
    problem = case.problem
    queues = at_quantile(problem.queues, problem.horizon, case.outlooks, quantile)
    guide = problem.changed(queues=queues)
    roster = _roster(solve(guide, case.book, case.budget, start=case.first.roster))
    kept_free = {queue.queue: queue.required_agents for queue in queues if queue.is_immediate}
    return roster, allocate(staffed(problem, guide), roster).changed(kept_free=kept_free)


def rehearsed(case: Case) -> Planned:
    """Tighten where lived weeks miss a target."""
    aim = Aim(confidence=SURE)
    found, _ = rehearse(
        case.problem,
        case.book,
        case.first,
        case.budget,
        aim,
        demand=case.rehearsed,
        habits=AS_PLANNED,
    )
    return _roster(found), found.allocation


WAYS: dict[str, Callable[[Case], Planned]] = {
    "mean": for_the_mean,
    **{f"quantile {level}": partial(for_a_quantile, quantile=level) for level in QUANTILES},
    "rehearsal": rehearsed,
}


def measure(peers_folder: Path | None, trials: Sequence[Trial] = TRIALS) -> dict[str, Any]:
    """Return what became of each way in each week.

    Parameters
    ----------
    peers_folder
        Not used: this part has no peer.
    """
    return {"weeks": [_tried(trial) for trial in trials]}


def lines(result: dict[str, Any]) -> list[str]:
    """Return a row for each way."""
    said = ["planned for which volume"]
    headings = "".join(f"{heading:>16}" for heading, _, _ in COLUMNS)
    for week in result["weeks"]:
        effort = week["effort"]
        said += [
            f"  {week['sample']} {week['week']}, {week['what']}: {effort['seconds']:g} s each from the same schedule, "
            f"lived {effort['replications']} times",
            f"  {'planned for':<14}{headings}",
        ]
        said += [
            f"  {way:<14}" + "".join(f"{of[name]:>16{shown}}" for _, name, shown in COLUMNS)
            for way, of in week["ways"].items()
        ]
    return said


def _tried(trial: Trial) -> dict[str, Any]:
    week, effort = trial.week, trial.effort
    workspace = workspace_of(week, trial.sample)
    forecasted = forecast_week(workspace, week.week, seed=SEED)
    problem, book = problem_of_week(workspace, week.week, forecasted.table), workspace.settings.book
    outlooks = outlooks_of(forecasted.table, forecasted.outlooks)
    seen, unseen = (
        demand_of(problem, forecasted.table, effort.replications, seed, outlooks)
        for seed in (SEED, UNSEEN_SEED)
    )
    first = solve(problem, book, Budget(seconds=effort.first_seconds, seed=SEED))
    case = Case(problem, book, outlooks, seen, Budget(seconds=effort.seconds, seed=SEED), first)
    ways = {name: _judged(case, way(case), unseen) for name, way in WAYS.items()}
    known = {"sample": trial.sample, "effort": asdict(effort), "bound": first.bound}
    return known | {"week": week.week, "what": week.what, "ways": ways}


def _judged(case: Case, planned: Planned, demand: Demand) -> dict[str, Any]:
    """Audit a schedule on the requirement of the mean, and live it."""
    problem, (roster, plan) = case.problem, planned
    audited = audit(problem, case.book, roster, plan)
    if not audited.is_clean:
        raise RuntimeError(f"{problem.week}: the audit found a must-rule broken")
    lived, as_they_work = (
        simulate(problem, roster, plan=plan, demand=demand, seed=UNSEEN_SEED, habits=habits)
        for habits in (AS_PLANNED, Habits())
    )
    below = _below_target(problem, lived)
    work = [_work_due(problem, number, demand) for number in range(len(problem.queues))]
    missed = below.mean(axis=0) * work
    cost = [ServiceTerms.of(problem, queue).miss_cost for queue in problem.queues]
    other = sum(term.cost for term in audited.bill.terms if term.tier is not Tier.SERVICE)
    return {
        "objective": audited.bill.objective,
        "paid_hours": sum(duty.paid_minutes for _, duty in roster.rows()) / 60,
        "chances": dict(zip(lived.queues["queue"], lived.queues["chance"].tolist(), strict=True)),
        "least_chance": float(lived.queues["chance"].min()),
        "all_chance": float((below == 0).all(axis=1).mean()),
        "all_chance_as_they_work": float(
            (_below_target(problem, as_they_work) == 0).all(axis=1).mean()
        ),
        "missed_hours": float(missed.sum() / 60),
        "missed_price": float(missed @ cost),
        "other_price": other,
        "expected_price": float(missed @ cost) + other,
    }


def _below_target(problem: Problem, lived: Simulated) -> Floats:
    """Return ``below[week, queue]``: by which share of its cases a queue misses its target."""
    target = np.array([queue.workstream.target_fraction for queue in problem.queues])
    levels = np.where(np.isnan(lived.levels), 1.0, lived.levels)
    return np.asarray(np.maximum(0.0, target - levels - 1e-9))


def _work_due(problem: Problem, number: int, demand: Demand) -> float:
    """Return the minutes of work that come to a queue in a lived week on average."""
    queue = problem.queues[number]
    cases = demand.cases[:, number].mean(axis=0)
    return float(cases @ np.array(queue.aht_minutes) / queue.workstream.concurrency)


def _roster(solution: Solution) -> Roster:
    if solution.roster is None:
        raise RuntimeError("no roster in time")
    return solution.roster
