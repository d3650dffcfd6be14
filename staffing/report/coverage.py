"""Requirement against coverage, interval by interval: what a plan serves, and what it leaves open."""

from __future__ import annotations

import numpy as np
import pandas as pd

from staffing.domain.build import Build
from staffing.domain.problem import Problem
from staffing.domain.roster import Roster
from staffing.domain.work import Queue
from staffing.requirement.service import due_profile
from staffing.requirement.workload import Floats

FLOW = (
    "interval_start",
    "arrivals_minutes",
    "served_minutes",
    "backlog_minutes",
    "limit_minutes",
    "required_agents",
    "available_agents",
    "short_minutes",
)


def roster_of(build: Build) -> Roster:
    """Return the roster of a build, an empty one where no schedule was found."""
    return build.solution.roster or Roster(duties={})


def queue_flow(build: Build, queue: Queue) -> pd.DataFrame:
    """Return what happens to a queue in each interval.

    Returns
    -------
    pd.DataFrame
        Columns `FLOW`. Immediate queues: ``required_agents`` and ``available_agents`` (minutes given / interval) with
        the agent-minutes that are short. Deferrable queues: arrivals, work served, backlog at the end of the interval,
        the work that is not yet due then (open work beyond it is late for certain), and the work that the plan lets be
        overdue. What does not apply is NaN.
    """
    horizon = build.problem.horizon
    served = _served(build, queue)
    table = pd.DataFrame(
        {
            "interval_start": horizon.interval_starts(),
            "served_minutes": served,
            **dict.fromkeys(FLOW[1:2] + FLOW[3:], np.nan),
        }
    )
    if queue.is_immediate:
        required = np.asarray(queue.required_agents, dtype=np.float64)
        available = served / horizon.interval_minutes
        table["required_agents"] = required
        table["available_agents"] = available
        table["short_minutes"] = np.maximum(0.0, required - available) * horizon.interval_minutes
    else:
        arrivals = np.asarray(queue.arrivals_minutes, dtype=np.float64)
        opening = sum(item.work_minutes for item in queue.opening)
        backlog = opening + np.cumsum(arrivals - served)
        limit = np.asarray(due_profile(horizon, queue).not_due_minutes, dtype=np.float64)
        table["arrivals_minutes"] = arrivals
        table["backlog_minutes"] = backlog
        table["limit_minutes"] = limit
        table["short_minutes"] = _overdue(build, queue, backlog - limit)
    return table.loc[:, list(FLOW)]


def _served(build: Build, queue: Queue) -> Floats:
    """Return the minutes that all pools give to a queue in each interval."""
    served = np.zeros(build.problem.horizon.intervals)
    if build.solution.allocation:
        for queues in build.solution.allocation.minutes.values():
            if queue.queue in queues:
                served += np.asarray(queues[queue.queue], dtype=np.float64)
    return served


def _overdue(build: Build, queue: Queue, beyond_limit: Floats) -> Floats:
    """Return the overdue minutes of the plan at the end of each interval, the least there can be without one."""
    planned = build.solution.allocation and build.solution.allocation.late.get(queue.queue)
    return np.asarray(planned or np.maximum(0.0, beyond_limit), dtype=np.float64)


def presence(problem: Problem, roster: Roster) -> pd.DataFrame:
    """Return people on duty by interval and site, breaks taken out, carry-in counted.

    Returns
    -------
    pd.DataFrame
        Index ``interval_start``, one column per site in the order of the problem; mean heads of the interval.
    """
    horizon = problem.horizon
    width = horizon.interval_minutes
    heads = {site.site: np.zeros(horizon.intervals) for site in problem.sites}
    for _, duty in (*problem.carry_in.rows(), *roster.rows()):
        for start, end in duty.spans():
            first, last = max(0, start // width), min(horizon.intervals, -(-end // width))
            for interval in range(first, last):
                inside = min(end, (interval + 1) * width) - max(start, interval * width)
                heads[duty.site][interval] += inside / width
    return pd.DataFrame(heads, index=pd.Index(horizon.interval_starts(), name="interval_start"))


def workload_heads(problem: Problem) -> pd.Series:
    """Return the people that each interval's arriving work would keep busy, gross of shrinkage.

    A yardstick for the eye: deferrable work may be done later than it arrives.
    """
    horizon = problem.horizon
    minutes = np.zeros(horizon.intervals)
    for queue in problem.queues:
        if queue.is_immediate:
            minutes += np.asarray(queue.required_agents) * horizon.interval_minutes
        else:
            minutes += np.asarray(queue.arrivals_minutes)
    heads = minutes / horizon.interval_minutes / (1 - problem.shrinkage_fraction)
    return pd.Series(heads, index=horizon.interval_starts(), name="workload_heads")
