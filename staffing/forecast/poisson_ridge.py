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
from staffing.forecast.weeks import places, slots_a_week

HISTORY_WEEKS = 104
HALF_LIFE_WEEKS = 52.0
DAYS_TO_JUDGE = 84
AGE_OF_LEVEL_DAYS = 7


@dataclass(frozen=True)
class PoissonRidgeFit:
    """The curve at the level of late.

    Parameters
    ----------
    curve
        Expected volume for the rows of ``design``.
    level
        Ratio of the volume of late to that curve.
    is_closed
        ``is_closed[slot]``: slots of the local week without work.
    """

    design: Design
    curve: LogCurve
    level: float
    is_closed: np.ndarray
    spread: Spread

    def predict(self, index: pd.DatetimeIndex, levels: tuple[float, ...] = QUANTILES) -> Prediction:
        """Follow the curve at the last level; closed hours are 0."""
        slot = places(index, self.design.calendar.region.time_zone).slot
        mean = np.where(
            self.is_closed[slot], 0.0, self.level * self.curve.at(self.design.matrix(index))
        )
        return Prediction(mean, self.spread.quantiles(mean, levels))


@dataclass(frozen=True)
class PoissonRidge:
    """Hour, weekday, hour of week, season, holidays and launches on a log scale, at the level of the last days.

    At most the last 104 weeks are learnt from, a week weighing half as much 52 weeks later. The penalty makes it the
    most probable curve under normal priors (`staffing.forecast.design.PRIOR`) and counts whose variance is
    ``dispersion * mean``.
    """

    name: str = "poisson_ridge"

    def fit(self, history: pd.Series, calendar: SeriesCalendar) -> PoissonRidgeFit:
        """Learn from the known, open hours, outliers capped.

        The spread comes from the last twelve weeks, each day held against a level that was a week old.
        """
        a_week = slots_a_week(history.index)
        history = history.iloc[-HISTORY_WEEKS * a_week :]
        index = pd.DatetimeIndex(history.index)
        where = places(index, calendar.region.time_zone)
        cleaned = clean(history.to_numpy(), where, calendar.launched(index))
        is_learnt = ~np.isnan(cleaned.volume) & ~cleaned.is_closed[where.slot]
        volume = np.where(is_learnt, cleaned.volume, 0.0)
        design = Design.of_history(index, calendar)
        matrix = design.matrix(index)
        if not volume.any():
            silence = LogCurve(0.0, np.zeros(matrix.shape[1]))
            return PoissonRidgeFit(design, silence, 0.0, cleaned.is_closed, Spread())

        age_weeks = np.arange(len(volume))[::-1] / a_week
        weight = is_learnt * 0.5 ** (age_weeks / HALF_LIFE_WEEKS)
        curve = regress(matrix, volume, weight, cleaned.dispersion)
        expected = is_learnt * curve.at(matrix)
        day = where.week * 7 + where.slot // (where.slots // 7)
        day -= day.min()
        level = levels(np.bincount(day, volume), np.bincount(day, expected), cleaned.dispersion)

        age = min(AGE_OF_LEVEL_DAYS, len(level) // 2)
        judged = is_learnt & (day >= max(age, len(level) - DAYS_TO_JUDGE))
        mean = expected[judged] * level[day[judged] - age]
        error = history.to_numpy()[judged] - mean
        error *= optimism(matrix, weight * expected / cleaned.dispersion)
        return PoissonRidgeFit(
            design, curve, level[-1], cleaned.is_closed, Spread.of_errors(error, mean)
        )
