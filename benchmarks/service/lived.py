"""Service that the plan believes in against service as it is lived, on different weeks of a sample organisation.

Each week is forecast, sized, scheduled, audited and lived. A queue-week holds if a deferrable queue is lived within two
points of what the plan believes, and if its target is met with a chance of 90 % or the schedule itself says that it is
short. Where a target fails that the plan believed in, the week is built again as `staffing build --confidence 0.9` does
it. Weeks are lived with a seed that no round has seen. Strained weeks, in which targets bind, are counted apart.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.service.lived_weeks import STRAINED, WEEKS, Week, workspace_of
from staffing.audit.agreement import agreed_bill
from staffing.domain.problem import Problem
from staffing.domain.rehearsal import Aim, Rehearsal
from staffing.domain.result import Bill, Solution
from staffing.pipeline import Budget, forecast_week, problem_of_week
from staffing.rehearsal.rounds import rehearse
from staffing.rules.book import RuleBook
from staffing.simulate.run import simulate
from staffing.solvers.solve import solve

SAMPLE = "trust-safety"
CLOSE, SURE = 0.02, 0.9
SEED, UNSEEN_SEED = 1, 2

Lines = list[dict[str, Any]]


@dataclass(frozen=True)
class Effort:
    """Seconds of a schedule and of all rounds of a rehearsal, and how often a week is lived."""

    solve_seconds: float = 30.0
    rehearsal_seconds: float = 60.0
    replications: int = 200


def measure(
    peers_folder: Path | None,
    sample: str = SAMPLE,
    weeks: Sequence[Week] = (*WEEKS, *STRAINED),
    effort: Effort | None = None,
) -> dict[str, Any]:
    """Return every queue of every week: believed, lived, the chance of its target, and what it fails by.

    Parameters
    ----------
    peers_folder
        Not used: this part has no peer.
    """
    effort = effort or Effort()
    return {
        "sample": sample,
        "effort": asdict(effort),
        "weeks": [_week(week, sample, effort) for week in weeks],
    }


def lines(result: dict[str, Any]) -> list[str]:
    """Return a row a week with its worst queues, each queue-week that fails, and how many hold."""
    weeks, times = result["weeks"], result["effort"]["replications"]
    said = [
        f"believed against lived, {result['sample']}, {len(weeks)} weeks, each lived {times} times",
        f"  {'week':<10}{'what is different':<42}{'farthest from belief':<46}{'least chance':<30}holds",
    ]
    said += [
        f"  {week['week']:<10}{week['what']:<42}{_farthest(week['queues']):<46}"
        f"{_least(week['queues']):<30}{_held([week])}{_again(week['rehearsal'])}"
        for week in weeks
    ]
    said += [
        f"  fails: {week['week']} {_failure(line)}"
        for week in weeks
        for line in week["queues"]
        if line["fails"]
    ]
    usual = [week for week in weeks if not week["is_strained"]]
    strained = [week for week in weeks if week["is_strained"]]
    apart = f"; of {len(strained)} strained weeks {_held(strained)}" if strained else ""
    return [*said, f"  of {len(usual)} weeks {_held(usual)} queue-weeks hold{apart}"]


def _week(week: Week, sample: str, effort: Effort) -> dict[str, Any]:
    """Build and live a week, and once more with a rehearsal if that is needed."""
    began = time.monotonic()
    workspace = workspace_of(week, sample)
    table, book = forecast_week(workspace, week.week, seed=SEED).table, workspace.settings.book
    problem = problem_of_week(workspace, week.week, table)
    solution = solve(problem, book, Budget(seconds=effort.solve_seconds, seed=SEED))
    queues = _queues(problem, book, table, solution, effort)
    found = asdict(week) | {"rehearsal": None, "queues": queues}
    if any("chance" in line["fails"] for line in queues):
        aim = Aim(confidence=SURE, replications=effort.replications)
        budget = Budget(seconds=effort.rehearsal_seconds, seed=SEED)
        solution, rehearsal = rehearse(problem, book, solution, budget, aim, forecast=table)
        again = _queues(problem, book, table, solution, effort, rehearsal)
        found |= {"rehearsal": rehearsal.model_dump(mode="json"), "queues": again, "before": queues}
    known = {"objective": solution.objective, "bound": solution.bound}
    return found | known | {"seconds": round(time.monotonic() - began, 1)}


def _queues(
    problem: Problem,
    book: RuleBook,
    table: pd.DataFrame,
    solution: Solution,
    effort: Effort,
    rehearsal: Rehearsal | None = None,
) -> Lines:
    """Audit and live a schedule, and judge each queue."""
    if solution.roster is None:
        raise RuntimeError(f"{problem.week}: no roster in {effort.solve_seconds:g} s")
    bill = agreed_bill(problem, book, solution)
    lived = simulate(
        problem,
        solution.roster,
        forecast=table,
        plan=solution.allocation,
        believed={line.queue: line.expected_fraction for line in bill.service},
        replications=effort.replications,
        seed=UNSEEN_SEED,
    )
    names = ["queue", "kind", "target", "believed", "mean", "p10", "p90", "chance", "cases"]
    reported = _reported(bill, rehearsal)
    found: Lines = []
    for row in lived.queues[names].to_dict("records"):
        line = {str(name): value for name, value in row.items()}
        found.append(line | _judged(line, reported.get(line["queue"], "")))
    return found


def _reported(bill: Bill, rehearsal: Rehearsal | None) -> dict[str, str]:
    """Return how the schedule reports a queue short: of its plan, or of what certainty would ask for."""
    cuts = rehearsal.rounds[-1].cuts if rehearsal is not None else ()
    return {cut.queue: "short of certainty" for cut in cuts if cut.missing_minutes} | {
        line.queue: "short" for line in bill.service if line.missing_minutes
    }


def _judged(line: dict[str, Any], reported: str) -> dict[str, Any]:
    """Return by what a queue fails: belief, chance, both or nothing."""
    far = line["kind"] == "deferrable" and abs(line["mean"] - line["believed"]) > CLOSE
    unsure = line["chance"] < SURE and not reported
    fails = [name for name, is_so in (("belief", far), ("chance", unsure)) if is_so]
    return {"reported": reported, "fails": fails}


def _held(weeks: Sequence[dict[str, Any]]) -> str:
    fails = [bool(line["fails"]) for week in weeks for line in week["queues"]]
    return f"{fails.count(False)} of {len(fails)}"


def _farthest(queues: Lines) -> str:
    line = max(
        (line for line in queues if line["kind"] == "deferrable"),
        key=lambda line: abs(line["mean"] - line["believed"]),
    )
    return f"{line['queue']} {line['believed']:.1%}, lived {line['mean']:.1%}"


def _least(queues: Lines) -> str:
    line = min(queues, key=lambda line: line["chance"])
    return f"{line['queue']} {line['chance']:.0%}{', short' if line['reported'] else ''}"


def _again(rehearsal: dict[str, Any] | None) -> str:
    if rehearsal is None:
        return ""
    return f", built again: {rehearsal['verdict']} after {len(rehearsal['rounds']) - 1} rounds"


def _failure(line: dict[str, Any]) -> str:
    return (
        f"{line['queue']} by {' and '.join(line['fails'])}: target {line['target']:.0%}, "
        f"believed {line['believed']:.1%}, lived {line['mean']:.1%}, chance {line['chance']:.0%}"
    )
