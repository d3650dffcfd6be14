"""The compiled search: labels along the days, each the best of its kind so far.

A label is a way to a day with its reduced cost and its state. It is dropped where another one costs so much less that
no way on can make up for it, and where even the least cost of any way on is above a tour that is known. That tour comes
from a first pass that keeps few labels a day; the second keeps all and is exact.
"""

from __future__ import annotations

import numpy as np

from staffing.requirement.compiled import compiled
from staffing.solvers.tours.moving import add, beats, due, walk, widen
from staffing.solvers.tours.records import (
    Floats,
    Ints,
    Longs,
    Pool,
    Program,
)

TINY = 1e-6
"""Reduced costs that differ by less are the same."""
CHEAPEST = 12
"""Labels of other last duties that a candidate is held against."""
FIRST_PASS = 24
"""Labels a day that the first pass keeps."""
DONE, MORE_LABELS, MORE_CANDIDATES = 0, -1, -2


@compiled
def search(
    program: Program, charge: Floats, may: Ints, pool: Pool, tours: Longs, prices: Floats
) -> int:
    """Find the tours of least reduced cost.

    Parameters
    ----------
    charge
        Cost of each move, less its price.
    may
        Which moves are open.
    tours, prices
        ``tours[tour, day]``: moves found, and their reduced cost, the best one first.

    Returns
    -------
    int
        Number of tours, or what there is too little room for.
    """
    bound = _bound(program, charge, may)
    found, is_all = _pass(program, charge, may, pool, bound, np.inf, FIRST_PASS, tours, prices)
    if found >= 0 and not is_all:
        known = prices[found - 1] if found == len(tours) else np.inf
        found, _ = _pass(program, charge, may, pool, bound, known, -1, tours, prices)
    return found


@compiled
def _bound(program: Program, charge: Floats, may: Ints) -> Floats:
    """Return the least cost of moves and last duties from each day on: ``bound[day, state]``."""
    moves, tables = program.moves, program.tables
    days = len(moves.first) - 1
    bound = np.zeros((days + 1, tables.states[0].max()))
    for day in range(days - 1, -1, -1):
        states = tables.states[0, day]
        for state in range(states):
            least = np.inf
            for move in range(moves.first[day], moves.first[day + 1]):
                if may[move]:
                    at = tables.at[0, day] + tables.letter[0, move] * states + state
                    cost = charge[move] + tables.cost[at] + bound[day + 1, tables.following[at]]
                    least = min(least, cost)
            bound[day, state] = least
    return bound


@compiled
def _pass(
    program: Program,
    charge: Floats,
    may: Ints,
    pool: Pool,
    bound: Floats,
    known: float,
    most: int,
    tours: Longs,
    prices: Floats,
) -> tuple[int, bool]:
    """Walk along the days; return the number of tours and whether no label was left out for want of room."""
    days = len(program.moves.first) - 1
    pool.price[0], pool.parent[0], pool.move[0] = 0.0, -1, -1
    pool.state[0, : len(program.start)] = program.start
    begin, end, is_all = 0, 1, True
    for day in range(days):
        count = _extend(program, charge, may, pool, bound, known, day, begin, end)
        if count < 0:
            return MORE_CANDIDATES, False
        order = np.argsort(pool.new_key[:count])
        if day == days - 1:
            return _write(program, pool, order, tours, prices), is_all
        begin = end
        end, is_whole = _keep(program, pool, order, day + 1, begin, most)
        if end < 0:
            return MORE_LABELS, False
        is_all = is_all and is_whole
    return 0, True


@compiled
def _extend(
    program: Program,
    charge: Floats,
    may: Ints,
    pool: Pool,
    bound: Floats,
    known: float,
    day: int,
    begin: int,
    end: int,
) -> int:
    """Make every candidate of the next day; return their number."""
    moves, tables, sums, spreads = program.moves, program.tables, program.sums, program.spreads
    room, count = len(pool.new_price), 0
    for label in range(begin, end):
        state = pool.state[label]
        settled = pool.price[label]
        for n in range(sums.days[day], sums.days[day + 1]):
            settled -= due(sums, sums.active[n], day, state)
        for move in range(moves.first[day], moves.first[day + 1]):
            if not may[move]:
                continue
            if count == room:
                return -1
            row = pool.new_state[count]
            price = settled + charge[move] + walk(tables, day, move, state, row)
            if price + bound[day + 1, row[0]] > known + TINY:
                continue
            for n in range(sums.days[day], sums.days[day + 1]):
                price += add(sums, sums.active[n], day, move, state, row)
            for n in range(spreads.days[day], spreads.days[day + 1]):
                price += widen(spreads, spreads.active[n], day, move, state, row)
            key = price + bound[day + 1, row[0]]
            if key < np.inf and key <= known + TINY:
                pool.new_price[count], pool.new_key[count] = price, key
                pool.new_parent[count], pool.new_move[count] = label, move
                count += 1
    return count


@compiled
def _keep(
    program: Program, pool: Pool, order: Longs, day: int, begin: int, most: int
) -> tuple[int, bool]:
    """Keep the candidates that no cheaper one makes superfluous; return where they end and whether room was left.

    In order of their key a candidate can only be beaten by those before it.
    """
    states = program.tables.states[0, day]
    first, last = np.full(states, -1), np.full(states, -1)
    end = begin
    for candidate in order:
        price, row = pool.new_price[candidate], pool.new_state[candidate]
        if _is_beaten(program, pool, day, begin, end, first[row[0]], price, row):
            continue
        if end - begin == most:
            return end, False
        if end == len(pool.price):
            return -1, False
        pool.price[end] = price
        pool.parent[end], pool.move[end] = pool.new_parent[candidate], pool.new_move[candidate]
        pool.state[end, :] = row
        pool.beside[end] = -1
        if first[row[0]] < 0:
            first[row[0]] = end
        else:
            pool.beside[last[row[0]]] = end
        last[row[0]] = end
        end += 1
    return end, True


@compiled
def _is_beaten(
    program: Program,
    pool: Pool,
    day: int,
    begin: int,
    end: int,
    alike: int,
    price: float,
    row: Ints,
) -> bool:
    """Hold a candidate against kept labels: those with the same last duty, and the cheapest of all."""
    while alike >= 0:
        if beats(program, day, pool.state[alike], row, price - pool.price[alike] + TINY, 1):
            return True
        alike = pool.beside[alike]
    for label in range(begin, min(end, begin + CHEAPEST)):
        state = pool.state[label]
        if state[0] != row[0] and beats(
            program, day, state, row, price - pool.price[label] + TINY, 0
        ):
            return True
    return False


@compiled
def _write(program: Program, pool: Pool, order: Longs, tours: Longs, prices: Floats) -> int:
    """Write down the best tours, no two of them alike before the last day; return their number."""
    days, found = len(program.moves.first) - 1, 0
    for candidate in order:
        label = pool.new_parent[candidate]
        is_known = False
        for tour in range(found):
            is_known = is_known or tours[tour, days] == label
        if is_known:
            continue
        prices[found] = pool.new_price[candidate]
        tours[found, days] = label
        tours[found, days - 1] = pool.new_move[candidate]
        for day in range(days - 2, -1, -1):
            tours[found, day] = pool.move[label]
            label = pool.parent[label]
        found += 1
        if found == len(tours):
            break
    return found
