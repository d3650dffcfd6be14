"""Cases counted by queue and interval, compiled."""

from __future__ import annotations

import numpy as np

from staffing.requirement.compiled import compiled
from staffing.requirement.workload import Floats, Ints
from staffing.simulate.records import Records


@compiled
def tally(
    cases: Records, immediate: Ints, width: float, counts: Ints, waiting: Ints, oldest: Floats
) -> None:
    """Add up all cases; the arrays are those of `staffing.simulate.counts.Counts`."""
    intervals = counts.shape[2]
    minutes = intervals * width
    for number in range(len(cases)):
        case = cases[number]
        queue, closed = case.queue, case.ended
        if immediate[queue]:
            closed = case.begun
        left = np.isnan(case.begun) and case.leaves < minutes
        if left:
            closed = case.leaves
        elif np.isnan(closed):
            closed = np.inf
        if 0 < case.due <= minutes:
            at = int(np.ceil(case.due / width)) - 1
            counts[0, queue, at] += 1
            counts[1, queue, at] += left or closed > case.due
        first = 0
        if case.opened >= 0:
            first = int(case.opened / width)
            counts[2, queue, first] += 1
            counts[3, queue, first] += left
        span = case.due - case.opened
        for interval in range(first, intervals):
            end = (interval + 1) * width
            if closed <= end:
                break
            age = end - case.opened
            band = min(3, int(2 * age / span)) if age < span else 2 + (age >= 2 * span)
            waiting[queue, interval, band] += 1
            oldest[queue, interval] = max(oldest[queue, interval], age)
