"""Hours in which hardly anything arrives ask for nobody.

A forecast of .004 cases an hour would staff a queue round the clock for one case in ten nights. The target is a share
of the cases of the week, so that some of them may come while nobody is there: the quietest intervals are left alone
as long as a case in them is improbable, and all that are left alone hold at most half of the cases that may be late
(or give up). The targets of the others rise by as much, so that the week meets its own.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from staffing.requirement.workload import Floats

SHARE_OF_ALLOWANCE = 0.5
"""The rest of what may be late is for the hours that are staffed: nobody reaches 100 %."""


def quiet_intervals(
    volume: Floats,
    load: Floats,
    interval_minutes: int,
    staffed_from_probability: float,
    allowance_fraction: float,
) -> npt.NDArray[np.bool_]:
    """Return which intervals ask for nobody although something may arrive.

    Parameters
    ----------
    volume
        Cases per interval, shape (intervals,).
    load
        Erlangs, same shape.
    interval_minutes
        Length of the interval.
    staffed_from_probability
        An interval is quiet if, with Poisson arrivals, a case comes within an hour (or is in work, where that is more)
        with less than this probability.
    allowance_fraction
        Share of all cases that may miss the target.
    """
    expected = np.maximum(volume * 60 / interval_minutes, load)
    rare = (volume > 0) & (-np.expm1(-expected) < staffed_from_probability)
    order = np.argsort(np.where(rare, volume, np.inf), kind="stable")
    missed = np.cumsum(volume[order])
    quiet = np.zeros_like(rare)
    quiet[order] = missed <= SHARE_OF_ALLOWANCE * allowance_fraction * volume.sum() * (1 + 1e-12)
    return rare & quiet
