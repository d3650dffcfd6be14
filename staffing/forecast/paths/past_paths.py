"""Past forecasts of a series, day by day: how far each was off, and how far it could have been."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from staffing.domain import clock
from staffing.forecast.intervals import Spread
from staffing.forecast.outlook import Outlook, variance_around
from staffing.forecast.weeks import interval_of

NODES = 64
MEANS = 48
CLIP_DEVIATIONS = 4.0


@dataclass(frozen=True)
class PastPath:
    """One past forecast; unknown intervals count nothing.

    Parameters
    ----------
    start
        Its first interval.
    error, moved, mean
        ``[day]``, sums over the intervals of a local day: actual minus forecast (capped at four standard deviations),
        `sensitivity`, forecast; all in cases.
    squares
        Sums of squares over the intervals of error, sensitivity and forecast.
    variance
        Sum of the variances of the intervals, as the forecast had them.
    """

    start: pd.Timestamp
    error: np.ndarray
    moved: np.ndarray
    mean: np.ndarray
    squares: tuple[float, float, float]
    variance: float


def past_paths(outlook: Outlook) -> tuple[PastPath, ...]:
    """Return the past forecasts of a series that met any known volume, oldest first."""
    errors = outlook.errors
    if errors is None:
        return ()
    found = []
    for start, mean, error in zip(errors.starts, errors.mean, errors.error, strict=True):
        freq = interval_of(outlook.index)
        index = pd.date_range(start, periods=len(mean), freq=freq, unit="us")
        found.append(_path(outlook, index, mean, error))
    return tuple(path for path in found if path.variance > 0)


def path_ahead(outlook: Outlook) -> PastPath:
    """Return the forecast itself in the same form, its errors 0."""
    return _path(outlook, outlook.index, outlook.mean, np.zeros(len(outlook.mean)))


def sensitivity(mean: np.ndarray, spread: Spread) -> np.ndarray:
    """Return by how many cases each interval moves with its normal score, ``Cov(Z, cases)``.

    It is smooth in the mean, so that some means stand for all.
    """
    if not (mean > 0).any():
        return np.zeros_like(mean)
    levels = (np.arange(NODES) + 0.5) / NODES
    scores = stats.norm.ppf(levels)
    scores /= np.sqrt((scores**2).mean())
    some = np.geomspace(mean[mean > 0].min(), mean.max(), MEANS)
    moved = spread.quantiles(some, tuple(levels)) @ scores / NODES
    return np.where(mean > 0, np.interp(mean, some, moved), 0.0)


def local_days(index: pd.DatetimeIndex, time_zone: str) -> np.ndarray:
    """Return ``day[interval]``, local days since 1970."""
    since = clock.local_stamps(index, time_zone) - pd.Timestamp(0)
    return np.asarray(since // pd.Timedelta(days=1))


def _path(
    outlook: Outlook, index: pd.DatetimeIndex, expected: np.ndarray, off: np.ndarray
) -> PastPath:
    known = ~np.isnan(off) & (np.nan_to_num(expected) > 0)
    mean = np.where(known, expected, 0.0)
    variance = variance_around(mean, outlook.spread)
    cap = CLIP_DEVIATIONS * np.sqrt(variance)
    error = np.clip(np.nan_to_num(off), -cap, cap)
    moved = sensitivity(mean, outlook.spread)
    day = local_days(index, outlook.time_zone)
    day -= day[0]
    squares = (float((error**2).sum()), float((moved**2).sum()), float((mean**2).sum()))
    return PastPath(
        start=index[0],
        error=np.bincount(day, error),
        moved=np.bincount(day, moved),
        mean=np.bincount(day, mean),
        squares=squares,
        variance=float(variance.sum()),
    )
