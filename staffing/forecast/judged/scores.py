"""Past forecasts to scores by horizon, and the pick: for forecasts made anew as for those a fit left behind."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from staffing.forecast.intervals import Spread
from staffing.forecast.judged import metrics
from staffing.forecast.past_errors import PastErrors
from staffing.forecast.weeks import interval_of, slots_a_week

LEVELS = (0.025, *metrics.DECILES, 0.975)
DECILES = slice(1, -1)
DAYS_A_BUCKET = 7
GAIN_TO_SWITCH_FRACTION = 0.05


@dataclass(frozen=True)
class Rolled:
    """What one method said of one series from several past origins, beside what came.

    Parameters
    ----------
    past
        Means and actual volumes by origin and step.
    quantiles
        ``quantiles[origin, step, level]`` at `LEVELS`, in cases.
    naive_change
        ``naive_change[origin]``, the mean absolute difference to the week before within the history of that origin.
    steps_a_day
        Intervals of a day.
    """

    method: str
    past: PastErrors
    quantiles: np.ndarray
    naive_change: np.ndarray
    steps_a_day: int

    @property
    def days(self) -> int:
        """Days from an origin to the end of its forecast, a day begun being whole."""
        return math.ceil(int(self.past.mean.shape[1]) / self.steps_a_day)


@dataclass(frozen=True)
class Score:
    """Out-of-sample errors of one method on one series; see `staffing.forecast.judged.metrics` for what they mean.

    Parameters
    ----------
    days
        Days ahead, such as ``8-14``, the first of which is the day that begins at the origin.
    loss
        What the pick goes by: the mean absolute error, or the mean squared error where there is less than one case an
        interval (there the absolute error rewards a forecast of 0, the squared error still rewards the mean).
    origins
        Forecasts with anything to be held against.
    """

    method: str
    days: str
    loss: float
    wape: float
    mase: float
    bias: float
    mwql: float
    coverage_80: float
    coverage_95: float
    origins: int


def buckets(days: int) -> tuple[tuple[int, int], ...]:
    """Return first and last day of each week ahead, then of the whole horizon where it is more than one week."""
    weeks = [
        (first, min(first + DAYS_A_BUCKET - 1, days)) for first in range(1, days + 1, DAYS_A_BUCKET)
    ]
    return tuple(weeks) if len(weeks) == 1 else (*weeks, (1, days))


def score(rolled: Rolled, first_day: int = 1, last_day: int | None = None) -> Score:
    """Sum up the forecasts of some days ahead, by default of all."""
    last_day = last_day or rolled.days
    steps = slice((first_day - 1) * rolled.steps_a_day, last_day * rolled.steps_a_day)
    actual, mean = rolled.past.actual[:, steps], rolled.past.mean[:, steps]
    quantiles = rolled.quantiles[:, steps]
    known = ~np.isnan(actual - mean)
    error = np.abs(mean - actual)[known]
    is_sparse = known.any() and actual[known].mean() < 1
    return Score(
        method=rolled.method,
        days=f"{first_day}-{last_day}",
        loss=float((error**2 if is_sparse else error).mean()) if known.any() else 0.0,
        wape=metrics.wape(actual, mean),
        mase=metrics.mase(actual, mean, rolled.naive_change[:, None]),
        bias=metrics.bias(actual, mean),
        mwql=metrics.mwql(actual, quantiles[..., DECILES]),
        coverage_80=metrics.coverage_80(actual, quantiles[..., DECILES]),
        coverage_95=metrics.coverage(actual, quantiles[..., 0], quantiles[..., -1]),
        origins=int(known.any(axis=1).sum()),
    )


def picked(scores: Sequence[Score]) -> int:
    """Return the place of the method to take: the first, unless another has 5 % less loss; then the one with the least.

    Few origins tell methods of nearly the same loss apart by chance only, so that the preferred one keeps its place.
    """
    best = min(range(len(scores)), key=lambda place: scores[place].loss)
    is_clear = scores[best].loss < (1 - GAIN_TO_SWITCH_FRACTION) * scores[0].loss
    return best if is_clear else 0


def rolled_of(method: str, past: PastErrors, history: pd.Series) -> Rolled:
    """Make past forecasts that a fit has left behind ready for `score`.

    Parameters
    ----------
    past
        Forecasts out of sample.
    history
        Cases per interval (NaN: unknown) on the grid of the forecasts; what comes after an origin is not looked at.
    """
    steps_a_day = slots_a_week(history.index) // 7
    quantiles = past_quantiles(past, interval_of(history.index))
    return Rolled(method, past, quantiles, naive_changes(history, past.starts), steps_a_day)


def past_quantiles(past: PastErrors, interval: pd.Timedelta) -> np.ndarray:
    """Return ``quantiles[origin, step, level]`` at `LEVELS` around past means.

    The spread around the forecasts of an origin is learnt from those origins whose forecasts share no interval with
    them, so that what is judged has not been learnt from.
    """
    reach = past.mean.shape[1] * interval
    found = np.full((*past.mean.shape, len(LEVELS)), np.nan)
    for place, start in enumerate(past.starts):
        others = np.array([abs(other - start) >= reach for other in past.starts], dtype=bool)
        spread = Spread.of_errors(past.error[others].ravel(), past.mean[others].ravel())
        known = ~np.isnan(past.mean[place])
        found[place, known] = spread.quantiles(past.mean[place, known], LEVELS)
    return found


def naive_changes(history: pd.Series, starts: Sequence[pd.Timestamp]) -> np.ndarray:
    """Return ``change[origin]``, the mean absolute difference to the week before, each from the history before."""
    volume, a_week = history.to_numpy(), slots_a_week(history.index)
    ends = [int(history.index.searchsorted(start)) for start in starts]
    return np.array([metrics.weekly_change(volume[:end], a_week) for end in ends])
