"""Work and backlog as rows: what each pool serves, what is short, what falls overdue (DESIGN: inventory form).

For a deferrable queue with work E that is open and not yet due, late stock L, newly late work m and late work r that is
made good, in minutes at the end of each interval t:

    Σ_pools y[pool, t] + E[t] + m[t] = E[t−1] + arrivals[t] + r[t]
    L[t] = L[t−1] + m[t] − r[t],  L[−1] = opening backlog that is overdue already
    0 ≤ E[t] ≤ not_due[t]           (arrivals of the last T, and opening backlog that is due later)
    0 ≤ m[t] ≤ due[t]               (no more becomes late than falls due)

Stock is E + L. All limits are bounds of variables, so that two rows an interval are left: programs of many queues or
weeks consist of little else. Serving late work first and missing new work, or the other way round, gives the same E and
L, so that the rows describe the best order of work. In each period of the target up to (1 − target) of its work may be
late at no price. The clock is in `not_due` alone: on the business clock the rows are the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ortools.sat.python import cp_model

from staffing.domain.problem import Problem
from staffing.domain.work import Queue
from staffing.model.pools import Pool
from staffing.model.terms import Linear, Penalty
from staffing.requirement.service import ServiceTerms, due_profile

Supply = Mapping[str, Sequence[Linear]]
"""Productive minutes of each pool by interval."""


class Flow:
    """Allocation variables and service rows of one model.

    Parameters
    ----------
    supply
        Productive minutes that each pool has in each interval.

    Attributes
    ----------
    minutes
        ``minutes[pool][queue][t]``: variables of the allocation.
    late
        ``late[queue][t]``: overdue stock of deferrable queues at the end of each interval.
    short
        ``short[queue][t]``: agent-minutes that immediate queues lack, in the intervals that ask for somebody.
    missing
        ``missing[queue]``: minutes without which every target would be met: those of ``short``, or work that misses its
        due time beyond what each period of the target allows.
    penalties
        (amount, unit cost) of everything service charges for.
    interval
        By the index of a variable the interval that it is about; those that are about none are missing.
    """

    def __init__(
        self, model: cp_model.CpModel, problem: Problem, pools: tuple[Pool, ...], supply: Supply
    ) -> None:
        self._model, self._problem = model, problem
        self.penalties: list[Penalty] = []
        self.minutes: dict[str, dict[str, list[cp_model.IntVar]]] = {}
        self.late: dict[str, list[cp_model.IntVar]] = {}
        self.short: dict[str, dict[int, cp_model.IntVar]] = {}
        self.missing: dict[str, list[cp_model.IntVar]] = {
            queue.queue: [] for queue in problem.queues
        }
        self.interval: dict[int, int] = {}
        self._first = len(model.proto.variables)
        for pool in pools:
            self._allocate(pool, supply[pool.pool])
        for queue in problem.queues:
            served = [
                sum(
                    by_queue[queue.queue][t]
                    for by_queue in self.minutes.values()
                    if queue.queue in by_queue
                )
                for t in range(problem.horizon.intervals)
            ]
            if queue.is_immediate:
                self._immediate(queue, served)
            else:
                self._deferrable(queue, served)
        self._end = len(model.proto.variables)

    def variables(self) -> range:
        """Return the indices of the variables of the flow; with everything else whole, they may be fractional."""
        return range(self._first, self._end)

    def _amount(self, t: int, most: int, name: str) -> cp_model.IntVar:
        """Add an amount of an interval."""
        amount = self._model.new_int_var(0, most, name)
        self.interval[amount.index] = t
        return amount

    def _allocate(self, pool: Pool, supply: Sequence[Linear]) -> None:
        carried = sum(
            duty.end > 0 for agent in pool.agents for duty in self._problem.carry_in.of(agent)
        )  # they may overlap, with each other
        most = (len(pool.agents) + carried) * self._problem.horizon.interval_minutes
        self.minutes[pool.pool] = {
            queue: [self._amount(t, most, "y") for t in range(len(supply))] for queue in pool.queues
        }
        for t, minutes in enumerate(supply):
            self._model.add(sum(y[t] for y in self.minutes[pool.pool].values()) <= minutes)

    def _immediate(self, queue: Queue, served: Sequence[Linear]) -> None:
        terms = ServiceTerms.of(self._problem, queue)
        for t, agents in enumerate(queue.required_agents):
            needed = agents * self._problem.horizon.interval_minutes
            if needed:
                short = self._amount(t, needed, "short")
                self._model.add(served[t] + short >= needed)
                self.short.setdefault(queue.queue, {})[t] = short
                self.missing[queue.queue].append(short)
                self.penalties.append((short, terms.miss_cost))
            else:
                self._model.add(served[t] == 0)

    def _deferrable(self, queue: Queue, served: Sequence[Linear]) -> None:
        model, terms = self._model, ServiceTerms.of(self._problem, queue)
        due = due_profile(self._problem.horizon, queue)
        most = due.total_minutes
        open_: Linear = due.opening_minutes - due.opening_late_minutes
        late: Linear = due.opening_late_minutes
        missed: list[cp_model.IntVar] = []
        self.late[queue.queue] = []
        for t, arrivals in enumerate(queue.arrivals_minutes):
            open_after = self._amount(t, due.not_due_minutes[t], "open")
            late_after = self._amount(t, most, "late")
            newly = self._amount(t, due.falling_due_minutes[t], "missed")
            made_good = self._amount(t, most, "made_good")
            model.add(served[t] + open_after + newly == open_ + arrivals + made_good)
            model.add(late_after == late + newly - made_good)
            self.penalties.append((late_after, terms.late_interval_cost))
            missed.append(newly)
            self.late[queue.queue].append(late_after)
            open_, late = open_after, late_after
        for t in queue.closed:
            model.add(served[t] == 0)
        for period in due.periods:
            beyond = model.new_int_var(0, period.due_minutes, "missed_beyond_target")
            own = missed[period.first : period.end]
            model.add(beyond >= sum(own) - period.allowance_minutes)
            self.missing[queue.queue].append(beyond)
            self.penalties.append((beyond, terms.miss_cost))
        left = model.new_int_var(0, most, "closing_excess")
        model.add(left >= open_ + late - due.closing_minutes)
        self.penalties.append((left, terms.closing_cost))
