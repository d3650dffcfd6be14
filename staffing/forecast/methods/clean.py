"""Before learning: outlier hours are capped, closed hours are found."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import ndimage

from staffing.forecast.weeks import Places, fold

HALF_WINDOW_WEEKS = 6
DEVIATIONS = 3.0
ONE_SD_SHARE = 0.683
LEVEL_ERROR_FRACTION = 0.25
MEDIAN_ZERO_MEAN = float(np.log(2))
CLOSED_WEEKS = 8
CLOSED_CASES = 30.0


@dataclass(frozen=True)
class Cleaned:
    """A history fit to learn from.

    Parameters
    ----------
    volume
        ``volume[interval]`` with outliers capped, NaN where unknown.
    is_closed
        ``is_closed[slot]``: slots of the local week with no cases at all of late.
    dispersion
        Typical variance over mean around the rolling median of the slot, at least 1.
    """

    volume: np.ndarray
    is_closed: np.ndarray
    dispersion: float


def clean(volume: np.ndarray, where: Places, is_launched: np.ndarray | None = None) -> Cleaned:
    """Cap each interval at ``median + 3 * sqrt(dispersion * median + (median / 4)**2) + 1``, launches excepted.

    The median is that of the slot within six weeks on either side. A count whose median is 0 may still have a mean
    of up to ln 2 (Poisson), which is what it then stands for.

    Parameters
    ----------
    volume
        ``volume[interval]``, NaN where unknown.
    is_launched
        ``is_launched[interval]``: a named event moves the volume, and its uplift is to be learnt as it was.
    """
    folded = fold(volume, where)
    width = 2 * HALF_WINDOW_WEEKS + 1
    medians = pd.DataFrame(folded).rolling(width, min_periods=1, center=True).median()
    known = (~np.isnan(folded)).astype(float)
    weeks = ndimage.convolve1d(known, np.ones(width), axis=0, mode="constant")
    cell = where.week - where.week.min(), where.slot
    usual = np.maximum(medians.to_numpy(), MEDIAN_ZERO_MEAN)[cell]
    dispersion = _dispersion(volume, usual, weeks[cell])
    cap = usual + 1 + DEVIATIONS * np.sqrt(dispersion * usual + (LEVEL_ERROR_FRACTION * usual) ** 2)
    if is_launched is not None:
        cap[is_launched] = np.inf
    return Cleaned(np.minimum(volume, cap), _closed(folded), dispersion)


def _dispersion(volume: np.ndarray, usual: np.ndarray, weeks: np.ndarray) -> float:
    """Return variance over mean without bursts: the squared error that 68 % of the intervals stay below.

    An interval is one of the ``weeks`` that its median was taken from, hence ``weeks / (weeks - 1)``; where there is
    but one, all of its volume counts as chance.
    """
    known = ~np.isnan(volume)
    several = known & (weeks > 1)
    if several.any():
        squared = (volume - usual)[several] ** 2 / usual[several]
        squared = squared * weeks[several] / (weeks[several] - 1)
        found = np.quantile(squared, ONE_SD_SHARE)
    elif known.any():
        found = volume[known].var() / max(volume[known].mean(), MEDIAN_ZERO_MEAN)
    else:
        found = 1.0
    return max(1.0, float(found))


def _closed(folded: np.ndarray) -> np.ndarray:
    """Return slots whose latest known weeks are all zero: at least eight, and 30 cases would have been usual."""
    known = ~np.isnan(folded)
    open_later = np.cumsum((np.nan_to_num(folded) > 0)[::-1], axis=0) > 0
    zeros = (known[::-1] & ~open_later).sum(axis=0)
    usual = np.nansum(folded) / max(1, known.sum())
    return np.asarray((zeros >= CLOSED_WEEKS) & (zeros * usual >= CLOSED_CASES))
