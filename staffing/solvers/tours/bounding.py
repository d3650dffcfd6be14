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

STEPS, QUICK_STEPS = 12, 4
"""Steps from one set of multipliers to the next, for each sum, and where few labels are kept."""


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
    charged = charge.copy()
    every = np.arange(len(charge))
    for q in range(len(multiplier)):
        if multiplier[q] != 0:
            charged += multiplier[q] * _priced(sums, q, multiplier[q], every)
    # Of the moves that tables do not tell apart the cheapest will do.
    cheapest, by = np.zeros(0), np.zeros(0, np.int32)
    for day in range(days - 1, -1, -1):
        one, two = tables.days[0, day], tables.days[1, day]
        letters = (tables.days[1, day + 1].at - two.at) // two.states
        kinds = (tables.days[0, day + 1].at - one.at) // one.states * letters
        if kinds > len(cheapest):
            cheapest, by = np.zeros(kinds), np.zeros(kinds, np.int32)
        cheapest[:kinds] = np.inf
        for move in range(program.first[day], program.first[day + 1]):
            own = charged[move]
            kind = tables.letter[0, move] * letters + tables.letter[1, move]
            if own < cheapest[kind]:
                cheapest[kind], by[kind] = own, move
        for kind in range(kinds):
            own = cheapest[kind]
            if own == np.inf:
                continue
            at = one.at + kind // letters * one.states
            other = two.at + kind % letters * two.states
            for a in range(one.states):
                cost, to = own + tables.cost[at + a], tables.following[at + a]
                if cost == np.inf:
                    continue
                for b in range(two.states):
                    after = bound[day + 1, to, tables.following[other + b]]
                    value = cost + tables.cost[other + b] + after
                    if value < bound[day, a, b]:
                        bound[day, a, b], choice[day, a, b] = value, by[kind]
    return bound, choice


@compiled
def _priced(sums: Sums, q: int, multiplier: float, moves: Longs) -> Floats:
    """Return what moves add to a sum as the multiplier prices it.

    Of a spanning group the guide does not know whether it is met: at a cost each of its days bears a part, for a reward
    each has it whole, so that the sum of the days is no more than what the group costs.
    """
    found = np.empty(len(moves))
    for n in range(len(moves)):
        one = sums.moves[q, moves[n]]
        found[n] = one.gain
        if one.bit >= 0:
            value = sums.value[q, one.bit]
            found[n] += value * sums.share[q, one.bit] if multiplier * value > 0 else value
    return found


@compiled
def values_of(program: Program, choice: Ints, multiplier: Floats, values: Floats) -> None:
    """Write down what the sums come to, as they are priced, along the choices that begin on the first day."""
    tables, days = program.tables, len(program.first) - 1
    moves = np.zeros(days, np.int64)
    a, b = 0, 0
    for day in range(days):
        move = moves[day] = choice[day, a, b]
        one, two = tables.days[0, day], tables.days[1, day]
        a, b = (
            tables.following[one.at + tables.letter[0, move] * one.states + a],
            tables.following[two.at + tables.letter[1, move] * two.states + b],
        )
    for q in range(len(values)):
        values[q] = _priced(program.sums, q, multiplier[q], moves).sum()


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
def multiplied(
    program: Program, charge: Floats, known: float, multiplier: Floats, steps: int
) -> Floats:
    """Improve the multipliers, and return the bound of the best ones.

    Parameters
    ----------
    known
        Reduced cost of a tour, which steps are measured by; inf where none is known.
    multiplier
        Of each sum, where to begin; the best ones found are written back.
    steps
        How many to take for each sum.
    """
    count = len(multiplier)
    trial, values = multiplier.copy(), np.zeros(count)
    away, step = np.zeros(count), np.zeros(count)
    best, scale = -np.inf, 1.0
    best_bound, _ = ways_on(program, charge, multiplier)
    for _ in range(steps * count):
        bound, choice = ways_on(program, charge, trial)
        if bound[0, 0, 0] == np.inf:
            return bound
        values_of(program, choice, trial, values)
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
def _against(sums: Sums, multiplier: Floats, values: Floats, away: Floats) -> float:
    """Return what the multipliers must be paid back; write down how far values are from those that pay it back."""
    total = 0.0
    for q in range(len(multiplier)):
        most, at = conjugate(sums, q, multiplier[q])
        total += most + least_due(sums, q, sums.head[q].first, 0)
        away[q] = values[q] - at
    return total


@compiled
def paid_back(sums: Sums, multiplier: Floats) -> Floats:
    """Return, of each sum, what its multiplier must be paid back at the end."""
    back = np.zeros(len(multiplier))
    for q in range(len(multiplier)):
        back[q], _ = conjugate(sums, q, multiplier[q])
    return back


@compiled
def to_add(program: Program, day: int, row: Ints, multiplier: Floats, back: Floats) -> float:
    """Return what a state adds to the bound with multipliers, in place of the least that its sums will cost."""
    sums, total = program.sums, 0.0
    for q in range(len(multiplier)):
        head = sums.head[q]
        if head.last >= day:
            value, met = 0, 0
            if head.first < day:
                value, met = row[head.slot], row[head.slot + 1]
            total += multiplier[q] * value - back[q]
            total -= least_due(sums, q, max(day, head.first), value)
            bit = 0
            while met >> bit:
                # Days to come of a group that is met are priced once more.
                if met >> bit & 1 and multiplier[q] * sums.value[q, bit] > 0:
                    total -= multiplier[q] * sums.value[q, bit] * (1 - sums.share[q, bit])
                bit += 1
    return total
