"""Duties cut into stretches of presence, compiled."""

from __future__ import annotations

import numpy as np

from staffing.domain.clock import DAY_MINUTES
from staffing.requirement.compiled import compiled
from staffing.requirement.workload import Floats, Ints
from staffing.simulate.records import Records


@compiled
def cut(
    duties: Records,
    absent: Ints,
    uniform: Floats,
    shrinkage_fraction: float,
    stretches: Records,
    first: Ints,
    minutes: Floats,
) -> int:
    """Write the stretches of all duties, and where those of each person begin; return how many there are.

    The pauses of a duty are of one length and lie at random, no two of them in one another.

    Parameters
    ----------
    absent
        ``absent[duty]``: 1 where nobody turns up.
    uniform
        A random number for each pause of each duty.
    stretches, first, minutes
        What is written: see `staffing.simulate.presence.Presence`.
    """
    used, drawn = 0, 0
    for number in range(len(duties)):
        duty = duties[number]
        at = np.sort(uniform[drawn : drawn + duty.pauses])
        drawn += duty.pauses
        if absent[number]:
            continue
        lost = duty.present * shrinkage_fraction
        begin, before = 0.0, used
        for pause in range(duty.pauses + 1):
            end = duty.present
            if pause < duty.pauses:
                end = at[pause] * (duty.present - lost) + pause * lost / duty.pauses
            for half in range(2):
                low, high = (begin, min(end, duty.break_after))
                shift = duty.start
                if half:
                    low, high = max(begin, duty.break_after), end
                    shift += duty.break_minutes
                start, stop = max(0.0, low + shift), high + shift
                if used and first[duty.person + 1] == used:
                    start = max(start, stretches[used - 1].end)
                if stop > start and high > low:
                    used = _write(duty.person, start, stop, stretches, first, minutes, used)
            begin = end + lost / max(1, duty.pauses)
        if used > before:
            stretches[used - 1].last = 1
    for person in range(len(first) - 1):
        first[person + 1] = max(first[person], first[person + 1])
    return used


@compiled
def _write(
    person: int,
    start: float,
    stop: float,
    stretches: Records,
    first: Ints,
    minutes: Floats,
    used: int,
) -> int:
    stretch = stretches[used]
    stretch.start, stretch.end, stretch.last = start, stop, 0
    for day in range(int(start / DAY_MINUTES), minutes.shape[1]):
        inside = min(stop, (day + 1) * DAY_MINUTES) - max(start, day * DAY_MINUTES)
        minutes[person, day] += max(0.0, inside)
    first[person + 1] = used + 1
    return used + 1
