"""Replications: each is drawn from a seed of its own, so that it does not matter which of them run where."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from staffing.requirement.workload import Floats, Ints
from staffing.simulate.cases import Arrivals
from staffing.simulate.counts import Counts
from staffing.simulate.desk import Desk
from staffing.simulate.presence import Duties, Presence
from staffing.simulate.records import NONE, PERSON, Floor, Policy, Records, empty


@dataclass(frozen=True)
class Stage:
    """All that replications have in common.

    Parameters
    ----------
    pool, klass
        ``pool[person]``, ``klass[person]``: numbers of the pool, and of the class of people alike in site and skills.
    exposing
        ``exposing[queue]``: 1 where the content is disturbing.
    intervals, width
        Grid of the horizon.
    """

    desk: Desk
    arrivals: Arrivals
    duties: Duties
    pool: Ints
    klass: Ints
    exposing: Floats
    policy: Policy
    intervals: int
    width: float
    seed: int


@dataclass(frozen=True)
class Task:
    """Some replications: numbers and ``cases[replication, queue, interval]``."""

    stage: Stage
    numbers: tuple[int, ...]
    cases: Ints


@dataclass(frozen=True)
class Lived:
    """What came of one replication.

    Parameters
    ----------
    busy, there
        ``[class, day]``: minutes of work, and of presence without breaks and pauses.
    people
        ``people[figure, person]``: minutes of presence, work, exposure and overtime.
    """

    counts: Counts
    busy: Floats
    there: Floats
    people: Floats


def replicate(task: Task) -> list[Lived]:
    """Live the replications of a task, one after the other."""
    return [
        live(task.stage, number, cases)
        for number, cases in zip(task.numbers, task.cases, strict=True)
    ]


def live(stage: Stage, number: int, cases: Ints) -> Lived:
    """Live one replication with so many cases by queue and interval."""
    from staffing.simulate.engine import replay

    rng = np.random.default_rng([stage.seed, number])
    drawn, presence = stage.arrivals.drawn(cases, rng), stage.duties.drawn(rng)
    floor = floor_of(stage.desk, stage.pool, stage.policy, drawn, presence)
    replay(floor, stage.desk.planned, stage.desk.turns, stage.intervals * stage.width, stage.width)
    counts = Counts.of(drawn, stage.desk.queues["immediate"], stage.intervals, stage.width)
    by_day, by_queue = floor.worked.sum(axis=1), floor.worked.sum(axis=2)
    return Lived(
        counts=counts,
        busy=_by_class(stage, by_day),
        there=_by_class(stage, presence.minutes),
        people=np.stack(
            [
                presence.minutes.sum(axis=1),
                by_queue.sum(axis=1),
                by_queue @ stage.exposing,
                floor.people["overtime"][: len(stage.pool)],
            ]
        ),
    )


def _by_class(stage: Stage, minutes: Floats) -> Floats:
    total = np.zeros((stage.klass.max(initial=-1) + 1, minutes.shape[1]))
    np.add.at(total, stage.klass, minutes)
    return total


def floor_of(desk: Desk, pool: Ints, policy: Policy, cases: Records, presence: Presence) -> Floor:
    """Return the floor before anything has happened."""
    count, pools = len(pool), len(desk.pools)
    people = empty(count + pools, PERSON)
    people["behind"] = people["before"] = np.arange(count + pools)
    people["case"] = NONE
    people["moment"] = np.inf
    known = people[:count]
    known["pool"] = pool
    known["stretch"], known["stop"] = presence.first[:-1], presence.first[1:]
    comes = known["stretch"] < known["stop"]
    known["moment"][comes] = presence.stretches["start"][known["stretch"][comes]]
    return Floor(
        cases=cases,
        people=people,
        stretches=presence.stretches,
        queues=desk.queues.copy(),
        skills=desk.skills.copy(),
        tree=_winners(people["moment"]),
        worked=np.zeros((count, len(desk.queues), presence.minutes.shape[1])),
        policy=policy._replace(keep_free=int(desk.turns["reserve"].any())),
    )


def _winners(moment: Floats) -> Ints:
    """Return a tournament tree: leaf by leaf the people, above each pair the one whose moment comes first."""
    leaves = 1 << (len(moment) - 1).bit_length()
    tree = np.zeros(2 * leaves, np.int64)
    tree[leaves:] = np.minimum(np.arange(leaves), len(moment) - 1)
    while leaves > 1:
        one, other = tree[leaves : 2 * leaves].reshape(-1, 2).T
        leaves //= 2
        tree[leaves : 2 * leaves] = np.where(moment[one] <= moment[other], one, other)
    return tree
