"""The least that any way on can cost, seen by the last duty and the guide; sums enter by a price of their values.

A sum has a convex price f of its value v, so that for every multiplier m: f(v) ≥ m v − max over u of (m u − f(u)). With
the multiplier added to what each move costs, the guide's least cost is a bound for the sums too; it is the better the
nearer the multipliers come to those of the best tour, to which steps along its supergradient lead.
"""

from __future__ import annotations

import numpy as np

from staffing.requirement.compiled import compiled
from staffing.solvers.tours.moving import least_due
from staffing.solvers.tours.records import Floats, Ints, Longs, Program, Sums

STEPS = 12
"""Steps from one set of multipliers to the next, for each sum."""


@compiled
def ways_on(program: Program, charge: Floats, multiplier: Floats) -> tuple[Floats, Ints]:
    """Return the least cost of all ways on, and the move that it begins with: ``[day, last duty, guide]``."""
    tables, sums, days = program.tables, program.sums, len(program.first) - 1
    most = np.ones(2, np.int64)
    for day in range(days):
        for k in range(2):
            most[k] = max(most[k], tables.days[k, day].states)
    bound = np.full((days + 1, most[0], most[1]), np.inf)
    bound[days, :, :] = 0.0
    choice = np.zeros((days, most[0], most[1]), np.int32)
    for day in range(days - 1, -1, -1):
        one, two = tables.days[0, day], tables.days[1, day]
        for move in range(program.first[day], program.first[day + 1]):
            own = charge[move]
            if own == np.inf:
                continue
            for q in range(len(multiplier)):
                own += multiplier[q] * sums.moves[q, move].gain
            at = one.at + tables.letter[0, move] * one.states
            other = two.at + tables.letter[1, move] * two.states
            for a in range(one.states):
                cost, to = own + tables.cost[at + a], tables.following[at + a]
                if cost == np.inf:
                    continue
                for b in range(two.states):
                    after = bound[day + 1, to, tables.following[other + b]]
                    value = cost + tables.cost[other + b] + after
                    if value < bound[day, a, b]:
                        bound[day, a, b], choice[day, a, b] = value, move
    return bound, choice


@compiled
def values_of(program: Program, choice: Ints, values: Longs) -> None:
    """Write down what the sums come to along the choices that begin on the first day."""
    tables, sums = program.tables, program.sums
    values[:] = 0
    a, b = 0, 0
    for day in range(len(program.first) - 1):
        move = choice[day, a, b]
        for q in range(len(values)):
            values[q] += sums.moves[q, move].gain
        one, two = tables.days[0, day], tables.days[1, day]
        a, b = (
            tables.following[one.at + tables.letter[0, move] * one.states + a],
            tables.following[two.at + tables.letter[1, move] * two.states + b],
        )


@compiled
def conjugate(sums: Sums, q: int, multiplier: float) -> tuple[float, int]:
    """Return the most that multiplier times value can exceed the price, and at which value."""
    head = sums.head[q]
    most, best = -np.inf, head.smallest
    for value in range(head.smallest, head.greatest + 1):
        gap = multiplier * value - sums.price[head.price_at + value]
        if gap > most:
            most, best = gap, value
    return most, best


@compiled
def multiplied(program: Program, charge: Floats, known: float, multiplier: Floats) -> Floats:
    """Improve the multipliers, and return the bound of the best ones.

    Parameters
    ----------
    known
        Reduced cost of a tour, which steps are measured by; inf where none is known.
    multiplier
        Of each sum, where to begin; the best ones found are written back. A sum with spanning groups has 0.
    """
    count = len(multiplier)
    trial, values = multiplier.copy(), np.zeros(count, np.int64)
    away, step = np.zeros(count), np.zeros(count)
    best, scale = -np.inf, 1.0
    best_bound, _ = ways_on(program, charge, multiplier)
    for _ in range(STEPS * count):
        bound, choice = ways_on(program, charge, trial)
        if bound[0, 0, 0] == np.inf:
            return bound
        values_of(program, choice, values)
        reached = bound[0, 0, 0] - _against(program.sums, trial, values, away)
        if reached > best:
            best, best_bound = reached, bound
            multiplier[:], step[:] = trial, away
        else:
            scale /= 2
        length = (step**2).sum()
        if length == 0 or best >= known:
            break
        target = known if known < np.inf else best + abs(best) / 10 + 1
        trial[:] = multiplier + scale * (target - best) / length * step
    return best_bound


@compiled
def _against(sums: Sums, multiplier: Floats, values: Longs, away: Floats) -> float:
    """Return what the multipliers must be paid back; write down how far values are from those that pay it back."""
    total = 0.0
    for q in range(len(multiplier)):
        if sums.head[q].is_plain:
            most, at = conjugate(sums, q, multiplier[q])
            total += most + least_due(sums, q, sums.head[q].first, 0)
            away[q] = values[q] - at
    return total


@compiled
def paid_back(sums: Sums, multiplier: Floats) -> Floats:
    """Return, of each sum, what its multiplier must be paid back at the end."""
    back = np.zeros(len(multiplier))
    for q in range(len(multiplier)):
        if sums.head[q].is_plain:
            back[q], _ = conjugate(sums, q, multiplier[q])
    return back


@compiled
def to_add(program: Program, day: int, row: Ints, multiplier: Floats, back: Floats) -> float:
    """Return what a state adds to the bound with multipliers, in place of the least that its sums will cost."""
    sums, total = program.sums, 0.0
    for q in range(len(multiplier)):
        head = sums.head[q]
        if head.is_plain and head.last >= day:
            value = 0 if head.first >= day else row[head.slot]
            total += multiplier[q] * value - back[q]
            total -= least_due(sums, q, max(day, head.first), value)
    return total
