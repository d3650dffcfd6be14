"""The compiled search: labels along the days, each the best of its kind so far.

A label is a way to a day with its reduced cost and its state. It is dropped where another one costs so much less that
no way on can make up for it, and where even the least cost of any way on is above a tour that is known. That tour comes
from a first pass that keeps few labels a day; the second keeps all and is exact.
"""

from __future__ import annotations

import numpy as np

from staffing.requirement.compiled import compiled
from staffing.solvers.tours.moving import add, beats, due, widen
from staffing.solvers.tours.records import Floats, Longs, Pool, Program

TINY = 1e-6
"""Reduced costs that differ by less are the same."""
CHEAPEST = 12
"""Labels of other last duties that a candidate is held against."""
MORE_LABELS, MORE_CANDIDATES = -1, -2


@compiled
def search(
    program: Program, charge: Floats, pool: Pool, first_pass: int, tours: Longs, prices: Floats
) -> int:
    """Find the tours of least reduced cost.

    Parameters
    ----------
    charge
        Cost of each move, less its price; inf where it is closed.
    first_pass
        Labels a day that the first pass keeps.
    tours, prices
        ``tours[tour, day]``: moves found, and their reduced cost, the best one first.

    Returns
    -------
    int
        Number of tours, or what there is too little room for.
    """
    days = len(program.first) - 1
    bound = _bound(program, charge)
    known, most = np.inf, first_pass
    while True:
        pool.kept_state[0, :] = 0
        pool.kept[0].price, pool.kept[0].parent, pool.kept[0].move = 0.0, -1, -1
        begin, end, is_all, found = 0, 1, True, 0
        for day in range(days):
            count = _extend(program, charge, pool, bound, known, day, begin, end)
            if count < 0:
                return MORE_CANDIDATES
            order = np.argsort(pool.new["key"][:count])
            if day == days - 1:
                found = _write(pool, order, days, tours, prices)
                break
            begin, end = end, _keep(program, pool, order, day + 1, end, most)
            if end < 0:
                return MORE_LABELS
            is_all = is_all and end - begin < most
        if is_all:
            return found
        known, most = prices[found - 1] if found == len(tours) else np.inf, len(pool.kept) + 1


@compiled
def _bound(program: Program, charge: Floats) -> Floats:
    """Return the least cost of all ways on, seen by the first two tables: ``bound[day, state, state]``."""
    tables, days = program.tables, len(program.first) - 1
    last = min(1, len(tables.letter) - 1)
    most = np.ones(2, np.int64)
    for day in range(days):
        most[0] = max(most[0], tables.days[0, day].states)
        most[1] = max(most[1], tables.days[last, day].states if last else 1)
    bound = np.zeros((days + 1, most[0], most[1]))
    for day in range(days - 1, -1, -1):
        bound[day, :, :] = np.inf
        one, two = tables.days[0, day], tables.days[last, day]
        for move in range(program.first[day], program.first[day + 1]):
            if charge[move] == np.inf:
                continue
            at = one.at + tables.letter[0, move] * one.states
            other = two.at + tables.letter[last, move] * two.states
            for a in range(one.states):
                cost, to = charge[move] + tables.cost[at + a], tables.following[at + a]
                if cost == np.inf:
                    continue
                if not last:
                    bound[day, a, 0] = min(bound[day, a, 0], cost + bound[day + 1, to, 0])
                    continue
                for b in range(two.states):
                    after = bound[day + 1, to, tables.following[other + b]]
                    value = cost + tables.cost[other + b] + after
                    bound[day, a, b] = min(bound[day, a, b], value)
    return bound


@compiled
def _extend(
    program: Program,
    charge: Floats,
    pool: Pool,
    bound: Floats,
    known: float,
    day: int,
    begin: int,
    end: int,
) -> int:
    """Make every candidate of the next day; return their number."""
    tables = program.tables
    several = len(tables.letter) > 1
    count = 0
    for label in range(begin, end):
        state = pool.kept_state[label]
        settled = pool.kept[label].price - due(program.sums, day, state)
        for move in range(program.first[day], program.first[day + 1]):
            if charge[move] == np.inf:
                continue
            if count == len(pool.new):
                return -1
            row, price = pool.new_state[count], settled + charge[move]
            for k in range(len(tables.letter)):
                on = tables.days[k, day]
                at = on.at + tables.letter[k, move] * on.states + state[k]
                row[k] = tables.following[at]
                price += tables.cost[at]
            to_come = bound[day + 1, row[0], row[1] if several else 0]
            if price + to_come > known + TINY:
                continue
            price += add(program.sums, day, move, state, row)
            price += widen(program.spreads, day, move, state, row)
            key = price + to_come
            if key < np.inf and key <= known + TINY:
                new = pool.new[count]
                new.price, new.key, new.parent, new.move = price, key, label, move
                count += 1
    return count


@compiled
def _keep(program: Program, pool: Pool, order: Longs, day: int, begin: int, most: int) -> int:
    """Keep the candidates, at the most so many, that no cheaper one makes superfluous; return where they end.

    In order of their key a candidate can only be beaten by those before it: those with the same last duty, and the
    cheapest of all, are tried.
    """
    states = program.tables.days[0, day].states
    first, last = np.full(states, -1), np.full(states, -1)
    end = begin
    for candidate in order:
        new, row = pool.new[candidate], pool.new_state[candidate]
        is_beaten, turn, label = False, -1, first[row[0]]
        while not is_beaten and turn < CHEAPEST:
            if label < 0:
                turn += 1
                label = begin + turn
                if label >= end:
                    break
            is_beaten = beats(
                program,
                day,
                pool.kept_state[label],
                row,
                new.price - pool.kept[label].price + TINY,
                int(turn < 0),
            )
            label = pool.kept[label].beside if turn < 0 else -1
        if is_beaten:
            continue
        if end == len(pool.kept):
            return -1
        kept = pool.kept[end]
        kept.price, kept.parent, kept.move = new.price, new.parent, new.move
        kept.beside = -1
        pool.kept_state[end, :] = row
        if first[row[0]] < 0:
            first[row[0]] = end
        else:
            pool.kept[last[row[0]]].beside = end
        last[row[0]] = end
        end += 1
        if end - begin == most:
            break
    return end


@compiled
def _write(pool: Pool, order: Longs, days: int, tours: Longs, prices: Floats) -> int:
    """Write down the best tours, no two of them alike before the last day; return their number."""
    found = 0
    for candidate in order:
        label = pool.new[candidate].parent
        is_known = False
        for tour in range(found):
            is_known = is_known or tours[tour, days] == label
        if is_known:
            continue
        prices[found] = pool.new[candidate].price
        tours[found, days] = label
        tours[found, days - 1] = pool.new[candidate].move
        for day in range(days - 2, -1, -1):
            tours[found, day] = pool.kept[label].move
            label = pool.kept[label].parent
        found += 1
        if found == len(tours):
            break
    return found
