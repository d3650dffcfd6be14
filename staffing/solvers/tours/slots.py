"""Slots: parts of a state that serve one sum or spread after the other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from staffing.solvers.tours.records import Longs


def slots(spans: Sequence[tuple[int, int]]) -> list[int]:
    """Return a slot for each (first day, last day); no two share one on a day, nor between two days of both."""
    taken: list[int] = []
    found = [0] * len(spans)
    for n in sorted(range(len(spans)), key=spans.__getitem__):
        first, last = spans[n]
        slot = next((k for k, until in enumerate(taken) if until < first), len(taken))
        taken[slot : slot + 1] = [last]
        found[n] = slot
    return found


def active(spans: Sequence[tuple[int, int]], days: int) -> tuple[Longs, Longs]:
    """Return where each day begins in the list of what is active, and that list, one day after the other."""
    found = [
        [n for n, (first, last) in enumerate(spans) if first <= day <= last] for day in range(days)
    ]
    begin = np.cumsum([0, *map(len, found)], dtype=np.int64)
    return begin, np.array([n for on in found for n in on], np.int64)
