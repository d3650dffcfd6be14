"""Spreads as arrays for the search."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from staffing.domain.objective import Level
from staffing.model.forms import Spread
from staffing.solvers.tours.days import NOTHING, Days
from staffing.solvers.tours.records import NO_VALUE, Ints, Longs, Spreads
from staffing.solvers.tours.slots import by_day, slots


class _Arrays:
    """One spread."""

    def __init__(self, form: Spread, days: Days, moves: Ints, first: Longs) -> None:
        values = {p - days.carried: value for p, value in form.values}
        self.value = [NO_VALUE if i == NOTHING else values.get(int(i), NO_VALUE) for i in moves]
        carried = [value for p, value in form.values if days.choices.is_carried(p)]
        self.start_low = min(carried, default=-NO_VALUE)
        self.start_high = max(carried, default=NO_VALUE)
        seen = [
            [value for value in self.value[a:b] if value != NO_VALUE] for a, b in pairwise(first)
        ]
        on = [day for day, found in enumerate(seen) if found]
        self.span = (on[0], on[-1]) if on else (0, -1)
        lows = [min(found, default=-NO_VALUE) for found in seen] + [-NO_VALUE]
        highs = [max(found, default=NO_VALUE) for found in seen] + [NO_VALUE]
        self.low = np.minimum.accumulate(lows[::-1])[::-1]
        self.high = np.maximum.accumulate(highs[::-1])[::-1]
        self.limit, self.step = form.limit, form.step
        self.unit = np.inf if form.level is Level.MUST else float(form.unit_cost)


def carried_width(form: Spread, days: Days) -> int:
    """Return the steps that the carried duties alone are too far apart."""
    carried = [value for p, value in form.values if days.choices.is_carried(p)]
    width = max(carried, default=0) - min(carried, default=0)
    return -(-max(0, width - form.limit) // form.step)


def is_idle(form: Spread, days: Days) -> bool:
    """Tell whether the values can never lie far enough apart to matter, whatever the tour."""
    values = [value for p, value in form.values if days.choices.is_carried(p) or days.opened((p,))]
    return max(values, default=0) - min(values, default=0) <= form.limit


def spread_arrays(
    forms: Sequence[Spread], days: Days, moves: Ints, first: Longs, offset: int
) -> Spreads:
    """Return the arrays of spreads; their slots begin at ``offset`` of a state."""
    made = [_Arrays(form, days, moves, first) for form in forms]
    spans = [one.span for one in made]
    day_begins, active = by_day(spans, len(days.moves))

    def longs(name: str) -> Longs:
        return np.array([getattr(one, name) for one in made], np.int64)

    return Spreads(
        first=np.array([a for a, _ in spans], np.int64),
        last=np.array([b for _, b in spans], np.int64),
        slot=np.array([offset + 2 * slot for slot in slots(spans)], np.int64),
        value=np.array([one.value for one in made], np.int32).reshape(len(made), len(moves)),
        start_low=longs("start_low"),
        start_high=longs("start_high"),
        low=longs("low").reshape(len(made), -1 if made else 1),
        high=longs("high").reshape(len(made), -1 if made else 1),
        limit=longs("limit"),
        step=longs("step"),
        unit=np.array([one.unit for one in made]),
        days=day_begins,
        active=active,
    )
