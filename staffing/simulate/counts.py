"""What became of the cases of one replication, by queue and interval."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from staffing.requirement.workload import Floats, Ints
from staffing.simulate.records import Records

BANDS = ("first half", "second half", "overdue", "long overdue")
"""Age of an open case: of its time to the due instant, up to as long again, and more."""


@dataclass(frozen=True)
class Counts:
    """Counts by queue and interval.

    Parameters
    ----------
    due, missed
        ``[queue, interval]``: cases that are due (deferrable) or must be answered (immediate) by then, in the interval
        that ends with or after that moment, and those of them that were not.
    arrived, abandoned
        ``[queue, interval]``: cases that opened in it, and those of them that gave up.
    waiting
        ``waiting[queue, interval, band]``: open at its end (immediate: not yet answered), by age.
    oldest
        ``oldest[queue, interval]``: minutes since the oldest of these opened.
    """

    due: Ints
    missed: Ints
    arrived: Ints
    abandoned: Ints
    waiting: Ints
    oldest: Floats

    @classmethod
    def of(cls, cases: Records, immediate: Ints, intervals: int, width: float) -> Counts:
        """Count the cases of a replication that has been lived."""
        from staffing.simulate.tally import tally

        shape = (len(immediate), intervals)
        counts = np.zeros((4, *shape), np.int64)
        waiting, oldest = np.zeros((*shape, len(BANDS)), np.int64), np.zeros(shape)
        tally(cases, immediate, width, counts, waiting, oldest)
        return cls(counts[0], counts[1], counts[2], counts[3], waiting, oldest)
