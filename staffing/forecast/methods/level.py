"""The level of late: how far actual volumes lie from a profile, smoothed day by day."""

from __future__ import annotations

import numpy as np
from scipy import signal

HALF_LIFE_DAYS = 12.0
PRIOR_SD_FRACTION = 0.15


def levels(actual: np.ndarray, expected: np.ndarray, dispersion: float) -> np.ndarray:
    """Return ``level[day]``, the smoothed ratio of actual to expected volume up to and with each day.

    A day weighs half as much twelve days later. A gamma prior with mean 1 and standard deviation 0.15 holds the level
    where there is little evidence.

    Parameters
    ----------
    actual, expected
        ``actual[day]``: cases in the known intervals of each day, as counted and as the profile has them.
    dispersion
        Variance over mean of the counts.
    """
    decay = 0.5 ** (1 / HALF_LIFE_DAYS)
    prior = dispersion / PRIOR_SD_FRACTION**2
    counted, awaited = (signal.lfilter([1.0], [1.0, -decay], daily) for daily in (actual, expected))
    return np.asarray((counted + prior) / (awaited + prior))
