"""Small floors: people round the clock or with stretches, cases by hand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from staffing.simulate.desk import Desk
from staffing.simulate.engine import replay
from staffing.simulate.habits import Habits
from staffing.simulate.presence import Presence
from staffing.simulate.records import CASE, NONE, QUEUE, SKILL, STRETCH, TURN, Floor, Records, empty
from staffing.simulate.replicate import floor_of

FOREVER = 1e9
HOUR = 60.0


def cases(opened, work, *, queue=0, due=FOREVER, leaves=np.inf) -> Records:
    """Cases in the order in which they open."""
    records = empty(len(opened), CASE)
    records["opened"], records["left"] = opened, work
    records["queue"], records["due"], records["leaves"] = queue, due, leaves
    records["begun"] = records["ended"] = np.nan
    records["following"] = NONE
    return records


def presence(people: Sequence[Sequence[tuple[float, float, bool]]], days: int) -> Presence:
    """Stretches of each person as (start, end, the duty ends with it)."""
    rows = [stretch for own in people for stretch in own]
    stretches = empty(len(rows), STRETCH)
    for record, (start, end, last) in zip(stretches, rows, strict=True):
        record.start, record.end, record.last = start, end, last
    first = np.cumsum([0, *(len(own) for own in people)])
    return Presence(stretches, first, np.zeros((len(people), days)))


def live(
    drawn: Records,
    people: Sequence[Sequence[tuple[float, float, bool]]] | int,
    *,
    hours: int,
    immediate: Sequence[bool] = (True,),
    priority: Sequence[float] | None = None,
    pools: Sequence[Sequence[int]] | None = None,
    pool: Sequence[int] | None = None,
    reserve: int = 0,
    closed: Sequence[tuple[int, int]] = (),
    planned: np.ndarray | None = None,
    **habits: object,
) -> Floor:
    """Live the cases; a number of people means so many round the clock, who serve every queue."""
    queues = len(immediate)
    if isinstance(people, int):
        people = [[(0.0, FOREVER, True)]] * people
    pools = pools or [range(queues)]
    desk_queues, skills = empty(queues, QUEUE), empty(len(pools) * queues, SKILL)
    desk_queues["immediate"] = immediate
    desk_queues["priority"] = priority if priority is not None else 1
    for name in ("head", "tail", "late_head", "late_tail"):
        desk_queues[name] = NONE
    skills = skills.reshape(len(pools), queues)
    for number, own in enumerate(pools):
        skills["serves"][number, list(own)] = 1
    turns = empty(queues * hours, TURN).reshape(queues, hours)
    turns["reserve"] = reserve
    for place in closed:
        turns["closed"][place] = 1
    planned = np.zeros((len(pools), queues, hours)) if planned is None else planned
    desk = Desk(tuple(map(tuple, pools)), desk_queues, skills, planned, turns)
    floor = floor_of(
        desk,
        np.array(pool if pool is not None else [0] * len(people)),
        Habits(**habits).policy,
        drawn,
        presence(people, -(-hours // 24)),
    )
    replay(floor, planned, turns, hours * HOUR, HOUR)
    return floor


def batch_means(values: np.ndarray, batches: int = 20) -> tuple[float, float]:
    """Mean of a series and its standard error, from means of batches of neighbours."""
    means = np.array([part.mean() for part in np.array_split(values, batches)])
    return float(means.mean()), float(means.std(ddof=1) / np.sqrt(batches))
