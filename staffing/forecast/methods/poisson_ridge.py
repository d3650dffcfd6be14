"""poisson_ridge: a penalised Poisson regression on the calendar, then a smoothed level."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from staffing.domain.tables import QUANTILES
from staffing.forecast.calendar import SeriesCalendar
from staffing.forecast.intervals import Spread
from staffing.forecast.method import Prediction
from staffing.forecast.methods.clean import Cleaned, clean
from staffing.forecast.methods.design import Design
from staffing.forecast.methods.level import levels
from staffing.forecast.methods.regression import LogCurve, optimism, regress
from staffing.forecast.weeks import Places, places, recent, slots_a_week

HALF_LIFE_WEEKS = 52.0
DAYS_TO_JUDGE = 84
AGE_OF_LEVEL_DAYS = 7


@dataclass(frozen=True)
class Reading:
    """What a curve says of some intervals.

    Parameters
    ----------
    where
        Their places in the local week.
    expected
        ``expected[interval]``, the cases that hour, weekday, season, holidays and launches let expect.
    factor
        ``factor[interval]``, by how much holidays and launches alone multiply them.
    """

    where: Places
    expected: np.ndarray
    factor: np.ndarray


@dataclass(frozen=True)
class Past:
    """The last weeks of a history, cleaned, and what a curve says of them.

    Parameters
    ----------
    volume
        ``volume[interval]`` as counted.
    """

    volume: np.ndarray
    cleaned: Cleaned
    reading: Reading


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

    def mean(self, ahead: Reading) -> np.ndarray:
        """Return the expected cases of intervals to come."""
        return np.asarray(~self.is_closed[ahead.where.slot] * self.level * ahead.expected)

    def predict(self, index: pd.DatetimeIndex, levels: tuple[float, ...] = QUANTILES) -> Prediction:
        """Follow the curve at the last level; closed hours are 0."""
        mean = self.mean(self.curve.read(index))
        return Prediction(mean, self.spread.quantiles(mean, levels))


@dataclass(frozen=True)
class RidgeCurve:
    """What the calendar says of a series, without its level of late; stays true while a few weeks are added.

    Parameters
    ----------
    curve
        Expected volume for the rows of ``design``.
    is_calendar
        ``is_calendar[column]``: holidays and launches.
    optimism
        How many times larger an error is out of sample than within.
    """

    design: Design
    curve: LogCurve
    is_calendar: np.ndarray
    optimism: float

    def read(self, index: pd.DatetimeIndex) -> Reading:
        """Read the curve off at some intervals, past or to come."""
        matrix = self.design.matrix(index)
        factor = np.exp(matrix @ (self.curve.coefficients * self.is_calendar))
        where = places(index, self.design.calendar.region.time_zone)
        return Reading(where, self.curve.at(matrix), np.asarray(factor))

    def look_back(self, history: pd.Series) -> Past:
        """Clean a history and read the curve off over it."""
        index = pd.DatetimeIndex(history.index)
        reading, volume = self.read(index), history.to_numpy()
        cleaned = clean(volume, reading.where, self.design.calendar.launched(index))
        return Past(volume, cleaned, reading)

    def at(self, past: Past) -> PoissonRidgeFit:
        """Bring the curve to the level at the end of a history.

        The spread comes from the last twelve weeks, each day held against a level that was a week old.
        """
        cleaned, where = past.cleaned, past.reading.where
        is_learnt = ~np.isnan(cleaned.volume) & ~cleaned.is_closed[where.slot]
        volume = np.where(is_learnt, cleaned.volume, 0.0)
        if not volume.any():
            return PoissonRidgeFit(self, 0.0, cleaned.is_closed, Spread())
        expected = is_learnt * past.reading.expected
        day = where.week * 7 + where.slot // (where.slots // 7)
        day -= day.min()
        level = levels(np.bincount(day, volume), np.bincount(day, expected), cleaned.dispersion)

        age = min(AGE_OF_LEVEL_DAYS, len(level) // 2)
        judged = is_learnt & (day >= max(age, len(level) - DAYS_TO_JUDGE))
        mean = expected[judged] * level[day[judged] - age]
        error = (past.volume[judged] - mean) * self.optimism
        return PoissonRidgeFit(self, level[-1], cleaned.is_closed, Spread.of_errors(error, mean))


@dataclass(frozen=True)
class PoissonRidge:
    """Hour, weekday, hour of week, season, holidays and launches on a log scale, at the level of the last days.

    At most the last 104 weeks are learnt from, a week weighing half as much 52 weeks later. The penalty makes it the
    most probable curve under normal priors (`staffing.forecast.methods.design.PRIOR`) and counts whose variance is
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
        matrix, is_calendar = design.matrix(index), design.is_calendar(index)
        if not volume.any():
            silence = LogCurve(0.0, np.zeros(matrix.shape[1]))
            return RidgeCurve(design, silence, is_calendar, 1.0)
        age_weeks = np.arange(len(volume))[::-1] / slots_a_week(index)
        weight = is_learnt * 0.5 ** (age_weeks / HALF_LIFE_WEEKS)
        curve = regress(matrix, volume, weight, cleaned.dispersion)
        information = weight * curve.at(matrix) / cleaned.dispersion
        return RidgeCurve(design, curve, is_calendar, optimism(matrix, information))

    def fit(self, history: pd.Series, calendar: SeriesCalendar) -> PoissonRidgeFit:
        """Learn the curve and bring it to the level of late."""
        curve = self.learn(history, calendar)
        return curve.at(curve.look_back(recent(history)))
