"""Ways in which deferrable work becomes what is asked of a roster: with its backlog, or as minutes fixed per hour.

A fixed requirement is written as a deferrable queue whose work is due at the end of the hour in which it stands: then
nothing can be left for later, and all else (skills, breaks, immediate queues, prices) is the same for every way.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from staffing.domain.clock import Horizon
from staffing.domain.problem import Problem
from staffing.domain.work import Backlog, Queue
from staffing.requirement.lagged_load import lagged_load
from staffing.requirement.service import due_instants, due_profile
from staffing.requirement.staff_search import smallest_staff
from staffing.requirement.workload import Floats, cumulative_round


def begins_as_it_ends(horizon: Horizon, queue: Queue) -> Queue:
    """Return a deferrable queue whose opening backlog is the most that the same week may leave at its end.

    Of what is not yet due then, that is half, with its ages. So every way has the work of one week to do, and none
    gains by leaving more than it found.
    """
    due = due_instants(horizon, queue)
    late = [t for t in range(horizon.intervals) if due[t] > horizon.minutes]
    minutes = cumulative_round([queue.arrivals_minutes[t] / 2 for t in late]).tolist()
    opening = [
        Backlog(due=due[t] - horizon.minutes, work_minutes=work)
        for t, work in zip(late, minutes, strict=True)
        if work
    ]
    return queue.changed(opening=tuple(opening), past=None)


def erlang_per_hour(horizon: Horizon, queue: Queue) -> Queue:
    """Ask for the fewest whole agents who finish waiting within the due time for as many as the target says."""
    volume, aht = np.array(queue.volume), np.array(queue.aht_minutes)
    work, width = queue.workstream, horizon.interval_minutes
    agents = smallest_staff(
        lagged_load(volume, aht, width),
        np.where(aht > 0, aht, 1.0),
        work.due_minutes or 0,
        work.target_fraction,
    )
    return _fixed(horizon, queue, agents * width)


def work_in_its_hour(horizon: Horizon, queue: Queue) -> Queue:
    """Ask for the minutes that arrive in each hour, in that hour: Erlang without its whole agents."""
    return _fixed(horizon, queue, queue.arrivals_minutes)


def levelled(horizon: Horizon, queue: Queue) -> Queue:
    """Ask for the flattest minutes per hour that are never ahead of the arrivals and never late."""
    due = due_profile(horizon, queue)
    arrived = due.opening_minutes + np.cumsum(queue.arrivals_minutes, dtype=np.float64)
    least = np.maximum.accumulate(np.maximum(arrived - due.not_due_minutes, 0.0))
    least[-1] = max(least[-1], arrived[-1] - due.closing_minutes)
    most = np.minimum(arrived, least[-1])
    done = taut_string(np.append(0.0, least), np.append(0.0, most))
    return _fixed(horizon, queue, cumulative_round(np.diff(done)))


def taut_string(least: Floats, most: Floats) -> Floats:
    """Return the shortest path between two curves: its slopes are as equal as they can be.

    Source: P. L. Davies and A. Kovac, Local extremes, runs, strings and multiresolution, Annals of Statistics 29
    (2001).

    Parameters
    ----------
    least, most
        Curves that never fall, shape (points,), ``least ≤ most``; the path begins and ends where they begin and end.

    Returns
    -------
    Floats
        The path at each point.
    """
    knots = [0]
    path: dict[int, float] = {0: least[0]}
    while knots[-1] < len(least) - 1:
        knot, height = _next_knot(least, most, knots[-1], path[knots[-1]])
        knots.append(knot)
        path[knot] = height
    return np.interp(np.arange(len(least)), knots, [path[knot] for knot in knots])


def _next_knot(least: Floats, most: Floats, start: int, height: float) -> tuple[int, float]:
    """Return where a string from a point first has to bend, and how high it is there."""
    slopes = np.array([-np.inf, np.inf])
    bends = [start, start]
    for point in range(start + 1, len(least)):
        low, high = (
            (least[point] - height) / (point - start),
            (most[point] - height) / (point - start),
        )
        if low > slopes[1]:
            return bends[1], most[bends[1]]
        if high < slopes[0]:
            return bends[0], least[bends[0]]
        if low >= slopes[0]:
            slopes[0], bends[0] = low, point
        if high <= slopes[1]:
            slopes[1], bends[1] = high, point
    return len(least) - 1, least[-1]


WAYS: dict[str, Callable[[Horizon, Queue], Queue]] = {
    "backlog in the solver": lambda _, queue: queue,
    "Erlang per hour": erlang_per_hour,
    "work in its hour": work_in_its_hour,
    "levelled before": levelled,
}
"""What each way makes of a deferrable queue, ours first."""


def asked_by(way: str, problem: Problem) -> Problem:
    """Return the problem as a way asks for it; immediate queues are the same in all."""
    return problem.changed(
        queues=tuple(
            queue if queue.is_immediate else WAYS[way](problem.horizon, queue)
            for queue in problem.queues
        )
    )


def _fixed(horizon: Horizon, queue: Queue, minutes: npt.ArrayLike) -> Queue:
    """Return a queue whose minutes have to be worked in the hour in which they stand, all of them."""
    width = horizon.interval_minutes
    return queue.changed(
        workstream=queue.workstream.changed(target_fraction=1.0),
        arrivals_minutes=tuple(np.asarray(minutes, dtype=np.int64).tolist()),
        opening=(),
        due=tuple((t + 1) * width for t in range(horizon.intervals)),
        period_starts=(),
        past=None,
    )
