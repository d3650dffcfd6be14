"""One solve measured: the package's own account of a roster beside the checker's."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from staffing.audit.check import audit
from staffing.domain.problem import Problem
from staffing.domain.result import Solution
from staffing.rules.book import RuleBook
from staffing.solvers.budget import Budget
from staffing.solvers.solve import solve


@dataclass(frozen=True)
class Measured:
    """A solution with what it took.

    Parameters
    ----------
    cpu_seconds
        Of the whole process, all threads, over the solve.
    audited_objective
        What the package's audit says; None without a roster or where a must-rule is broken.
    """

    solution: Solution
    seconds: float
    cpu_seconds: float
    audited_objective: int | None


def solved(problem: Problem, book: RuleBook, budget: Budget) -> Measured:
    """Solve and audit."""
    solution, seconds, cpu_seconds = _timed(lambda: solve(problem, book, budget))
    audited = None
    if solution.roster is not None:
        found = audit(problem, book, solution.roster, solution.allocation)
        audited = found.bill.objective if found.is_clean else None
    return Measured(solution, seconds, cpu_seconds, audited)


def _timed(job: Callable[[], Solution]) -> tuple[Solution, float, float]:
    clock, cpu = time.perf_counter(), time.process_time()
    found = job()
    return found, time.perf_counter() - clock, time.process_time() - cpu
