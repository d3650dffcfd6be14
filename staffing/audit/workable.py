"""When late work could have been done: in the hours in which it is short, or, if its site is closed then, before."""

from __future__ import annotations

from staffing.domain.base import Frozen
from staffing.domain.clock import Horizon
from staffing.domain.work import Queue
from staffing.requirement.service import due_instants


class Workable(Frozen):
    """The hours that somebody would have had to be there.

    Parameters
    ----------
    span
        (start, end) in minutes of the horizon, half-open; None: all the time that the work has, its site is closed.
    closed
        Intervals of the stretch in which the queue may not be worked.
    intervals
        All intervals of the stretch.
    """

    span: tuple[int, int] | None
    closed: int
    intervals: int

    @property
    def is_before(self) -> bool:
        """True if the work had to be done before the stretch, in which its site is closed throughout."""
        return self.span is not None and self.closed == self.intervals


def workable(horizon: Horizon, queue: Queue, first: int, last: int) -> Workable:
    """Return when the work could have been done that becomes late in the intervals ``first`` to ``last``.

    Parameters
    ----------
    queue
        Opening hours matter only where it may not be worked outside of them (`Queue.closed`).
    """
    width, closed = horizon.interval_minutes, set(queue.closed)
    stretch = range(first, last + 1)
    open_ = [t for t in stretch if t not in closed]
    hours = open_ or [
        t for t in range(_arrival(horizon, queue, first, last), first) if t not in closed
    ]
    begin = hours[-1] if hours else None
    while begin is not None and begin - 1 in hours:
        begin -= 1
    span = None if begin is None else (begin * width, (hours[-1] + 1) * width)
    return Workable(span=span, closed=len(stretch) - len(open_), intervals=len(stretch))


def _arrival(horizon: Horizon, queue: Queue, first: int, last: int) -> int:
    """Return the first interval in which work arrives, or lies open, that falls due from ``first`` to ``last``."""
    width = horizon.interval_minutes
    start, end = first * width, (last + 1) * width
    if any(start < batch.due <= end for batch in queue.opening):
        return 0
    due = due_instants(horizon, queue)
    theirs = (t for t, minutes in enumerate(queue.arrivals_minutes) if minutes)
    return next((t for t in theirs if start < due[t] <= end), first)
