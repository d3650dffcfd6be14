"""One size measured: when the first schedule was there, when it was near the bound, and what it took."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from benchmarks.apart import LostError, apart
from benchmarks.scaling.sizes import Size, problem_of_size
from staffing.audit.check import audit
from staffing.domain.problem import Problem
from staffing.domain.result import Progress
from staffing.rules.book import RuleBook
from staffing.solvers.budget import Budget
from staffing.solvers.groups import teams_and_groups
from staffing.solvers.instance import prepare
from staffing.solvers.solve import solve

Row = dict[str, Any]
NEAR = (0.05, 0.01)
"""Gaps to the proven bound whose time is told."""


def measure(size: Size, budget: Budget) -> Row:
    """Return the row of a size, solved in a process of its own."""
    try:
        row, memory_mib = apart(solved_size, size, budget)
    except LostError as error:
        return {**asdict(size), "stopped": str(error)}
    return row | {"memory_mib": round(memory_mib)}


def solved_size(size: Size, budget: Budget) -> Row:
    """Make the problem, solve and audit it, here."""
    began = time.perf_counter()
    problem, book = problem_of_size(size)
    made = time.perf_counter() - began
    return asdict(size) | {"made_seconds": round(made, 2)} | solved(problem, book, budget)


def solved(problem: Problem, book: RuleBook, budget: Budget) -> Row:
    """Solve and audit a problem.

    Returns
    -------
    Row
        ``first_seconds`` until there was a schedule and its audit was through; ``near`` until the best schedule was so
        near to what was proven *in the end*, ``proven`` until that nearness itself was proven; None where it never was.
    """
    cpu = time.process_time()
    solution = solve(problem, book, budget)
    cpu = time.process_time() - cpu
    _, groups = teams_and_groups(prepare(problem, book))
    row: Row = {
        "status": solution.status.value,
        "objective": solution.objective,
        "bound": solution.bound,
        "gap": solution.gap,
        "seconds": solution.seconds,
        "cpu_seconds": round(cpu, 1),
        "groups": len(groups),
        "curve": [point.model_dump() for point in solution.curve],
        "near": {f"{gap:g}": time_within(solution.curve, gap, solution.bound) for gap in NEAR},
        "proven": {f"{gap:g}": time_within(solution.curve, gap) for gap in NEAR},
    }
    if solution.roster is None:
        return row
    began = time.perf_counter()
    audited = audit(problem, book, solution.roster, solution.allocation)
    took = time.perf_counter() - began
    first = next(point.seconds for point in solution.curve if point.objective is not None)
    return row | {
        "first_seconds": round(first + took, 2),
        "audit_seconds": round(took, 2),
        "is_sound": audited.is_clean and audited.bill.objective == solution.objective,
    }


def time_within(curve: Sequence[Progress], gap: float, bound: int | None = None) -> float | None:
    """Return when the objective first was within a gap of a bound; None: of the bound known at the time."""
    for point in curve:
        known = point.bound if bound is None else bound
        if point.objective is None or known is None:
            continue
        if point.objective - known <= gap * max(1, point.objective):
            return point.seconds
    return None
