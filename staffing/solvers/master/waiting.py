"""Work that waits from day to day while a plan stands still, so that a stretch of days can be looked at alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
from ortools.math_opt.python import mathopt

from staffing.domain.clock import DAY_MINUTES
from staffing.solvers.master.duals import Floats
from staffing.solvers.master.excerpt import Flags
from staffing.solvers.master.relaxing import IMPRECISE, anew, from_basis
from staffing.solvers.master.restricted import LEAST_AMOUNT, unlimited
from staffing.solvers.parts import Parts
from staffing.solvers.plan import Best, Plan

BEFORE, AFTER = DAY_MINUTES, 3 * DAY_MINUTES
"""Around duties that may change, work is done at other times too: so long before and after them."""


class Waiting:
    """What becomes of the work under a plan, looked up once a plan.

    Attributes
    ----------
    limit
        Says how many seconds a linear program may take; None is without limit.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts, self._service = parts, parts.service.linear
        self._basis: mathopt.Basis | None = None
        self._plan: Plan | None = None
        self._work = np.zeros(0)
        self.limit: Callable[[], float | None] = unlimited

    @cached_property
    def _program(self) -> mathopt.Model:
        return mathopt.Model.from_model_proto(self._service.program)

    @cached_property
    def _rows(self) -> list[tuple[mathopt.LinearConstraint, float, float]]:
        """The rows that anybody can change, with their ranges while nobody is there."""
        rows = map(self._program.get_linear_constraint, self._service.met.tolist())
        return [(row, row.lower_bound, row.upper_bound) for row in rows]

    @cached_property
    def _solver(self) -> mathopt.IncrementalSolver:
        return mathopt.IncrementalSolver(self._program, mathopt.SolverType.GLOP)

    def settled(self, plan: Plan) -> Best | None:
        """Return a plan with what it comes to; None if there was not enough time."""
        moved = self._service.moved(self._parts.counts(plan))[self._service.met]
        for (row, low, high), amount in zip(self._rows, moved.tolist(), strict=True):
            row.lower_bound, row.upper_bound = low - amount, high - amount
        wanted, seconds = mathopt.ModelSolveParameters(initial_basis=self._basis), self.limit()
        found = from_basis(
            self._solver,
            self._service.rows.shape[0],
            wanted,
            seconds,
            moved=self._basis is not None,
        )
        if found.termination.reason in IMPRECISE:
            found = anew(self._program, mathopt.ModelSolveParameters(), seconds)
        if found.termination.reason is not mathopt.TerminationReason.OPTIMAL:
            return None
        self._basis, self._plan = found.solutions[0].basis, plan
        self._work = np.array(found.variable_values(list(self._program.variables())))
        tours = sum(tour.cost * often for (_, tour), often in plan.items())
        return Best(plan, found.objective_value() + tours)

    def elsewhere(self, best: Best, is_open: Sequence[Flags]) -> Floats | None:
        """Return the amounts of a plan far from some duties, NaN near them and where they belong to no interval.

        Parameters
        ----------
        is_open
            As of `staffing.solvers.master.excerpt.excerpt`.

        Returns
        -------
        array or None
            One a variable of service; None if there was not enough time.
        """
        if best.plan is not self._plan and self.settled(best.plan) is None:
            return None
        near = self._near(is_open)
        interval = self._service.interval
        return np.where((interval >= 0) & ~near[interval], self._work, np.nan)

    def sore_dates(self, best: Best) -> list[dt.date]:
        """Return the date of each interval in which a plan is short or has overdue work; [] for want of time."""
        if best.plan is not self._plan and self.settled(best.plan) is None:
            return []
        horizon = self._parts.instance.problem.horizon
        width = dt.timedelta(minutes=horizon.interval_minutes)
        short = {t for amount, _, t in self._service.sore if self._work[amount] > LEAST_AMOUNT}
        return [(horizon.start + t * width).date() for t in sorted(short)]

    def _near(self, is_open: Sequence[Flags]) -> Flags:
        """Tell of each interval whether work may be done otherwise in it."""
        horizon = self._parts.instance.problem.horizon
        near = np.zeros(horizon.intervals, bool)
        for team, own in zip(self._parts.teams, is_open, strict=True):
            for k in np.flatnonzero(own):
                duty = team.duties[k]
                first = max(0, (duty.start - BEFORE) // horizon.interval_minutes)
                near[first : -(-(duty.end + AFTER) // horizon.interval_minutes)] = True
        return near


def waiting_of(parts: Parts) -> Waiting | None:
    """Return what becomes of the work, None where none waits."""
    return Waiting(parts) if parts.work_waits else None
