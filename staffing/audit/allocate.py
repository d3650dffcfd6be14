"""The best allocation of a roster that came without one (typed by hand), by a linear program of its own.

The audit does not call the solver: rows are written here once more, from the definition, for `scipy.optimize.milp`.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from staffing.audit.service import pool_minutes
from staffing.domain.errors import ProblemError
from staffing.domain.problem import Problem
from staffing.domain.result import Allocation
from staffing.domain.roster import Roster
from staffing.domain.work import Queue
from staffing.requirement.service import ServiceTerms, due_profile


class _Program:
    """Columns and rows, collected."""

    def __init__(self) -> None:
        self.cost: list[float] = []
        self._rows: list[dict[int, float]] = []
        self._low: list[float] = []
        self._high: list[float] = []

    def column(self, cost: float = 0.0) -> int:
        """Add a column ≥ 0."""
        self.cost.append(cost)
        return len(self.cost) - 1

    def row(self, terms: dict[int, float], low: float = -np.inf, high: float = np.inf) -> None:
        """Add ``low ≤ Σ terms ≤ high``."""
        self._rows.append(terms)
        self._low.append(low)
        self._high.append(high)

    def solve(self) -> np.ndarray:
        """Return whole values of all columns; without queues there are none."""
        if not self.cost:
            return np.zeros(0)
        entries = [(i, j, v) for i, row in enumerate(self._rows) for j, v in row.items()]
        rows, columns, values = (np.array(part) for part in zip(*entries, strict=True))
        matrix = csr_array((values, (rows, columns)), shape=(len(self._rows), len(self.cost)))
        found = milp(
            np.array(self.cost),
            integrality=np.ones(len(self.cost), dtype=np.int64),
            bounds=Bounds(lb=0.0),
            constraints=LinearConstraint(matrix, np.array(self._low), np.array(self._high)),
            options={"mip_rel_gap": 0.0},
        )
        if found.x is None:
            raise ProblemError(f"no allocation was found: {found.message}")
        return np.rint(found.x)


def allocate(problem: Problem, roster: Roster) -> Allocation:
    """Return the allocation of least service cost.

    Raises
    ------
    ProblemError
        If the program has no solution (it always has one: everything may stay undone).
    """
    program = _Program()
    spans = range(problem.horizon.intervals)
    columns: dict[str, dict[str, list[int]]] = {}
    for pool, supply in pool_minutes(problem, roster).items():
        queues = [name for name in pool.split("+") if name]
        columns[pool] = {name: [program.column() for _ in spans] for name in queues}
        for t in spans:
            if queues:
                program.row({columns[pool][name][t]: 1.0 for name in queues}, high=supply[t])
    late: dict[str, list[int]] = {}
    for queue in problem.queues:
        served = [
            {own[queue.queue][t]: 1.0 for own in columns.values() if queue.queue in own}
            for t in spans
        ]
        if queue.is_immediate:
            _immediate(program, problem, queue, served)
        else:
            late[queue.queue] = _deferrable(program, problem, queue, served)
    values = program.solve()
    return Allocation(
        minutes={
            pool: {name: tuple(int(values[c]) for c in by_t) for name, by_t in own.items()}
            for pool, own in columns.items()
            if own
        },
        late={name: tuple(int(values[c]) for c in by_t) for name, by_t in late.items()},
    )


def _immediate(
    program: _Program, problem: Problem, queue: Queue, served: list[dict[int, float]]
) -> None:
    price = ServiceTerms.of(problem, queue).miss_cost
    for agents, terms in zip(queue.required_agents, served, strict=True):
        needed = agents * problem.horizon.interval_minutes
        short = program.column(price)
        program.row({**terms, short: 1.0}, low=needed)
        program.row(terms, high=needed)


def _deferrable(
    program: _Program, problem: Problem, queue: Queue, served: list[dict[int, float]]
) -> list[int]:
    """Add the rows of a deferrable queue in cumulative form; return the columns of its late stock."""
    due, price = due_profile(problem.horizon, queue), ServiceTerms.of(problem, queue)
    done: dict[int, float] = {}
    late: list[int] = []
    missed: list[int] = []
    arrived = due.opening_minutes
    for t, terms in enumerate(served):
        done = {**done, **terms}
        arrived += queue.arrivals_minutes[t]
        now, newly = program.column(price.late_interval_cost), program.column()
        program.row({newly: 1.0}, high=due.falling_due_minutes[t])
        if t in queue.closed:
            program.row(terms, high=0.0)
        program.row({**done, now: 1.0}, low=arrived - due.not_due_minutes[t], high=arrived)
        if t == 0:
            program.row({newly: 1.0, now: -1.0}, low=-due.opening_late_minutes)
        else:
            program.row({newly: 1.0, now: -1.0, late[-1]: 1.0}, low=0.0)
        late.append(now)
        missed.append(newly)
    for period in due.periods:
        beyond, own = program.column(price.miss_cost), missed[period.first : period.end]
        program.row({beyond: 1.0, **dict.fromkeys(own, -1.0)}, low=-period.allowance_minutes)
    left = program.column(price.closing_cost)
    program.row({left: 1.0, **done}, low=arrived - due.closing_minutes)
    return late
