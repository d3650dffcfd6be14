"""What service costs and when work falls due: the definitions that solver and audit both keep to."""

from __future__ import annotations

from staffing.domain.base import Frozen
from staffing.domain.clock import Horizon
from staffing.domain.problem import Problem
from staffing.domain.work import Queue

LATE_HOURS_TO_A_MISS = 100
CLOSING_TO_A_MISS = 10


class ServiceTerms(Frozen):
    """Prices of one queue, whole numbers.

    Parameters
    ----------
    miss_cost
        One minute of work that misses its due time beyond what the target allows, or one agent-minute short of an
        immediate queue's requirement: priority × price of the service tier.
    late_interval_cost
        One minute of work that is overdue for one more interval; a hundred hours cost as much as a miss.
    closing_cost
        One minute of backlog beyond the closing limit: a tenth of a miss, since next week can still make it good.
    """

    miss_cost: int
    late_interval_cost: int
    closing_cost: int

    @classmethod
    def of(cls, problem: Problem, queue: Queue) -> ServiceTerms:
        """Return the prices of a queue."""
        miss = queue.workstream.priority * problem.prices.service
        width = problem.horizon.interval_minutes
        return cls(
            miss_cost=miss,
            late_interval_cost=max(1, miss * width // (60 * LATE_HOURS_TO_A_MISS)),
            closing_cost=max(1, miss // CLOSING_TO_A_MISS),
        )


class DueProfile(Frozen):
    """When the work of a deferrable queue falls due, in whole minutes of work.

    Parameters
    ----------
    opening_minutes, opening_late_minutes
        Backlog at the start, and the part of it that is overdue already.
    not_due_minutes
        By interval: work that has arrived by the end of the interval and is due later.
    due_minutes
        Work that falls due within the horizon (the denominator of the service level).
    allowance_minutes
        Work that may miss its due time within the target: ⌊(1 − target) · due⌋.
    closing_minutes
        Backlog that may be left at the end: the opening backlog, or half of what is not yet due if that is more.
    total_minutes
        Opening backlog and all arrivals.
    """

    opening_minutes: int
    opening_late_minutes: int
    not_due_minutes: tuple[int, ...]
    due_minutes: int
    allowance_minutes: int
    closing_minutes: int
    total_minutes: int


def due_profile(horizon: Horizon, queue: Queue) -> DueProfile:
    """Return when the work of a deferrable queue falls due.

    Work of interval t is due T after it arrives: at the end of interval t + T it may no longer be open (with one offset
    per queue this is the earliest-deadline-first condition: backlog ≤ arrivals of the last T).
    """
    width = horizon.interval_minutes
    offset = max(1, (queue.workstream.due_minutes or width) // width)
    arrivals = queue.arrivals_minutes
    opening = sum(item.work_minutes for item in queue.opening)
    overdue = sum(item.work_minutes for item in queue.opening if item.due <= 0)
    not_due = []
    for t in range(horizon.intervals):
        recent = sum(arrivals[max(0, t - offset + 1) : t + 1])
        waiting = sum(item.work_minutes for item in queue.opening if item.due > (t + 1) * width)
        not_due.append(recent + waiting)
    total = opening + sum(arrivals)
    due = total - overdue - not_due[-1]
    return DueProfile(
        opening_minutes=opening,
        opening_late_minutes=overdue,
        not_due_minutes=tuple(not_due),
        due_minutes=due,
        allowance_minutes=int((1 - queue.workstream.target_fraction) * due + 1e-9),
        closing_minutes=max(opening, not_due[-1] // 2),
        total_minutes=total,
    )
