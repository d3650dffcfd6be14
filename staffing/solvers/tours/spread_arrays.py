"""Spreads as arrays for the search."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from staffing.domain.objective import Level
from staffing.model.forms import Spread
from staffing.solvers.tours.days import NOTHING, Days
from staffing.solvers.tours.records import (
    NO_VALUE,
    SPREAD,
    SPREAD_DAY,
    Ints,
    Longs,
    Spreads,
    records,
)
from staffing.solvers.tours.slots import active, slots


def carried_width(form: Spread, days: Days) -> int:
    """Return the steps that the carried duties alone are too far apart."""
    carried = [value for p, value in form.values if days.choices.is_carried(p)]
    width = max(carried, default=0) - min(carried, default=0)
    return -(-max(0, width - form.limit) // form.step)


def is_idle(form: Spread, days: Days) -> bool:
    """Tell whether the values can never lie far enough apart to matter, whatever the tour."""
    values = [value for p, value in form.values if days.choices.is_carried(p) or days.opened((p,))]
    if all(
        days.choices.is_carried(p)
        for p, _ in form.values
        if days.choices.is_carried(p) or days.opened((p,))
    ):
        return True
    return max(values, default=0) - min(values, default=0) <= form.limit


def spread_arrays(
    forms: Sequence[Spread], days: Days, moves: Ints, first: Longs, offset: int
) -> Spreads:
    """Return the arrays of spreads; their slots begin at ``offset`` of a state."""
    head = records(len(forms), SPREAD)
    value = np.full((len(forms), len(moves)), NO_VALUE, np.int32)
    by_day = records((len(forms), len(days.moves) + 1), SPREAD_DAY)
    spans = []
    for p, form in enumerate(forms):
        values = {position - days.carried: own for position, own in form.values}
        value[p] = [NO_VALUE if i == NOTHING else values.get(int(i), NO_VALUE) for i in moves]
        on = np.flatnonzero([(value[p, a:b] != NO_VALUE).any() for a, b in pairwise(first)])
        spans.append((int(on[0]), int(on[-1])))
        for day in range(len(days.moves) + 1):
            left = value[p, first[day] :]
            left = left[left != NO_VALUE]
            low, high = left.min(initial=-NO_VALUE), left.max(initial=NO_VALUE)
            by_day[p]["low"][day], by_day[p]["high"][day] = low, high
    for p, (form, slot) in enumerate(zip(forms, slots(spans), strict=True)):
        carried = [own for position, own in form.values if days.choices.is_carried(position)]
        start = min(carried, default=-NO_VALUE), max(carried, default=NO_VALUE)
        unit = np.inf if form.level is Level.MUST else float(form.unit_cost)
        head[p] = (*spans[p], offset + 2 * slot, *start, form.limit, form.step, unit)
    return Spreads(head, value, by_day, *active(spans, len(days.moves)))
