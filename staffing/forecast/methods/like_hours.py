"""Forecasts that repeat the same hour of the last known weeks, with the errors that doing so made before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from staffing.domain.tables import QUANTILES
from staffing.forecast.calendar import SeriesCalendar
from staffing.forecast.intervals import Spread
from staffing.forecast.method import Prediction
from staffing.forecast.weeks import fold, mean_of_last, places

WEEKS_TO_JUDGE = 12


@dataclass(frozen=True)
class WeekProfile:
    """One expected volume per slot of the local week.

    Parameters
    ----------
    volume
        ``volume[slot]``.
    """

    volume: np.ndarray
    spread: Spread
    time_zone: str

    def predict(self, index: pd.DatetimeIndex, levels: tuple[float, ...] = QUANTILES) -> Prediction:
        """Repeat the profile week by week."""
        mean = self.volume[places(index, self.time_zone).slot]
        return Prediction(mean, self.spread.quantiles(mean, levels))


def fit_like_hours(history: pd.Series, calendar: SeriesCalendar, weeks: int) -> WeekProfile:
    """Take the mean of the last known weeks, slot by slot.

    The spread comes from the last twelve weeks, each forecast from the weeks before it.
    """
    time_zone = calendar.region.time_zone
    folded = fold(history.to_numpy(), places(pd.DatetimeIndex(history.index), time_zone))
    judged = range(max(1, len(folded) - WEEKS_TO_JUDGE), len(folded))
    means = np.array([mean_of_last(folded[:week], weeks) for week in judged]).ravel()
    spread = Spread.of_errors(folded[judged.start :].ravel() - means, means)
    return WeekProfile(mean_of_last(folded, weeks), spread, time_zone)
