"""One move of a state, and how two states compare: what tables, sums and spreads make of them; compiled.

Whatever must come is charged as soon as it is known, so that what is left to pay is at least 0.
"""

from __future__ import annotations

import numpy as np

from staffing.requirement.compiled import compiled
from staffing.solvers.tours.records import NO_VALUE, Ints, Program, Spreads, Sums


@compiled
def due(sums: Sums, day: int, state: Ints) -> float:
    """Return the least that the sums of a day will cost, seen from before it."""
    total = 0.0
    for n in range(sums.begin[day], sums.begin[day + 1]):
        q = sums.active[n]
        value = 0 if day == sums.head[q].first else state[sums.head[q].slot]
        total += least_due(sums, q, day, value)
    return total


@compiled
def least_due(sums: Sums, q: int, day: int, value: int) -> float:
    """Return the least that a sum can cost: the price is convex, it falls, lies level and rises."""
    one, on = sums.head[q], sums.days[q, day]
    value = min(value + on.most, max(value + on.least, one.best))
    price: float = sums.price[one.price_at + value]
    return price


@compiled
def add(sums: Sums, day: int, move: int, state: Ints, row: Ints) -> float:
    """Let the sums of a day take a move; return the least that they will cost then."""
    total = 0.0
    for n in range(sums.begin[day], sums.begin[day + 1]):
        q = sums.active[n]
        slot = sums.head[q].slot
        value, met = 0, 0
        if day > sums.head[q].first:
            value, met = state[slot], state[slot + 1]
        value += sums.moves[q, move].gain
        bit = sums.moves[q, move].bit
        if bit >= 0 and not met >> bit & 1:
            value += sums.value[q, bit]
            met |= 1 << bit
        row[slot], row[slot + 1] = value, met & ~sums.days[q, day].clear
        total += least_due(sums, q, day + 1, value)
    return total


@compiled
def widen(spreads: Spreads, day: int, move: int, state: Ints, row: Ints) -> float:
    """Let the spreads of a day take a move; return what they cost more."""
    total = 0.0
    for n in range(spreads.begin[day], spreads.begin[day + 1]):
        p = spreads.active[n]
        one = spreads.head[p]
        low, high = state[one.slot], state[one.slot + 1]
        if day == one.first:
            low, high = one.start_low, one.start_high
        value = spreads.value[p, move]
        if value != NO_VALUE:
            total -= _steps(spreads, p, high - low)
            low, high = min(low, value), max(high, value)
            total += _steps(spreads, p, high - low)
        row[one.slot], row[one.slot + 1] = low, high
    return total


@compiled
def _steps(spreads: Spreads, p: int, width: int) -> float:
    """Return what a width costs."""
    one = spreads.head[p]
    beyond = width - one.limit
    return 0.0 if beyond <= 0 else one.unit * (-(-beyond // one.step))


@compiled
def beats(
    program: Program, day: int, one: Ints, other: Ints, saved: float, has_same_duty: bool
) -> bool:
    """Tell whether whatever follows costs the one at most ``saved`` more than the other."""
    tables, sums, spreads = program.tables, program.sums, program.spreads
    if not has_same_duty:
        on = tables.days[0, day]
        saved -= tables.worse[on.worse_at + one[0] * on.states + other[0]]
        if saved < 0:
            return False
    for k in range(2, len(tables.letter)):
        if one[k] != other[k]:
            on = tables.days[k, day]
            saved -= tables.worse[on.worse_at + one[k] * on.states + other[k]]
            if saved < 0:
                return False
    for n in range(spreads.begin[day - 1], spreads.begin[day]):
        p = spreads.active[n]
        slot = spreads.head[p].slot
        if spreads.head[p].last >= day and (
            one[slot] != other[slot] or one[slot + 1] != other[slot + 1]
        ):
            saved -= _spread_worse(spreads, p, day, one, other)
            if saved < 0:
                return False
    for n in range(sums.begin[day - 1], sums.begin[day]):
        q = sums.active[n]
        slot = sums.head[q].slot
        if sums.head[q].last >= day and (
            one[slot] != other[slot] or one[slot + 1] != other[slot + 1]
        ):
            saved -= _sum_worse(sums, q, day, one, other)
            if saved < 0:
                return False
    return True


@compiled
def _sum_worse(sums: Sums, q: int, day: int, one: Ints, other: Ints) -> float:
    """Return the disadvantage in a sum: what it will cost at the most, less what is already counted as due."""
    slot = sums.head[q].slot
    low, high = (
        0,
        0,
    )  # what a spanning group that only one of them has met may add to it or take from it
    differ = one[slot + 1] ^ other[slot + 1]
    bit = 0
    while differ >> bit:
        if differ >> bit & 1:
            value = sums.value[q, bit] * (1 - 2 * (one[slot + 1] >> bit & 1))
            low, high = low + min(0, value), high + max(0, value)
        bit += 1
    most = -np.inf
    for met in range(2):
        most = max(most, _price_gap(sums, q, day, one[slot] + (high if met else low), other[slot]))
    return most - least_due(sums, q, day, one[slot]) + least_due(sums, q, day, other[slot])


@compiled
def _price_gap(sums: Sums, q: int, day: int, one: int, other: int) -> float:
    """Return the most that one value can come to cost above the other, with the same added to both.

    The price is convex: the gap is widest where most is added to the greater value, or least to the smaller one.
    """
    head, on = sums.head[q], sums.days[q, day]
    most, least = min(on.most, head.greatest - other), max(on.least, head.smallest - other)
    more = most if one > other else least
    paid = sums.price[head.price_at + other + more]
    return 0.0 if paid == np.inf else sums.price[head.price_at + one + more] - paid


@compiled
def _spread_worse(spreads: Spreads, p: int, day: int, one: Ints, other: Ints) -> float:
    """Return the disadvantage in a spread, by how much wider one may come to be than the other."""
    slot = spreads.head[p].slot
    low, high = spreads.days[p, day].low, spreads.days[p, day].high
    if low > high:
        return 0.0
    first, last = one[slot], one[slot + 1]
    if first > last:
        wider = 0
    elif other[slot] > other[slot + 1]:
        wider = max(high - first, last - low, last - first)
    else:
        wider = max(0, other[slot] - first) + max(0, last - other[slot + 1])
    had = _steps(spreads, p, other[slot + 1] - other[slot]) - _steps(spreads, p, last - first)
    if wider == 0:
        return had
    gap: float = spreads.head[p].unit * (-(-wider // spreads.head[p].step))
    return had + min(gap, _steps(spreads, p, max(high, last) - min(low, first)))
