"""Sums of many values as arrays for the search."""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd

import numpy as np

from staffing.solvers.tours.days import Days
from staffing.solvers.tours.records import SUM, SUM_DAY, SUM_MOVE, Floats, Sums, records
from staffing.solvers.tours.slots import active, slots
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


def sum_arrays(totals: Sequence[Sum], days: Days, offset: int) -> Sums:
    """Return the arrays of sums; their slots begin at ``offset`` of a state.

    Each sum counts in units of the greatest common divisor of its values.
    """
    head = records(len(totals), SUM)
    by_move = records((len(totals), len(days.flat)), SUM_MOVE)
    by_day = records((len(totals), len(days.moves) + 1), SUM_DAY)
    value = np.zeros((len(totals), MOST_BITS), np.int32)
    share = np.ones((len(totals), MOST_BITS))
    spans = [total.span for total in totals]
    prices = [np.zeros(0)]
    filled = 0
    for q, (total, slot) in enumerate(zip(totals, slots(spans), strict=True)):
        unit = gcd(*total.single.values(), *(own for _, own in total.spanning)) or 1
        price, zero, one = _priced(total, unit)
        prices.append(price)
        head[q] = (*total.span, offset + 2 * slot, *one, filled + zero)
        filled += len(price)
        by_move[q]["gain"] = total.gains // unit
        bit_of = np.full(len(days.day_of) + 1, -1)
        by_day[q]["least"], by_day[q]["most"] = (part // unit for part in total.reach)
        for k, bit in enumerate(bits_of(total) or []):
            group, own = total.spanning[k]
            value[q, bit] = own // unit
            share[q, bit] = min(share[q, bit], 1 / len({days.day_of[i] for i in group}))
            bit_of[list(group)] = bit
            by_day[q]["clear"][total.last_day_of_group[k]] |= 1 << bit
        by_move[q]["bit"] = bit_of[days.flat]
    return Sums(
        head, by_move, by_day, value, share, np.concatenate(prices), *active(spans, len(days.moves))
    )


def _priced(total: Sum, unit: int) -> tuple[Floats, int, tuple[int, int, int]]:
    """Return the price of each value, where 0 is, and (the least of the best, the least, the greatest) value allowed.

    Spanning groups may be counted once too often in what can still be added: there is room for that.
    """
    least, most = (part // unit for part in total.reach)
    spare = 2 * sum(abs(own) // unit for _, own in total.spanning)
    values = np.arange(least[0] - spare, most[0] + spare + 1)
    price = total.cost(values * unit)
    allowed = values[np.isfinite(price)]
    best = values[price == price.min()]
    return price, int(-values[0]), (int(best[0]), int(allowed[0]), int(allowed[-1]))
