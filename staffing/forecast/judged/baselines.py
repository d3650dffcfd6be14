"""What every method is held against: the last week, and the mean of the last four, from many past origins at once."""

from __future__ import annotations

import numpy as np
import pandas as pd

from staffing.forecast.calendar import SeriesCalendar
from staffing.forecast.judged.scores import Score, rolled_of, score
from staffing.forecast.method import Method
from staffing.forecast.methods.mean4 import WEEKS as WEEKS_OF_MEAN4
from staffing.forecast.methods.mean4 import Mean4
from staffing.forecast.methods.seasonal_naive import SeasonalNaive
from staffing.forecast.past_errors import PastErrors
from staffing.forecast.weeks import Places, fold, mean_of_last, places

MEAN4, NAIVE = Mean4(), SeasonalNaive()
BASELINES: tuple[Method, ...] = (MEAN4, NAIVE)
WEEKS = {MEAN4.name: WEEKS_OF_MEAN4, NAIVE.name: 1}


def compare_with_baselines(
    method: str, past: PastErrors, history: pd.Series, calendar: SeriesCalendar
) -> tuple[Score, ...]:
    """Score the past forecasts that a fit has left behind, then those of both baselines from the same origins.

    Nothing is fitted again: a hundredth of the work of `staffing.forecast.judged.backtest.roll`.
    """
    steps = past.mean.shape[1]
    rivals = {
        name: past_means(history, calendar, weeks, past.starts, steps)
        for name, weeks in WEEKS.items()
    }
    found = {method: past, **rivals}
    return tuple(score(rolled_of(name, past, history)) for name, past in found.items())


def past_means(
    history: pd.Series,
    calendar: SeriesCalendar,
    weeks: int,
    starts: tuple[pd.Timestamp, ...],
    steps: int,
) -> PastErrors:
    """Forecast by the mean of the last known like hours, from each origin with what came before it.

    Parameters
    ----------
    weeks
        Weeks to average; 1 is `staffing.forecast.methods.seasonal_naive`.
    steps
        Intervals to forecast.
    """
    index = pd.DatetimeIndex(history.index)
    where, volume = places(index, calendar.region.time_zone), history.to_numpy()
    actual, mean = np.empty((2, len(starts), steps))
    for origin, start in enumerate(starts):
        end = int(index.searchsorted(start))
        before = Places(where.week[:end], where.slot[:end], where.slots)
        ahead = pd.date_range(start, periods=steps, freq=index.freq, unit="us")
        profile = mean_of_last(fold(volume[:end], before), weeks)
        mean[origin] = profile[places(ahead, calendar.region.time_zone).slot]
        actual[origin] = history.reindex(ahead).to_numpy()
    return PastErrors(starts, actual, mean)
