"""What the compiled search reads: a tour's days, tables, sums and spreads as flat arrays.

A state is a row of whole numbers: one for each table, then two for each slot. A sum keeps its value and the spanning
groups it has met (bits) in its slot, a spread its smallest and greatest value; slots are used again when their days are
over.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float64]

NO_VALUE = -(1 << 30)
"""A move that a spread does not see; a spread that has seen none goes from its negative to this."""


class Moves(NamedTuple):
    """Moves of all days, one day after the other: those of day d from ``first[d]`` to ``first[d + 1]``."""

    first: Longs
    duty: Ints  # index into choices.open, or NOTHING
    cost: Floats


class Tables(NamedTuple):
    """Machines by table: what follows and costs at ``at[k, day] + letter * states[k, day] + state``.

    ``worse`` holds, at ``worse_at[k, day] + state a * states + state b``, the disadvantage of a before that day.
    """

    letter: Ints  # [k, move]
    states: Longs  # [k, day], one more at the end
    at: Longs
    following: Ints
    cost: Floats
    worse_at: Longs
    worse: Floats


class Sums(NamedTuple):
    """Sums with a convex cost by value: ``price[price_at[q] + value]``."""

    first: Longs  # day
    last: Longs
    slot: Longs
    gain: Ints  # [q, move]
    bit: Ints  # [q, move]: the spanning group that it meets, or -1
    value: Ints  # [q, bit]
    clear: Longs  # [q, day]: bits that no later day looks at
    least: Ints  # [q, day]: what can still be added before that day
    most: Ints
    low: Longs  # [q]: the values that cost least
    high: Longs
    smallest: Longs  # [q]: the values that are allowed
    greatest: Longs
    price_at: Longs  # [q]: where value 0 is
    price: Floats
    days: Longs  # [day]: where its sums begin in active
    active: Longs


class Spreads(NamedTuple):
    """Spreads of the values of a stretch of days."""

    first: Longs
    last: Longs
    slot: Longs
    value: Ints  # [p, move]
    start_low: Longs  # what is carried in
    start_high: Longs
    low: Longs  # [p, day]: least and greatest value that may still come
    high: Longs
    limit: Longs
    step: Longs
    unit: Floats  # inf for a must
    days: Longs
    active: Longs


class Program(NamedTuple):
    """All that the search needs to know of one person."""

    moves: Moves
    tables: Tables
    sums: Sums
    spreads: Spreads
    start: Ints  # state before the first day


class Pool(NamedTuple):
    """Room to work in: labels that are kept, of all days, and candidates of one day."""

    price: Floats  # reduced cost
    parent: Longs
    move: Longs
    state: Ints
    beside: Longs  # the next label of the same day with the same state of the first table
    new_price: Floats
    new_key: Floats
    new_parent: Longs
    new_move: Longs
    new_state: Ints


def pool(labels: int, candidates: int, width: int) -> Pool:
    """Return room for so many."""
    return Pool(
        np.empty(labels),
        np.empty(labels, np.int64),
        np.empty(labels, np.int64),
        np.empty((labels, width), np.int32),
        np.empty(labels, np.int64),
        np.empty(candidates),
        np.empty(candidates),
        np.empty(candidates, np.int64),
        np.empty(candidates, np.int64),
        np.empty((candidates, width), np.int32),
    )
