"""What service costs and when work falls due: the definitions that solver and audit both keep to."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

from staffing.domain.base import Frozen
from staffing.domain.clock import Horizon
from staffing.domain.problem import Problem
from staffing.domain.work import PastService, Queue

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
        width, times = problem.horizon.interval_minutes, problem.emphasis.service
        return cls(
            miss_cost=times * miss,
            late_interval_cost=times * max(1, miss * width // (60 * LATE_HOURS_TO_A_MISS)),
            closing_cost=times * max(1, miss // CLOSING_TO_A_MISS),
        )


class DuePeriod(Frozen):
    """The work of one period of the target that falls due within the horizon, in whole minutes.

    What falls due in one interval is counted together, in the period in which the youngest of it arrived: what arrived
    while a site was closed counts on the day on which it opens. Backlog of before the horizon belongs to the first one.

    Parameters
    ----------
    start
        Minute with which the period begins, 0 for the first: what matters of it before is in ``past``.
    first, end
        Intervals in which it falls due, half-open.
    due_minutes
        Work that falls due in them: the denominator, with ``past`` added.
    allowance_minutes
        Work that may miss its due time within the target: ⌊(1 − target) · all⌋, less what has missed it in the past.
    past
        What arrived and what was missed in the period before the horizon.
    """

    start: int
    first: int
    end: int
    due_minutes: int
    allowance_minutes: int
    past: PastService

    def on_time_fraction(self, missed_minutes: int) -> float:
        """Return the share on time when so much misses its due time within the horizon; 1 without any work."""
        work = self.past.work_minutes + self.due_minutes
        return 1 - (self.past.missed_minutes + missed_minutes) / work if work else 1.0


class DueProfile(Frozen):
    """When the work of a deferrable queue falls due, in whole minutes of work.

    Parameters
    ----------
    opening_minutes, opening_late_minutes
        Backlog at the start, and the part of it that is overdue already.
    not_due_minutes
        By interval: work that has arrived by the end of the interval and is due later.
    falling_due_minutes
        By interval: work that is due at its end. No more than that can become late in it.
    due_minutes
        Work that falls due within the horizon.
    periods
        Periods of the target that have work due within the horizon, in order.
    closing_minutes
        Backlog that may be left at the end: the opening backlog, or, if that is more, half of what is not yet due, and
        all of that which arrives after the last interval in which it may be worked.
    total_minutes
        Opening backlog and all arrivals.
    """

    opening_minutes: int
    opening_late_minutes: int
    not_due_minutes: tuple[int, ...]
    falling_due_minutes: tuple[int, ...]
    due_minutes: int
    periods: tuple[DuePeriod, ...]
    closing_minutes: int
    total_minutes: int


def due_profile(horizon: Horizon, queue: Queue) -> DueProfile:
    """Return when the work of a deferrable queue falls due.

    On the calendar clock work of interval t is due T after it arrives: at the end of interval t + T it may no longer be
    open (with one offset per queue this is the earliest-deadline-first condition: backlog ≤ arrivals of the last T). On
    the business clock ``queue.due`` says when; as it never falls, the condition is the same.
    """
    intervals = range(horizon.intervals)
    falling = [0] * horizon.intervals
    youngest = [0] * horizon.intervals
    for t, due in enumerate(due_instants(horizon, queue)):
        if due <= horizon.minutes:
            last = due // horizon.interval_minutes - 1
            falling[last] += queue.arrivals_minutes[t]
            youngest[last] = t
    opening = sum(item.work_minutes for item in queue.opening)
    overdue = sum(item.work_minutes for item in queue.opening if item.due <= 0)
    for item in queue.opening:
        last = -(-item.due // horizon.interval_minutes) - 1
        if 0 <= last < horizon.intervals:
            falling[last] += item.work_minutes
    arrived_minutes = tuple(accumulate(queue.arrivals_minutes))
    fallen_minutes = tuple(accumulate(falling))
    not_due = [opening - overdue + arrived_minutes[t] - fallen_minutes[t] for t in intervals]
    unworkable = _arrives_too_late(horizon, queue)
    return DueProfile(
        opening_minutes=opening,
        opening_late_minutes=overdue,
        not_due_minutes=tuple(not_due),
        falling_due_minutes=tuple(falling),
        due_minutes=sum(falling),
        periods=tuple(_periods(horizon, queue, falling, tuple(accumulate(youngest, max)))),
        closing_minutes=max(opening, unworkable + (not_due[-1] - unworkable) // 2),
        total_minutes=opening + sum(queue.arrivals_minutes),
    )


def due_instants(horizon: Horizon, queue: Queue) -> tuple[int, ...]:
    """Return the minute, on the grid, at which the arrivals of each interval of a deferrable queue are due."""
    if queue.due:
        return queue.due
    width = horizon.interval_minutes
    within = max(width, (queue.workstream.due_minutes or 0) // width * width)
    return tuple((t + 1) * width + within for t in range(horizon.intervals))


def _arrives_too_late(horizon: Horizon, queue: Queue) -> int:
    """Return the work, not due in the horizon, that arrives after the last interval in which it may be worked."""
    closed = set(queue.closed)
    last = max((t for t in range(horizon.intervals) if t not in closed), default=-1)
    due = due_instants(horizon, queue)
    return sum(
        queue.arrivals_minutes[t]
        for t in range(last + 1, horizon.intervals)
        if due[t] > horizon.minutes
    )


def _periods(
    horizon: Horizon, queue: Queue, falling: Sequence[int], youngest: Sequence[int]
) -> Iterator[DuePeriod]:
    """Yield the periods of a target that have work due within the horizon."""
    starts = (0, *queue.period_starts)
    nothing = PastService(work_minutes=0, missed_minutes=0)
    late_fraction = 1 - queue.workstream.target_fraction
    for number, start in enumerate(starts):
        first = 0 if number == 0 else bisect_left(youngest, start)
        following = starts[number + 1] if number + 1 < len(starts) else horizon.intervals
        end = bisect_left(youngest, following)
        due = sum(falling[first:end])
        past = (queue.past or nothing) if number == 0 else nothing
        if due or past.work_minutes:
            allowed = int(late_fraction * (past.work_minutes + due) + 1e-9)
            yield DuePeriod(
                start=start * horizon.interval_minutes,
                first=first,
                end=end,
                due_minutes=due,
                allowance_minutes=max(0, allowed - past.missed_minutes),
                past=past,
            )
