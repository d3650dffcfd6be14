"""Sums of many values as arrays for the search."""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd

import numpy as np

from staffing.solvers.tours.days import NOTHING, Days
from staffing.solvers.tours.records import Ints, Longs, Sums
from staffing.solvers.tours.slots import by_day, slots
from staffing.solvers.tours.totals import Sum

MOST_BITS = 30


def bits_of(total: Sum) -> list[int] | None:
    """Return a bit for each spanning group, which groups of one value share one after the other.

    None where a sum needs more bits than there are, or a duty lies in two spanning groups.
    """
    held = [i for group, _ in total.spanning for i in group]
    if len(set(held)) < len(held):
        return None
    values = [value for _, value in total.spanning]
    spans = [
        (min(total.days.day_of[i] for i in group), last)
        for (group, _), last in zip(total.spanning, total.last_day_of_group, strict=True)
    ]
    bits, taken = [0] * len(values), 0
    for value in sorted(set(values)):
        alike = [k for k, own in enumerate(values) if own == value]
        own = slots([spans[k] for k in alike])
        for k, slot in zip(alike, own, strict=True):
            bits[k] = taken + slot
        taken += max(own) + 1
    return bits if taken <= MOST_BITS else None


class _Arrays:
    """One sum in units of the greatest common divisor of its values."""

    def __init__(self, total: Sum, moves: Ints, first: Longs) -> None:
        unit = gcd(*total.single.values(), *(value for _, value in total.spanning)) or 1
        least, most = (part // unit for part in total.reach)
        days, bits = total.days, bits_of(total) or []
        spare = 2 * sum(abs(value) // unit for _, value in total.spanning)
        values = np.arange(least[0] - spare, most[0] + spare + 1)
        self.price = total.cost(values * unit)
        self.zero = int(-values[0])
        allowed = values[np.isfinite(self.price)]
        self.smallest, self.greatest = int(allowed[0]), int(allowed[-1])
        best = values[self.price == self.price.min()]
        self.low, self.high = best[0], best[-1]
        self.least, self.most = least, most
        self.gain = np.array(
            [0 if i == NOTHING else total.single.get(int(i), 0) // unit for i in moves], np.int32
        )
        self.value = np.zeros(MOST_BITS + 1, np.int32)
        self.clear = np.zeros(len(days.moves) + 1, np.int64)
        bit_of: dict[int, int] = {}
        for k, (group, value) in enumerate(total.spanning):
            bit_of |= dict.fromkeys(group, bits[k])
            self.value[bits[k]] = value // unit
            self.clear[total.last_day_of_group[k]] |= 1 << bits[k]
        self.bit = np.array([bit_of.get(int(i), -1) for i in moves], np.int32)


def sum_arrays(totals: Sequence[Sum], days: Days, moves: Ints, first: Longs, offset: int) -> Sums:
    """Return the arrays of sums; their slots begin at ``offset`` of a state."""
    made = [_Arrays(total, moves, first) for total in totals]
    spans = [total.span for total in totals]
    begins = np.cumsum([0, *(len(one.price) for one in made)])
    day_begins, active = by_day(spans, len(days.moves))

    def longs(name: str) -> Longs:
        return np.array([getattr(one, name) for one in made], np.int64)

    def rows(name: str, width: int) -> Ints:
        return np.array([getattr(one, name) for one in made], np.int32).reshape(len(made), width)

    width = len(days.moves) + 1
    return Sums(
        first=np.array([a for a, _ in spans], np.int64),
        last=np.array([b for _, b in spans], np.int64),
        slot=np.array([offset + 2 * slot for slot in slots(spans)], np.int64),
        gain=rows("gain", len(moves)),
        bit=rows("bit", len(moves)),
        value=rows("value", MOST_BITS + 1),
        clear=longs("clear").reshape(len(made), width),
        least=rows("least", width),
        most=rows("most", width),
        low=longs("low"),
        high=longs("high"),
        smallest=longs("smallest"),
        greatest=longs("greatest"),
        price_at=begins[:-1] + longs("zero"),
        price=np.concatenate([np.zeros(0), *(one.price for one in made)]),
        days=day_begins,
        active=active,
    )
