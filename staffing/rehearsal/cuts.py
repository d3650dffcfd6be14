"""Where lived weeks miss a target, more is asked for: people (immediate) or room for more work (deferrable).

The requirement is raised to the volume of the weeks that are to be saved (`unlucky`), and beyond that of the round
before by what they still miss. The solver then makes room for a bad week, and says so itself if there is nobody for it.
To bring due times forward instead would move the same minutes to earlier hours: that mends a late hour, but not a week
with more work than people.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from staffing.domain.clock import Horizon
from staffing.domain.problem import Problem
from staffing.domain.rehearsal import Cut
from staffing.domain.result import Bill
from staffing.domain.work import Backlog, Queue
from staffing.rehearsal.unlucky import TINY, Unlucky
from staffing.requirement.immediate import required_agents
from staffing.requirement.service import due_instants
from staffing.requirement.workload import cumulative_round
from staffing.simulate.demand import Demand
from staffing.simulate.result import Simulated

SAFETY = 2.0
"""One more agent does not save every case that was missed: hours are taken with this many times the cases to save."""


def tightened(
    problem: Problem,
    guide: Problem,
    lived: Simulated,
    demand: Demand,
    confidence: float,
    strength: Mapping[str, int],
) -> Problem:
    """Return a problem that asks for more where queues fail.

    Parameters
    ----------
    problem
        The published problem.
    guide
        That of the round before, cuts included.
    lived, demand
        How the schedule of that round was lived, and with which cases.
    strength
        Queues to help, and how many times what they miss is asked for.
    """
    queues_now = []
    for number, (queue, asked) in enumerate(zip(problem.queues, guide.queues, strict=True)):
        if queue.queue in strength:
            weeks = Unlucky.of(problem.horizon, queue, number, lived, demand, confidence)
            add = _with_people if queue.is_immediate else _with_work
            times = strength[queue.queue]
            queues_now.append(add(problem.horizon, queue, asked, weeks, times))
        else:
            queues_now.append(asked)
    return guide.changed(queues=tuple(queues_now))


def staffed(problem: Problem, guide: Problem) -> Problem:
    """Return the published problem with the people that the guide asks for: those to be kept free."""
    return problem.changed(
        queues=tuple(
            queue.changed(required_agents=asked.required_agents)
            for queue, asked in zip(problem.queues, guide.queues, strict=True)
        )
    )


def cuts_of(problem: Problem, guide: Problem, bill: Bill) -> tuple[Cut, ...]:
    """Return what a guide asks for beyond the published problem, and what its own plan is short of by its bill."""
    found = []
    for queue, asked, line in zip(problem.queues, guide.queues, bill.service, strict=True):
        width = problem.horizon.interval_minutes
        people = np.subtract(asked.required_agents, queue.required_agents) * width
        work = np.subtract(asked.arrivals_minutes, queue.arrivals_minutes)
        added = people if queue.is_immediate else work
        backlog = sum(batch.work_minutes for batch in asked.opening) - sum(
            batch.work_minutes for batch in queue.opening
        )
        if added.any() or backlog:
            hours = np.flatnonzero(added)
            found.append(
                Cut(
                    queue=queue.queue,
                    intervals=tuple(hours.tolist()),
                    minutes=int(added.sum()) + backlog,
                    missing_minutes=line.missing_minutes,
                    amounts=tuple(added[hours].tolist()),
                )
            )
    return tuple(found)


def _with_people(horizon: Horizon, queue: Queue, asked: Queue, weeks: Unlucky, more: int) -> Queue:
    """Ask for the people of these weeks, and for so many more in as few intervals as hold the cases to be saved."""
    order = np.argsort(-weeks.missed, kind="stable")
    before = np.cumsum(weeks.missed[order]) - weeks.missed[order]
    saved = SAFETY * weeks.below * weeks.due
    required = np.array(asked.required_agents)
    required[order[(before < saved) & (weeks.missed[order] > 0)]] += more
    theirs = required_agents(
        queue.workstream,
        np.array(queue.volume) * weeks.growth,
        np.array(queue.aht_minutes),
        horizon.interval_minutes,
    )
    theirs = np.where(weeks.growth > 1, theirs, 0)
    return asked.changed(required_agents=tuple(np.maximum(required, theirs).tolist()))


def _with_work(horizon: Horizon, queue: Queue, asked: Queue, weeks: Unlucky, times: int) -> Queue:
    """Ask for the work of these weeks, and for so many times what they miss beyond the target, where it is missed.

    What falls due in an interval is added to the last that arrives for it, else to the backlog.
    """
    width = horizon.interval_minutes
    last = {due // width - 1: t for t, due in enumerate(due_instants(horizon, queue))}
    arrivals, opening = list(asked.arrivals_minutes), list(asked.opening)
    handled = [minutes for minutes in queue.aht_minutes if minutes > 0]
    handle_minutes = sum(handled) / len(handled) if handled else 1.0
    more = times * handle_minutes * weeks.missed * weeks.below / max(TINY, weeks.missed_share)
    for t, minutes in enumerate(cumulative_round(more).tolist()):
        if minutes and t in last:
            arrivals[last[t]] += minutes
        elif minutes:
            opening.append(Backlog(due=(t + 1) * width, work_minutes=minutes))
    theirs = cumulative_round(np.array(queue.arrivals_minutes) * weeks.growth)
    most = np.maximum(arrivals, theirs)
    return asked.changed(arrivals_minutes=tuple(most.tolist()), opening=tuple(opening))
