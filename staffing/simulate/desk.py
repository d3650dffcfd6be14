"""Queues, skill pools and the plan of work as the compiled loop reads them: the same in every replication."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from staffing.domain.problem import Problem
from staffing.domain.result import Allocation
from staffing.requirement.workload import Floats
from staffing.simulate.records import NONE, QUEUE, SKILL, TURN, Records, empty


@dataclass(frozen=True)
class Desk:
    """Who may take what, and when.

    Parameters
    ----------
    pools
        Queues of each pool by their numbers. Those of few queues come first: they are asked first, so that people who
        can do everything stay free for what only they can do.
    queues, skills
        Records at the start: ``queues[queue]``, ``skills[pool, queue]``.
    planned
        ``planned[pool, queue, interval]``: minutes of the plan.
    turns
        ``turns[queue, interval]``: people to keep free, and whether the queue is closed.
    """

    pools: tuple[tuple[int, ...], ...]
    queues: Records
    skills: Records
    planned: Floats
    turns: Records


def desk_of(problem: Problem, plan: Allocation | None, keep_free_below_minutes: float) -> Desk:
    """Return the desk of a problem.

    Parameters
    ----------
    plan
        How many people it has for an immediate queue in each interval, so many are kept free for it, but at most what
        is required or its ``kept_free`` says; without a plan what is required.
    keep_free_below_minutes
        Only for queues with a shorter threshold.
    """
    numbers = {queue.queue: number for number, queue in enumerate(problem.queues)}
    served = {tuple(sorted(numbers[q] for q in own)) for own in problem.queues_of.values()}
    pools = tuple(sorted(served, key=lambda pool: (len(pool), pool)))
    planned = _planned(problem, pools, plan)
    return Desk(
        pools=pools,
        queues=_queues(problem),
        skills=_skills(pools, len(problem.queues)),
        planned=planned,
        turns=_turns(problem, plan, planned, keep_free_below_minutes),
    )


def _queues(problem: Problem) -> Records:
    records = empty(len(problem.queues), QUEUE)
    for record, queue in zip(records, problem.queues, strict=True):
        record.immediate, record.priority = queue.is_immediate, queue.workstream.priority
        record.head = record.tail = record.late_head = record.late_tail = NONE
    return records


def _skills(pools: Sequence[tuple[int, ...]], queues: int) -> Records:
    records = empty(len(pools) * queues, SKILL).reshape(len(pools), queues)
    for pool, own in enumerate(pools):
        records["serves"][pool, list(own)] = 1
    return records


def _planned(problem: Problem, pools: Sequence[tuple[int, ...]], plan: Allocation | None) -> Floats:
    minutes = np.zeros((len(pools), len(problem.queues), problem.horizon.intervals))
    for place, pool in enumerate(pools):
        names = [problem.queues[queue].queue for queue in pool]
        own = plan.minutes.get("+".join(names), {}) if plan is not None else {}
        for queue, name in zip(pool, names, strict=True):
            if name in own:
                minutes[place, queue] = own[name]
    return minutes


def _turns(
    problem: Problem, plan: Allocation | None, planned: Floats, keep_free_below_minutes: float
) -> Records:
    shape = (len(problem.queues), problem.horizon.intervals)
    turns = empty(shape[0] * shape[1], TURN).reshape(shape)
    kept_free = plan.kept_free if plan is not None else {}
    for number, queue in enumerate(problem.queues):
        turns["closed"][number, list(queue.closed)] = 1
        if (queue.workstream.threshold_minutes or 0) < keep_free_below_minutes:
            turns["reserve"][number] = kept_free.get(queue.queue, queue.required_agents)
    if plan is not None:
        people = np.rint(planned.sum(axis=0) / problem.horizon.interval_minutes)
        turns["reserve"] = np.minimum(turns["reserve"], people)
    return turns
