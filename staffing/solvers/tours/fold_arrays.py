"""The arrays of a folded program: tables, sums and spreads over fewer days."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from staffing.requirement.compiled import compiled
from staffing.solvers.tours.records import (
    NO_VALUE,
    SUM_DAY,
    TABLE_DAY,
    Floats,
    Ints,
    Longs,
    Program,
    Records,
    Spreads,
    Sums,
    Tables,
    records,
)
from staffing.solvers.tours.slots import active, slots


@dataclass(frozen=True)
class Stretches:
    """How days become fewer.

    Parameters
    ----------
    begin
        First day of each day of the shorter program, and at the end the number of days.
    is_fold
        Whether it stands for days that stand still.
    only
        The only open move of each day, -1 where there are more.
    move
        For each move of the shorter program that of the whole one, -1 for a stretch.
    """

    begin: Longs
    is_fold: NDArray[np.bool_]
    only: Longs
    move: Longs

    def spans(self, head: Records) -> list[tuple[int, int]]:
        """Return first and last day of sums or spreads in the shorter program."""
        first, last = (
            np.searchsorted(self.begin, head[name], "right") - 1 for name in ("first", "last")
        )
        return list(zip(first.tolist(), last.tolist(), strict=True))


def folded_tables(tables: Tables, stretches: Stretches) -> Tables:
    """Return the tables of a folded program; what compares states is that of the whole one."""
    begin, is_fold = stretches.begin, stretches.is_fold
    size = np.diff(tables.days["at"], axis=1)[:, begin[:-1]]
    states = tables.days["states"][:, begin[:-1]]
    room = int(np.where(is_fold, states, size).sum())
    heads = records((len(tables.letter), len(begin)), TABLE_DAY)
    following, cost = np.empty(room, np.int32), np.empty(room)
    _walk(tables, begin, is_fold, stretches.only, heads, following, cost)
    letter = np.where(stretches.move < 0, 0, np.take(tables.letter, stretches.move, axis=1))
    return Tables(letter.astype(np.int32), heads, following, cost, tables.worse)


@compiled
def _walk(
    tables: Tables,
    begin: Longs,
    is_fold: NDArray[np.bool_],
    only: Longs,
    heads: Records,
    following: Ints,
    cost: Floats,
) -> None:
    """Write down where each state leads and what it costs: as it was, or through a whole stretch."""
    filled, days = 0, len(begin) - 1
    for k in range(len(tables.letter)):
        for n in range(days):
            on = tables.days[k, begin[n]]
            head = heads[k, n]
            head.states, head.at, head.worse_at = on.states, filled, on.worse_at
            if not is_fold[n]:
                size = tables.days[k, begin[n] + 1].at - on.at
                following[filled : filled + size] = tables.following[on.at : on.at + size]
                cost[filled : filled + size] = tables.cost[on.at : on.at + size]
                filled += size
                continue
            for start in range(on.states):
                state, total = start, 0.0
                for day in range(begin[n], begin[n + 1]):
                    there = tables.days[k, day]
                    at = there.at + tables.letter[k, only[day]] * there.states + state
                    state = tables.following[at]
                    total += tables.cost[at]
                following[filled], cost[filled] = state, total
                filled += 1
        last, end = heads[k, days], tables.days[k, begin[days]]
        last.states, last.at, last.worse_at = end.states, filled, end.worse_at


def folded_sums(
    program: Program, is_open: NDArray[np.bool_], stretches: Stretches
) -> tuple[Sums, float]:
    """Return the sums that what is open can change, and what all of them cost more than before whatever is chosen."""
    sums, begin = program.sums, stretches.begin
    shape = len(sums.head), len(begin)
    gain, days = np.zeros(shape, np.int32), records(shape, SUM_DAY)
    _reach(program, is_open, begin, stretches.is_fold, stretches.only, gain, days)
    least, most = days["least"][:, 0], days["most"][:, 0]
    more = _least_price(sums, least, most)
    if not np.isfinite(more).all():
        return _chosen(sums, [], gain, days, stretches), np.inf
    base = (more - _least_price(sums, sums.days["least"][:, 0], sums.days["most"][:, 0])).sum()
    kept = [
        q
        for q, at in enumerate(sums.head["price_at"])
        if (sums.price[at + least[q] : at + most[q] + 1] != more[q]).any()
    ]
    return _chosen(sums, kept, gain, days, stretches), float(base)


def _least_price(sums: Sums, least: Longs, most: Longs) -> Floats:
    """Return the least that each sum costs between two values."""
    value = np.minimum(most, np.maximum(least, sums.head["best"]))
    price: Floats = sums.price[sums.head["price_at"] + value]
    return price


def _chosen(sums: Sums, kept: list[int], gain: Ints, days: Records, stretches: Stretches) -> Sums:
    """Return some of the sums as arrays of the shorter program."""
    head = sums.head[kept]
    spans = stretches.spans(head)
    head["first"], head["last"] = np.array(spans, np.int64).reshape(-1, 2).T
    head["slot"] = slots(spans)
    head["smallest"] = np.maximum(head["smallest"], days["least"][kept, 0])
    head["greatest"] = np.minimum(head["greatest"], days["most"][kept, 0])
    moves = sums.moves[np.ix_(np.array(kept, np.int64), stretches.move)]
    still = stretches.move < 0
    moves["gain"][:, still] = gain[kept][:, np.flatnonzero(stretches.is_fold)]
    moves["bit"][:, still] = -1
    on = active(spans, len(days[0]) - 1) if kept else active([], len(stretches.begin) - 1)
    return Sums(head, moves, days[kept], sums.value[kept], sums.share[kept], sums.price, *on)


@compiled
def _reach(
    program: Program,
    is_open: NDArray[np.bool_],
    begin: Longs,
    is_fold: NDArray[np.bool_],
    only: Longs,
    gain: Ints,
    days: Records,
) -> None:
    """Write down what each stretch adds to each sum, and what can still be added before each day."""
    sums, first = program.sums, program.first
    for q in range(len(sums.head)):
        for n in range(len(begin) - 2, -1, -1):
            day = begin[n]
            here, after = days[q, n], days[q, n + 1]
            if is_fold[n]:
                value, met = 0, 0
                for still in range(day, begin[n + 1]):
                    move = sums.moves[q, only[still]]
                    value += move.gain
                    if move.bit >= 0 and not met >> move.bit & 1:
                        value += sums.value[q, move.bit]
                        met |= 1 << move.bit
                    met &= ~sums.days[q, still].clear
                gain[q, n] = value
                here.least, here.most = after.least + value, after.most + value
                continue
            here.clear = sums.days[q, day].clear
            low, high, open_low, open_high = 1 << 40, -(1 << 40), 1 << 40, -(1 << 40)
            for move in range(first[day], first[day + 1]):
                own = sums.moves[q, move].gain
                low, high = min(low, own), max(high, own)
                if is_open[move]:
                    open_low, open_high = min(open_low, own), max(open_high, own)
            before, later = sums.days[q, day], sums.days[q, day + 1]
            here.least = after.least + before.least - later.least - low + open_low
            here.most = after.most + before.most - later.most - high + open_high


def folded_spreads(
    spreads: Spreads, stretches: Stretches, sums: Sums, tables: int
) -> tuple[Spreads, float]:
    """Return the spreads of days that are open, and what the others come to."""
    begin = stretches.begin
    spans = stretches.spans(spreads.head)
    is_kept = [not stretches.is_fold[a : b + 1].all() for a, b in spans]
    base = sum(_cost(spreads, p, stretches) for p, keeps in enumerate(is_kept) if not keeps)
    kept = np.flatnonzero(is_kept)
    spans = [spans[p] for p in kept]
    head = spreads.head[kept]
    head["first"], head["last"] = np.array(spans, np.int64).reshape(-1, 2).T
    head["slot"] = tables + 2 * len(sums.head) + 2 * np.array(slots(spans), np.int64)
    sums.head["slot"] = tables + 2 * sums.head["slot"]
    value = np.where(stretches.move < 0, NO_VALUE, np.take(spreads.value[kept], stretches.move, 1))
    days = spreads.days[np.ix_(kept, begin)]
    return Spreads(head, value.astype(np.int32), days, *active(spans, len(begin) - 1)), base


def _cost(spreads: Spreads, p: int, stretches: Stretches) -> float:
    """Return what a spread costs on days that stand still, beyond what is carried in."""
    one = spreads.head[p]
    held = spreads.value[p, stretches.only[one.first : one.last + 1]]
    held = held[held != NO_VALUE]
    carried = max(0, one.start_high - one.start_low - one.limit)
    low = min(one.start_low, held.min(initial=one.start_low))
    high = max(one.start_high, held.max(initial=one.start_high))
    steps = -(-max(0, high - low - one.limit) // one.step) - -(-carried // one.step)
    return float(one.unit * steps) if steps else 0.0
