"""Worth of carrying backlog in the solver: paid hours against a requirement per hour made before the roster.

The same weeks, targets, shifts, people and solver for every way; only what deferrable work asks for differs
(`backlog_ways`). Hours are free, as people come as they are needed (`backlog_staff`). Each roster is audited twice: as
the way asked for it, and against the service targets themselves.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.service.backlog_staff import SEED, dealt, free_of_people, solved, work_hours
from benchmarks.service.backlog_ways import WAYS, asked_by
from benchmarks.service.lived_weeks import WEEKS, Week, workspace_of
from staffing.audit.check import Audited, audit
from staffing.domain.problem import Problem
from staffing.executors.processes import Processes
from staffing.executors.serial import Serial
from staffing.pipeline import forecast_week, problem_of_week
from staffing.rules.book import RuleBook
from staffing.rules.contract_hours import ContractHours
from staffing.solvers.instance import prepare
from staffing.solvers.shape import shape_model

SAMPLE = "trust-safety"
OURS = next(iter(WAYS))


@dataclass(frozen=True)
class Effort:
    """Seconds for the whole counts of one way in one week, and weeks at the same time (None: as there are cores)."""

    seconds: float = 18.0
    workers: int | None = None


def measure(
    peers_folder: Path | None,
    sample: str = SAMPLE,
    weeks: Sequence[Week] = WEEKS,
    effort: Effort | None = None,
) -> dict[str, Any]:
    """Return what each way asks for and pays in each week.

    Parameters
    ----------
    peers_folder
        Not used: this part has no peer.
    """
    effort = effort or Effort()
    with Serial() if effort.workers == 1 else Processes(effort.workers) as executor:
        found = executor.map(partial(_week, sample, effort.seconds), list(weeks))
    return {"sample": sample, "effort": asdict(effort), "weeks": found}


def lines(result: dict[str, Any]) -> list[str]:
    """Return paid hours by week and way, what they all come to, and what is short."""
    weeks = result["weeks"]
    said = [
        f"paid hours, night premium included, {result['sample']}, {len(weeks)} weeks; in brackets: proven to be needed",
        _row("week", "work itself", list(WAYS)),
    ]
    for week in weeks:
        cells = [
            f"{of['paid_hours']:,.0f} ({of['bound_hours']:,.0f})" for of in week["ways"].values()
        ]
        said.append(_row(week["week"], f"{week['work_hours']:,.0f}", cells))
    ours = sum(week["ways"][OURS]["paid_hours"] for week in weeks)
    for name, key in (("against ours", "paid_hours"), ("at least", "bound_hours")):
        ratios = [sum(week["ways"][way][key] for week in weeks) / ours for way in WAYS]
        said.append(_row(name, "", [f"{ratio:.3f}" for ratio in ratios]))
    return [*said, *(_service(way, [week["ways"][way] for week in weeks]) for way in WAYS)]


def _row(name: str, work: str, cells: list[str]) -> str:
    return f"  {name:<14}{work:>12}" + "".join(f"{cell:>25}" for cell in cells)


def _service(way: str, weeks: list[dict[str, Any]]) -> str:
    """Return what is short in all weeks: of what the way asks for, and of the targets."""
    short, missed = (sum(of[key] for of in weeks) for key in ("short_minutes", "missed_minutes"))
    worst, broken = (
        min(of["least_on_time"] for of in weeks),
        sum(of["broken_musts"] for of in weeks),
    )
    return (
        f"  {way}: {short:,} min short of what it asks for, {missed:,} min of the targets; at least {worst:.1%} of "
        f"every deferrable queue on time; {broken} times against law or safety"
    )


def _week(sample: str, seconds: float, week: Week) -> dict[str, Any]:
    """Forecast and size a week, and staff it in every way."""
    workspace = workspace_of(week, sample)
    table = forecast_week(workspace, week.week, seed=SEED, executor=Serial()).table
    problem = free_of_people(problem_of_week(workspace, week.week, table))
    free = [rule for rule in workspace.settings.book.rules if not isinstance(rule, ContractHours)]
    book = RuleBook(rules=tuple(free))
    ways = {way: _staffed(way, problem, book, seconds) for way in WAYS}
    return {"week": week.week, "work_hours": work_hours(problem), "ways": ways}


def _staffed(way: str, problem: Problem, book: RuleBook, seconds: float) -> dict[str, Any]:
    """Return what one way pays, and what its roster is worth to itself and to the targets."""
    began = time.process_time()
    asked = asked_by(way, problem)
    instance = prepare(asked, book)
    shape = shape_model(asked, instance.pools, instance.classes, instance.covers)
    bound, values = solved(shape, seconds)
    roster = dealt(instance, shape, values)
    own, true = audit(asked, book, roster), audit(problem, book, roster)
    deferrable = {queue.queue for queue in problem.queues if not queue.is_immediate}
    return {
        "paid_hours": (_amount(own, "pay") + _amount(own, "night_premium")) / 60,
        "bound_hours": bound / problem.prices.cost / 60,
        "short_minutes": _missed(own),
        "missed_minutes": _missed(true),
        "least_on_time": min(
            line.expected_fraction for line in true.bill.service if line.queue in deferrable
        ),
        "broken_musts": len(own.faults) + len(true.bill.must_violations),
        "cpu_seconds": round(time.process_time() - began, 1),
    }


def _amount(audited: Audited, name: str) -> int:
    return sum(term.amount for term in audited.bill.terms if term.name == name)


def _missed(audited: Audited) -> int:
    """Return minutes short of a requirement, missed beyond a target or left too many at the end."""
    kinds = ("short:", "missed:", "closing:")
    return sum(term.amount for term in audited.bill.terms if term.name.startswith(kinds))
