"""One move of a state, and how two states compare: what tables, sums and spreads make of them; compiled.

Whatever must come is charged as soon as it is known, so that what is left to pay is at least 0.
"""

from __future__ import annotations

import numpy as np

from staffing.requirement.compiled import compiled
from staffing.solvers.tours.records import NO_VALUE, Ints, Program, Spreads, Sums, Tables


@compiled
def walk(tables: Tables, day: int, move: int, state: Ints, row: Ints) -> float:
    """Let every table take a move; return what it costs."""
    cost = 0.0
    for k in range(len(tables.letter)):
        at = tables.at[k, day] + tables.letter[k, move] * tables.states[k, day] + state[k]
        row[k] = tables.following[at]
        cost += tables.cost[at]
    return cost


@compiled
def due(sums: Sums, q: int, day: int, state: Ints) -> float:
    """Return the least that a sum will cost, seen from before a day."""
    value = 0 if day == sums.first[q] else state[sums.slot[q]]
    return _least(sums, q, value + sums.least[q, day], value + sums.most[q, day])


@compiled
def add(sums: Sums, q: int, day: int, move: int, state: Ints, row: Ints) -> float:
    """Let a sum take a move; return the least that it will cost then."""
    slot = sums.slot[q]
    value, met = 0, 0
    if day > sums.first[q]:
        value, met = state[slot], state[slot + 1]
    value += sums.gain[q, move]
    bit = sums.bit[q, move]
    if bit >= 0 and not met >> bit & 1:
        value += sums.value[q, bit]
        met |= 1 << bit
    row[slot], row[slot + 1] = value, met & ~sums.clear[q, day]
    return _least(sums, q, value + sums.least[q, day + 1], value + sums.most[q, day + 1])


@compiled
def _least(sums: Sums, q: int, low: int, high: int) -> float:
    """Return the least price of the values from low to high: convex, it falls, lies level and rises."""
    value = min(high, max(low, sums.low[q]))
    price: float = sums.price[sums.price_at[q] + value]
    return price


@compiled
def widen(spreads: Spreads, p: int, day: int, move: int, state: Ints, row: Ints) -> float:
    """Let a spread take a move; return what it costs more."""
    slot = spreads.slot[p]
    low, high = state[slot], state[slot + 1]
    if day == spreads.first[p]:
        low, high = spreads.start_low[p], spreads.start_high[p]
    value = spreads.value[p, move]
    row[slot], row[slot + 1] = low, high
    if value == NO_VALUE:
        return 0.0
    row[slot], row[slot + 1] = min(low, value), max(high, value)
    return _steps(spreads, p, row[slot + 1] - row[slot]) - _steps(spreads, p, high - low)


@compiled
def _steps(spreads: Spreads, p: int, width: int) -> float:
    """Return what a width costs."""
    beyond = width - spreads.limit[p]
    return 0.0 if beyond <= 0 else spreads.unit[p] * (-(-beyond // spreads.step[p]))


@compiled
def beats(
    program: Program, day: int, one: Ints, other: Ints, saved: float, first_table: int
) -> bool:
    """Tell whether whatever follows costs the one at most ``saved`` more than the other."""
    tables, sums, spreads = program.tables, program.sums, program.spreads
    for k in range(first_table, len(tables.letter)):
        if one[k] != other[k]:
            saved -= tables.worse[
                tables.worse_at[k, day] + one[k] * tables.states[k, day] + other[k]
            ]
            if saved < 0:
                return False
    for n in range(sums.days[day - 1], sums.days[day]):
        q = sums.active[n]
        slot = sums.slot[q]
        if sums.last[q] >= day and (one[slot] != other[slot] or one[slot + 1] != other[slot + 1]):
            saved -= _sum_worse(sums, q, day, one, other)
            if saved < 0:
                return False
    for n in range(spreads.days[day - 1], spreads.days[day]):
        p = spreads.active[n]
        slot = spreads.slot[p]
        if spreads.last[p] >= day and (
            one[slot] != other[slot] or one[slot + 1] != other[slot + 1]
        ):
            saved -= _spread_worse(spreads, p, day, one, other)
            if saved < 0:
                return False
    return True


@compiled
def _sum_worse(sums: Sums, q: int, day: int, one: Ints, other: Ints) -> float:
    """Return the disadvantage in a sum: what it will cost at the most, less what is already counted as due."""
    slot = sums.slot[q]
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
    most = _price_gap(sums, q, day, one[slot] + low, other[slot])
    if high > low:
        most = max(most, _price_gap(sums, q, day, one[slot] + high, other[slot]))
    return most - due(sums, q, day, one) + due(sums, q, day, other)


@compiled
def _price_gap(sums: Sums, q: int, day: int, one: int, other: int) -> float:
    """Return the most that one value can come to cost above the other, with the same added to both.

    The price is convex: the gap is widest where most is added to the greater value, or least to the smaller one.
    """
    at = sums.price_at[q]
    if one > other:
        more = min(sums.most[q, day], sums.greatest[q] - other)
    else:
        more = max(sums.least[q, day], sums.smallest[q] - other)
    paid = sums.price[at + other + more]
    return 0.0 if paid == np.inf else sums.price[at + one + more] - paid


@compiled
def _spread_worse(spreads: Spreads, p: int, day: int, one: Ints, other: Ints) -> float:
    """Return the disadvantage in a spread, by how much wider one may come to be than the other."""
    slot = spreads.slot[p]
    low, high = spreads.low[p, day], spreads.high[p, day]
    if low > high or one[slot] > one[slot + 1]:
        wider = 0
    elif other[slot] > other[slot + 1]:
        wider = max(high - one[slot], one[slot + 1] - low, one[slot + 1] - one[slot])
    else:
        wider = max(0, other[slot] - one[slot]) + max(0, one[slot + 1] - other[slot + 1])
    had = _steps(spreads, p, other[slot + 1] - other[slot])
    had -= _steps(spreads, p, one[slot + 1] - one[slot])
    if low > high or wider == 0:
        return had if low <= high else 0.0
    widest = _steps(spreads, p, max(high, one[slot + 1]) - min(low, one[slot]))
    gap: float = spreads.unit[p] * (-(-wider // spreads.step[p]))
    return had + min(widest, gap)
