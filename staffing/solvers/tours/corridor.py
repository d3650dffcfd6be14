"""The corridor of a beam: values of the sums from which the rest of the tour can still keep every limit at ease.

A search that keeps few labels a day would otherwise spend all weekends in spring and lack the minutes in winter. Of
what days to come can add at most, it counts on little more than an even share over the horizon.
"""

from __future__ import annotations

import numpy as np

from staffing.requirement.compiled import compiled
from staffing.solvers.tours.records import Bounds, Floats, Ints, Longs, Program, Sums


@compiled
def corridor(program: Program, charge: Floats, margin: float) -> tuple[Longs, Longs]:
    """Return the least and greatest value that each sum should have before each day: ``[sum, day]``.

    Parameters
    ----------
    margin
        0 allows whatever can be made good by every day to come, 1 only what an even share of each day makes good.
    """
    sums = program.sums
    shape = len(sums.head), len(program.first)
    low, high = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    for q in range(shape[0]):
        head = sums.head[q]
        least, most = _reach(program, charge, q)
        width = max(1.0, most[0] - least[0])
        up = margin * max(0.0, most[0] - head.smallest) / width
        down = margin * max(0.0, head.greatest - least[0]) / width
        for day in range(shape[1]):
            room = most[day] - least[day]
            low[q, day] = np.ceil(head.smallest - most[day] + up * room)
            high[q, day] = np.floor(head.greatest - least[day] - down * room)
    return low, high


@compiled
def _reach(program: Program, charge: Floats, q: int) -> tuple[Floats, Floats]:
    """Return the least and most that a sum can still gain before each day, as far as the guide lets it.

    A spanning group is not told apart: then it is what its days allow, whatever the guide.
    """
    tables, sums, days = program.tables, program.sums, len(program.first) - 1
    least, most = np.zeros(days + 1), np.zeros(days + 1)
    if (sums.value[q] != 0).any():
        for day in range(days):
            least[day], most[day] = sums.days[q, day].least, sums.days[q, day].most
        return least, most
    low, high = np.zeros(tables.days[1, days].states), np.zeros(tables.days[1, days].states)
    for day in range(days - 1, -1, -1):
        on = tables.days[1, day]
        lower, higher = np.full(on.states, np.inf), np.full(on.states, -np.inf)
        for move in range(program.first[day], program.first[day + 1]):
            if charge[move] == np.inf:
                continue
            gain = sums.moves[q, move].gain
            at = on.at + tables.letter[1, move] * on.states
            for state in range(on.states):
                if tables.cost[at + state] < np.inf:
                    to = tables.following[at + state]
                    lower[state] = min(lower[state], low[to] + gain)
                    higher[state] = max(higher[state], high[to] + gain)
        low, high = lower, higher
        least[day], most[day] = low.min(), high.max()
    return least, most


@compiled
def outside(sums: Sums, bounds: Bounds, day: int, row: Ints) -> float:
    """Return by how much the values after a day lie outside of the corridor."""
    total = 0.0
    for n in range(sums.begin[day], sums.begin[day + 1]):
        q = sums.active[n]
        if sums.head[q].last > day:
            value = row[sums.head[q].slot]
            beyond = max(value - bounds.high[q, day + 1], bounds.low[q, day + 1] - value)
            total += max(0, beyond)
    return total
