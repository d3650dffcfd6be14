"""The compiled search: labels along the days, each the best of its kind so far.

A label is a way to a day with its reduced cost and its state. It is dropped where another one costs so much less that
no way on can make up for it, and where even the least cost of any way on is above a tour that is known. That tour comes
from passes that keep few labels a day; the last one keeps all and is exact. Where even the last one is to keep few, it
is a beam: a few labels of each state that tables tell apart, within a corridor of the sums.
"""

from __future__ import annotations

import numpy as np

from staffing.requirement.compiled import compiled
from staffing.solvers.tours.bounding import (
    QUICK_STEPS,
    STEPS,
    multiplied,
    paid_back,
    to_add,
    ways_on,
)
from staffing.solvers.tours.corridor import corridor, outside
from staffing.solvers.tours.moving import add, beats, due, widen
from staffing.solvers.tours.records import Bounds, Floats, Longs, Pool, Program

COMPILED_WITH = "d19e74d9"
"""CRC-32 of `records`, `moving`, `bounding` and `corridor`: code on disk is made anew only when this file changes."""
TINY = 1e-6
"""Reduced costs that differ by less are the same."""
CHEAPEST = 12
"""Labels of other last duties that a candidate is held against."""
WIDER = 8
"""How many times as many labels the second pass of an exact search keeps."""
EVERY_LABEL = 1 << 40
MARGINS = (0.3, 0.65, 0.9)
"""Of the corridor, one after the other until a beam comes to its end."""
ASTRAY = 1e9
"""What a unit outside of the corridor adds to the key of a label: it comes after those within."""
SHARE, FEWEST = 16, 2
"""Part of the labels, and how many at least, that a beam keeps of one state of last duty and guide."""
MORE_LABELS, MORE_CANDIDATES = -1, -2


@compiled
def search(
    program: Program,
    charge: Floats,
    pool: Pool,
    first_pass: int,
    last_pass: int,
    known: float,
    tours: Longs,
    prices: Floats,
) -> int:
    """Find the tours of least reduced cost.

    Parameters
    ----------
    charge
        Cost of each move, less its price; inf where it is closed.
    first_pass, last_pass
        Labels a day that the first pass keeps, and the last one, which is exact if that is `EVERY_LABEL`.
    known
        Reduced cost of a tour that is known: dearer ones are of no use; inf if there is none.
    tours, prices
        ``tours[tour, day]``: moves found, and their reduced cost, the best one first.

    Returns
    -------
    int
        Number of tours, or what there is too little room for.
    """
    is_exact = last_pass == EVERY_LABEL
    bounds, floor = _bounded(program, charge, pool, known, STEPS if is_exact else QUICK_STEPS)
    most, found, margin = first_pass, 0, 0
    while True:
        best = min(known, prices[0]) if found else known
        found, is_all = _pass(program, charge, pool, bounds, best, most, tours, prices, found)
        if found < 0 or is_all or (found and prices[0] <= floor + TINY):
            return found
        if most == first_pass and is_exact:
            most = WIDER * first_pass
        elif most != last_pass:
            most = last_pass
        elif found or known < np.inf or margin == len(MARGINS):
            return found
        if not is_exact:
            low, high = corridor(program, charge, MARGINS[margin])
            bounds = Bounds(bounds.plain, bounds.sharp, bounds.multiplier, bounds.back, low, high)
            margin += 1


@compiled
def _bounded(
    program: Program, charge: Floats, pool: Pool, known: float, steps: int
) -> tuple[Bounds, float]:
    """Return the least cost of any way on, sharpened by what sums come to, and the least cost of any tour.

    Sums come before the first pass: which labels are worth keeping depends on them where hours to work are few or many.
    """
    multiplier = np.zeros(len(program.sums.head))
    nowhere = np.zeros((0, 0), np.int64)
    plain, _ = ways_on(program, charge, multiplier)
    floor = plain[0, 0, 0]
    if len(multiplier) == 0 or floor == np.inf:
        return Bounds(plain, plain, np.zeros(0), np.zeros(0), nowhere, nowhere), floor
    sharp = multiplied(program, charge, known, multiplier, steps)
    back = paid_back(program.sums, multiplier)
    pool.kept_state[0, :] = 0
    more = to_add(program, 0, pool.kept_state[0], multiplier, back)
    floor = max(floor, sharp[0, 0, 0] + more)
    return Bounds(plain, sharp, multiplier, back, nowhere, nowhere), floor


@compiled
def floor_of(program: Program, charge: Floats, pool: Pool) -> float:
    """Return a bound below the reduced cost of every tour, without a search."""
    return _bounded(program, charge, pool, np.inf, STEPS)[1]


@compiled
def _pass(
    program: Program,
    charge: Floats,
    pool: Pool,
    bounds: Bounds,
    known: float,
    most: int,
    tours: Longs,
    prices: Floats,
    found: int,
) -> tuple[int, bool]:
    """Walk along the days, with at most so many labels on each.

    Returns
    -------
    int, bool
        Number of tours with those found before, and whether no label was left out.
    """
    days = len(program.first) - 1
    pool.kept_state[0, :] = 0
    pool.kept[0].price, pool.kept[0].parent, pool.kept[0].move = 0.0, -1, -1
    begin, end, is_all, is_beam = 0, 1, True, len(bounds.low) > 0
    for day in range(days):
        count = _extend(program, charge, pool, bounds, known, day, begin, end)
        if count < 0:
            return MORE_CANDIDATES, False
        order = np.argsort(pool.new["key"][:count])
        if day == days - 1:
            return _write(pool, order, days, tours, prices, found), is_all
        begin, end = end, _keep(program, pool, order, day + 1, end, most, is_beam)
        if end < 0:
            return MORE_LABELS, False
        is_all = is_all and end - begin < most and not is_beam
    return found, is_all


@compiled
def _extend(
    program: Program,
    charge: Floats,
    pool: Pool,
    bounds: Bounds,
    known: float,
    day: int,
    begin: int,
    end: int,
) -> int:
    """Make every candidate of the next day; return their number."""
    tables = program.tables
    is_sharp = len(bounds.multiplier) > 0
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
            to_come = bounds.plain[day + 1, row[0], row[1]]
            if price + to_come > known + TINY:
                continue
            price += add(program.sums, day, move, state, row)
            price += widen(program.spreads, day, move, state, row)
            key = price + to_come
            if is_sharp:
                more = to_add(program, day + 1, row, bounds.multiplier, bounds.back)
                key = max(key, price + bounds.sharp[day + 1, row[0], row[1]] + more)
            if key < np.inf and key <= known + TINY:
                if len(bounds.low):
                    key += ASTRAY * outside(program.sums, bounds, day, row)
                new = pool.new[count]
                new.price, new.key, new.parent, new.move = price, key, label, move
                count += 1
    return count


@compiled
def _keep(
    program: Program, pool: Pool, order: Longs, day: int, begin: int, most: int, is_beam: bool
) -> int:
    """Keep the candidates, at the most so many, that no cheaper one makes superfluous; return where they end.

    In order of their key a candidate can only be beaten by those before it: those with the same last duty, and the
    cheapest of all, are tried.
    """
    states = program.tables.days[0, day].states
    first, last = np.full(states, -1), np.full(states, -1)
    alike = np.zeros((states, program.tables.days[1, day].states), np.int64)
    share = max(FEWEST, most // SHARE)
    end = begin
    for candidate in order:
        new, row = pool.new[candidate], pool.new_state[candidate]
        if is_beam and alike[row[0], row[1]] == share:
            continue
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
                turn < 0,
            )
            label = pool.kept[label].beside if turn < 0 else -1
        if is_beaten:
            continue
        if end == len(pool.kept):
            return -1
        kept = pool.kept[end]
        kept.price, kept.parent, kept.move = new.price, new.parent, new.move
        kept.beside = -1
        alike[row[0], row[1]] += 1
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
def _write(pool: Pool, order: Longs, days: int, tours: Longs, prices: Floats, before: int) -> int:
    """Write down the best tours, no two of a pass alike before the last day; return their number with those before."""
    found, made = before, 0
    parents = np.full(len(tours), -1)
    tour = np.zeros(days, np.int64)
    for candidate in order:
        label, price = pool.new[candidate].parent, pool.new[candidate].price
        if made == len(tours) or (found == len(tours) and price >= prices[found - 1]):
            break
        if (parents[:made] == label).any():
            continue
        parents[made] = label
        made += 1
        tour[days - 1] = pool.new[candidate].move
        for day in range(days - 2, -1, -1):
            tour[day] = pool.kept[label].move
            label = pool.kept[label].parent
        is_known, place = False, 0
        for n in range(found):
            is_known = is_known or (tours[n] == tour).all()
            place += prices[n] <= price
        if is_known:
            continue
        found = min(found + 1, len(tours))
        for n in range(found - 1, place, -1):
            tours[n], prices[n] = tours[n - 1], prices[n - 1]
        tours[place], prices[place] = tour, price
    return found
