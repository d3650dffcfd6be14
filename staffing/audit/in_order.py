"""The plan worked strictly first in, first out: how much is on time when nobody looks at deadlines.

A fluid reading: work arrives, falls due and is done evenly within its interval, so that the curves of work due and of
work done are straight between grid lines. On time is the part of the due curve that lies below the curve of work done.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from staffing.domain.clock import Horizon
from staffing.domain.work import Queue
from staffing.requirement.service import due_instants


def in_order_fraction(horizon: Horizon, queue: Queue, served: Sequence[int]) -> float:
    """Return the share, of the work that falls due within the horizon, that is done by then.

    Parameters
    ----------
    queue
        A deferrable queue.
    served
        Minutes worked on it, by interval.

    Returns
    -------
    float
        0 to 1; 1 where nothing falls due.
    """
    width = horizon.interval_minutes
    flowing, at_once = _falling_due(horizon, queue)
    due = float(sum(item.work_minutes for item in queue.opening if item.due <= 0))
    overdue = due
    done = on_time = 0.0
    for t, minutes in enumerate(served):
        on_time += _below(due, flowing[t], done, minutes)
        due, done = due + flowing[t], done + minutes
        jump = at_once[(t + 1) * width]
        on_time += min(max(done - due, 0.0), jump)
        due += jump
    return on_time / (due - overdue) if due > overdue else 1.0


def _falling_due(horizon: Horizon, queue: Queue) -> tuple[dict[int, int], dict[int, int]]:
    """Return the work that falls due evenly over each interval, and at once at each minute.

    What arrives while a business clock stands still is due at once, with what came last before it stopped.
    """
    width = horizon.interval_minutes
    flowing: dict[int, int] = defaultdict(int)
    at_once: dict[int, int] = defaultdict(int)
    before: int | None = None
    for arrived, due in zip(queue.arrivals_minutes, due_instants(horizon, queue), strict=True):
        if due == before:
            at_once[due] += arrived
        else:
            flowing[due // width - 1] += arrived
        before = due
    for item in queue.opening:
        if item.due > 0:
            at_once[-(-item.due // width) * width] += item.work_minutes
    return flowing, at_once


def _below(due: float, falling: float, done: float, working: float) -> float:
    """Return how much falls due, within an interval, at instants by which as much is done: both grow evenly."""
    ahead, after = done - due, done + working - due - falling
    if ahead >= 0 and after >= 0:
        return falling
    if ahead < 0 and after < 0:
        return 0.0
    return falling * max(ahead, after) / abs(after - ahead)
