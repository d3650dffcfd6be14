"""Slots: parts of a state that serve one sum or spread after the other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Longs = NDArray[np.int64]


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


def by_day(spans: Sequence[tuple[int, int]], days: int) -> tuple[Longs, Longs]:
    """Return what is active on each day, one day after the other, and where each day begins."""
    active = [
        [n for n, (first, last) in enumerate(spans) if first <= day <= last] for day in range(days)
    ]
    begins = np.cumsum([0, *map(len, active)])
    return begins, np.array([n for found in active for n in found], np.int64)
