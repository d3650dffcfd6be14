"""Cases, people, stretches of presence and queues as records, which the compiled loop reads and writes.

Times are minutes of the horizon. What belongs together lies together in memory, so that a case costs few cache lines.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from staffing.requirement.workload import Floats, Ints

Records = npt.NDArray[Any]
NONE = -1
BY_DUE, BY_ARRIVAL, BY_PRIORITY, BY_PLAN = range(4)
FINISH, HAND_OVER, PARK = range(3)

CASE = np.dtype(
    [
        ("opened", "f8"),  # negative: backlog of the start
        ("due", "f8"),  # deferrable: to be finished by then; immediate: to be answered
        ("leaves", "f8"),  # when it gives up if nobody has begun; inf: never
        ("left", "f8"),  # minutes of work still to do
        ("begun", "f8"),  # NaN: not within the horizon
        ("ended", "f8"),
        ("queue", "i8"),
        ("following", "i8"),  # the case behind it in its line
    ]
)
"""A case; records are in the order in which they open."""

PERSON = np.dtype(
    [
        ("moment", "f8"),  # when something next happens to him
        ("overtime", "f8"),  # minutes beyond the end of his duties
        ("pool", "i8"),
        ("mode", "i8"),
        ("case", "i8"),  # in work, paused or parked
        ("stretch", "i8"),  # the present or next stretch
        ("stop", "i8"),  # one past his last stretch
        ("behind", "i8"),  # neighbours in the ring of idle people
        ("before", "i8"),
    ]
)
"""A person; after all people stands one anchor a pool, where the ring of its idle people begins."""

STRETCH = np.dtype(
    [("start", "f8"), ("end", "f8"), ("last", "i8")]  # last: 1 where the duty ends with it
)
"""A stretch of presence, by person and time; stretches of a duty are parted by pauses."""

QUEUE = np.dtype(
    [
        ("immediate", "i8"),
        ("priority", "f8"),
        ("head", "i8"),  # first and last of the cases that wait
        ("tail", "i8"),
        ("late_head", "i8"),  # overdue ones that stand back
        ("late_tail", "i8"),
        ("free", "i8"),  # people who could take a case of it at once, or are at work on one
        ("reserve", "i8"),  # how many of them are to be kept free of deferrable work
        ("closed", "i8"),  # 1: no case of it may be begun
    ]
)
"""A queue."""

TURN = np.dtype([("reserve", "i8"), ("closed", "i8")])
"""What an interval changes of a queue."""

SKILL = np.dtype([("serves", "i8"), ("quota", "f8")])
"""A pool at a queue: may it, and how many minutes of the plan are left."""


class Policy(NamedTuple):
    """How work is taken, as numbers.

    Parameters
    ----------
    order
        Which deferrable case is next: `BY_DUE`, `BY_ARRIVAL`, `BY_PRIORITY` or `BY_PLAN`.
    late_last
        1: overdue deferrable cases are taken when nothing else waits.
    overrun
        Of a deferrable case at the end of a duty: `FINISH`, `HAND_OVER` or `PARK`.
    hand_over_minutes
        Work that a hand-over adds to a case.
    keep_free
        1: somebody is to be kept free of deferrable work in some interval.
    """

    order: int
    late_last: int
    overrun: int
    hand_over_minutes: float
    keep_free: int = 0


class Floor(NamedTuple):
    """All that moves.

    Parameters
    ----------
    cases, people, stretches, queues
        Records, one-dimensional.
    skills
        ``skills[pool, queue]``. Pools that serve few queues come first: they are asked first.
    tree
        Who is next: the winner of each pair of people; see `staffing.simulate.engine`.
    worked
        ``worked[person, queue, day]``: minutes.
    """

    cases: Records
    people: Records
    stretches: Records
    queues: Records
    skills: Records
    tree: Ints
    worked: Floats
    policy: Policy


def empty(count: int, kind: np.dtype[Any]) -> Records:
    """Return records of zeros whose fields can be read as attributes, compiled or not."""
    records = np.recarray(count, dtype=kind)
    records.view(np.uint8)[:] = 0
    return records
