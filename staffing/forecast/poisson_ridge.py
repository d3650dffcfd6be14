"""poisson_ridge: a penalised Poisson regression on the calendar, then a smoothed level."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from staffing.domain.tables import QUANTILES
from staffing.forecast.calendar import SeriesCalendar
from staffing.forecast.clean import clean
from staffing.forecast.design import Design
from staffing.forecast.intervals import Spread
from staffing.forecast.level import levels
from staffing.forecast.method import Prediction
from staffing.forecast.regression import LogCurve, optimism, regress
from staffing.forecast.weeks import places, recent, slots_a_week

HALF_LIFE_WEEKS = 52.0
DAYS_TO_JUDGE = 84
AGE_OF_LEVEL_DAYS = 7


@dataclass(frozen=True)
class PoissonRidgeFit:
    """The curve at the level of late.

    Parameters
    ----------
    level
        Ratio of the volume of late to the curve.
    is_closed
        ``is_closed[slot]``: slots of the local week without work.
    """

    curve: RidgeCurve
    level: float
    is_closed: np.ndarray
    spread: Spread

    def mean(self, index: pd.DatetimeIndex) -> np.ndarray:
        """Return the expected cases of each interval."""
        is_open = ~self.is_closed[places(index, self.curve.time_zone).slot]
        return np.asarray(is_open * self.level * self.curve.expected(index))

    def predict(self, index: pd.DatetimeIndex, levels: tuple[float, ...] = QUANTILES) -> Prediction:
        """Follow the curve at the last level; closed hours are 0."""
        mean = self.mean(index)
        return Prediction(mean, self.spread.quantiles(mean, levels))


@dataclass(frozen=True)
class RidgeCurve:
    """What the calendar says of a series, without its level of late; stays true while a few weeks are added.

    Parameters
    ----------
    curve
        Expected volume for the rows of ``design``.
    optimism
        How many times larger an error is out of sample than within.
    """

    design: Design
    curve: LogCurve
    optimism: float

    @property
    def time_zone(self) -> str:
        """Zone whose clock the volume follows."""
        return self.design.calendar.region.time_zone

    def expected(self, index: pd.DatetimeIndex) -> np.ndarray:
        """Return the cases that hour, weekday, season, holidays and launches let expect."""
        return self.curve.at(self.design.matrix(index))

    def calendar_factor(self, index: pd.DatetimeIndex) -> np.ndarray:
        """Return by how much holidays and launches alone multiply the volume."""
        columns = self.design.matrix(index, only_calendar=True)
        return np.asarray(np.exp(columns @ self.curve.coefficients))

    def at(self, history: pd.Series) -> PoissonRidgeFit:
        """Bring the curve to the level at the end of a history.

        The spread comes from the last twelve weeks, each day held against a level that was a week old.
        """
        history = recent(history)
        index = pd.DatetimeIndex(history.index)
        where = places(index, self.time_zone)
        cleaned = clean(history.to_numpy(), where, self.design.calendar.launched(index))
        is_learnt = ~np.isnan(cleaned.volume) & ~cleaned.is_closed[where.slot]
        volume = np.where(is_learnt, cleaned.volume, 0.0)
        if not volume.any():
            return PoissonRidgeFit(self, 0.0, cleaned.is_closed, Spread())
        expected = is_learnt * self.expected(index)
        day = where.week * 7 + where.slot // (where.slots // 7)
        day -= day.min()
        level = levels(np.bincount(day, volume), np.bincount(day, expected), cleaned.dispersion)

        age = min(AGE_OF_LEVEL_DAYS, len(level) // 2)
        judged = is_learnt & (day >= max(age, len(level) - DAYS_TO_JUDGE))
        mean = expected[judged] * level[day[judged] - age]
        error = (history.to_numpy()[judged] - mean) * self.optimism
        return PoissonRidgeFit(self, level[-1], cleaned.is_closed, Spread.of_errors(error, mean))


@dataclass(frozen=True)
class PoissonRidge:
    """Hour, weekday, hour of week, season, holidays and launches on a log scale, at the level of the last days.

    At most the last 104 weeks are learnt from, a week weighing half as much 52 weeks later. The penalty makes it the
    most probable curve under normal priors (`staffing.forecast.design.PRIOR`) and counts whose variance is
    ``dispersion * mean``.
    """

    name: str = "poisson_ridge"

    def learn(self, history: pd.Series, calendar: SeriesCalendar) -> RidgeCurve:
        """Learn the curve from the known, open hours, outliers capped."""
        history = recent(history)
        index = pd.DatetimeIndex(history.index)
        where = places(index, calendar.region.time_zone)
        cleaned = clean(history.to_numpy(), where, calendar.launched(index))
        is_learnt = ~np.isnan(cleaned.volume) & ~cleaned.is_closed[where.slot]
        volume = np.where(is_learnt, cleaned.volume, 0.0)
        design = Design.of_history(index, calendar)
        matrix = design.matrix(index)
        if not volume.any():
            return RidgeCurve(design, LogCurve(0.0, np.zeros(matrix.shape[1])), 1.0)
        age_weeks = np.arange(len(volume))[::-1] / slots_a_week(index)
        weight = is_learnt * 0.5 ** (age_weeks / HALF_LIFE_WEEKS)
        curve = regress(matrix, volume, weight, cleaned.dispersion)
        information = weight * curve.at(matrix) / cleaned.dispersion
        return RidgeCurve(design, curve, optimism(matrix, information))

    def fit(self, history: pd.Series, calendar: SeriesCalendar) -> PoissonRidgeFit:
        """Learn the curve and bring it to the level of late."""
        return self.learn(history, calendar).at(history)
