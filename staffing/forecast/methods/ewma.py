"""ewma: the exponentially weighted mean of each hour of the week, times what the calendar does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from staffing.domain.tables import QUANTILES
from staffing.forecast.calendar import SeriesCalendar
from staffing.forecast.intervals import Spread
from staffing.forecast.method import Prediction
from staffing.forecast.methods.like_weeks import LikeWeeks
from staffing.forecast.methods.poisson_ridge import PoissonRidge, Reading, RidgeCurve
from staffing.forecast.weeks import filled, recent

NEWEST_SHARE = 0.1
WEEKS_TO_JUDGE = 12


def weighted_means(usual: np.ndarray, newest_share: float = NEWEST_SHARE) -> np.ndarray:
    """Return ``mean[week, step]``: the mean of each step up to and with each week.

    A week weighs ``1 - newest_share`` of the next; unknown hours weigh nothing. A step not yet known takes the mean of
    its time of day.
    """
    known = ~np.isnan(usual)
    volume, weight = np.zeros(usual.shape[1]), np.zeros(usual.shape[1])
    means = np.empty(usual.shape)
    for week, row in enumerate(np.where(known, usual, 0.0)):
        volume = (1 - newest_share) * volume + row
        weight = (1 - newest_share) * weight + known[week]
        means[week] = filled(volume, weight)
    return means


@dataclass(frozen=True)
class EwmaFit:
    """One expected volume per hour of the week, before holidays and launches.

    Parameters
    ----------
    volume
        ``volume[step]`` counted from the end of the history.
    """

    volume: np.ndarray
    weeks: LikeWeeks
    curve: RidgeCurve
    spread: Spread

    def mean(self, ahead: Reading) -> np.ndarray:
        """Return the expected cases of intervals to come."""
        _, step = self.weeks.ahead(ahead.where)
        return np.asarray(~self.weeks.is_closed[step] * self.volume[step] * ahead.factor)

    def predict(self, index: pd.DatetimeIndex, levels: tuple[float, ...] = QUANTILES) -> Prediction:
        """Repeat the hours of the week; holidays and launches move them, closed hours are 0."""
        mean = self.mean(self.curve.read(index))
        return Prediction(mean, self.spread.quantiles(mean, levels))


@dataclass(frozen=True)
class Ewma:
    """An exponentially weighted moving average, hour of week by hour of week; the newest week weighs a tenth."""

    name: str = "ewma"

    def fit(self, history: pd.Series, calendar: SeriesCalendar) -> EwmaFit:
        """Average the weeks; the spread comes from the last twelve, each forecast from the weeks before it."""
        curve = PoissonRidge().learn(history, calendar)
        weeks = LikeWeeks.of(curve.look_back(recent(history)))
        means = weighted_means(weeks.usual)
        judged = slice(max(1, weeks.weeks - WEEKS_TO_JUDGE), None)
        said = (means[:-1] * weeks.factor[1:])[judged.start - 1 :].ravel()
        spread = Spread.of_errors(weeks.volume[judged].ravel() - said, said)
        return EwmaFit(means[-1], weeks, curve, spread)
