"""What the compiled search reads: a tour's days, tables, sums and spreads as arrays.

A state is a row of whole numbers: one for each table, then two for each slot. A sum keeps its value and the spanning
groups it has met (bits) in its slot, a spread its smallest and greatest value; slots are used again when their days are
over.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float64]
Records = NDArray[Any]

NO_VALUE = -(1 << 30)
"""A move that a spread does not see; a spread that has seen none goes from its negative to this."""


def _record(**fields: str) -> np.dtype[Any]:
    return np.dtype(list(fields.items()), align=True)


TABLE_DAY = _record(states="i8", at="i8", worse_at="i8")
"""Of a table on a day: its number of states, where it begins in ``following`` and ``cost``, and in ``worse``."""
SUM = _record(
    first="i8",  # day
    last="i8",
    slot="i8",
    best="i8",  # the least value that costs least
    smallest="i8",  # the values that are allowed
    greatest="i8",
    price_at="i8",  # where the price of value 0 is
)
SUM_MOVE = _record(gain="i4", bit="i4")
"""What a move adds to a sum, and the spanning group that it meets, or -1."""
SUM_DAY = _record(least="i8", most="i8", clear="i8")
"""What can still be added before a day, and the bits that no later day looks at."""
SPREAD = _record(
    first="i8",  # day
    last="i8",
    slot="i8",
    start_low="i8",  # what is carried in
    start_high="i8",
    limit="i8",
    step="i8",
    unit="f8",  # inf for a must
)
SPREAD_DAY = _record(low="i8", high="i8")
"""Least and greatest value that may still come before a day."""
LABEL = _record(price="f8", key="f8", parent="i8", move="i8", beside="i8")
"""A label: reduced cost so far and with the least that must follow, and the next one with the same last duty."""


def records(shape: int | tuple[int, ...], kind: np.dtype[Any]) -> Records:
    """Return records whose fields plain Python reads as compiled code does, all 0."""
    return np.zeros(shape, kind).view(np.recarray)


class Tables(NamedTuple):
    """Machines: the last duty, the guide, and the parts of the guide.

    ``at + letter * states + state`` leads to what follows and costs, see `TABLE_DAY`.

    The guide stands for its parts together and has their cost; parts say how states compare.
    The disadvantage of state a against b is at ``worse_at + a * states + b``.
    """

    letter: Ints  # [table, move]
    days: Records  # [table, day], one more at the end
    following: Ints
    cost: Floats
    worse: Floats


class Sums(NamedTuple):
    """Sums with a convex price by value."""

    head: Records  # [sum]
    moves: Records  # [sum, move]
    days: Records  # [sum, day], one more at the end
    value: Ints  # [sum, bit]
    share: Floats  # [sum, bit]: part of a spanning group that lies on one of its days
    price: Floats
    begin: Longs  # [day]: where its sums begin in active
    active: Longs


class Spreads(NamedTuple):
    """Spreads of the values of a stretch of days."""

    head: Records  # [spread]
    value: Ints  # [spread, move]
    days: Records  # [spread, day], one more at the end
    begin: Longs
    active: Longs


class Program(NamedTuple):
    """All that the search needs to know of one person.

    Moves of a day stand together: those of day d from ``first[d]`` to ``first[d + 1]``.
    """

    first: Longs
    tables: Tables
    sums: Sums
    spreads: Spreads


class Bounds(NamedTuple):
    """The least cost of any way on, ``[day, last duty, guide]``: of all but sums and spreads, and with multipliers."""

    plain: Floats
    sharp: Floats
    multiplier: Floats  # [sum], none where there is no sharp bound
    back: Floats  # [sum]
    low: Longs  # [sum, day]: least and greatest value that a beam prefers before a day, none where there is no beam
    high: Longs


class Pool(NamedTuple):
    """Room to work in: labels that are kept, of all days, and candidates of one day."""

    kept: Records
    kept_state: Ints
    new: Records
    new_state: Ints


def pool(labels: int, candidates: int, width: int) -> Pool:
    """Return room for so many labels, and states of that width."""
    return Pool(
        records(labels, LABEL),
        np.zeros((labels, width), np.int32),
        records(candidates, LABEL),
        np.zeros((candidates, width), np.int32),
    )
