"""Cases a day far ahead: a regression on days, and a level of late that is forgotten within years."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from staffing.forecast.calendar import RegionCalendar
from staffing.forecast.methods.day_design import DayDesign
from staffing.forecast.methods.local_days import LocalDays
from staffing.forecast.methods.regression import LogCurve, regress

HALF_LIFE_WEEKS = 78.0
LEVEL_HALF_LIFE_WEEKS = 8.0
LEVEL_FADES_YEARS = 1.0
DEVIATIONS = 3.0
LEVEL_ERROR_FRACTION = 0.1
MEDIAN_OF_SQUARE = 0.455
"""Median of the square of a standard normal."""


@dataclass(frozen=True)
class DayCurve:
    """Expected cases of a day of 24 hours.

    Parameters
    ----------
    level_log
        How far the volume of late lies from the curve, on a log scale.
    """

    design: DayDesign
    curve: LogCurve
    level_log: float

    def rates(self, days: LocalDays) -> np.ndarray:
        """Return ``rate[day]``; the level fades by a factor e a year, and the trend with it."""
        ahead = np.maximum(0.0, self.design.years_ahead(days.dates))
        level = np.exp(self.level_log * np.exp(-ahead / LEVEL_FADES_YEARS))
        return np.asarray(self.curve.at(self.design.matrix(days)) * level)


def learn_curve(
    days: LocalDays, cases: np.ndarray, exposure: np.ndarray, region: RegionCalendar
) -> DayCurve:
    """Learn the curve, bursts capped at three deviations.

    Parameters
    ----------
    cases
        ``cases[day]`` in the known intervals of each day, at least one in all.
    exposure
        ``exposure[day]``, the share of a day of 24 hours that is known; 0: nothing.
    """
    design = DayDesign.of_history(days, region)
    matrix = design.matrix(days)
    age_weeks = np.arange(len(cases))[::-1] / 7
    weight = exposure * 0.5 ** (age_weeks / HALF_LIFE_WEEKS)
    known = exposure > 0
    rate = np.where(known, cases, 0.0) / np.where(known, exposure, 1.0)
    first = regress(matrix, rate, weight, 1.0).at(matrix)
    capped, dispersion = _capped(rate, first, exposure)
    curve = regress(matrix, capped, weight, dispersion)
    mean = curve.at(matrix)
    capped, _ = _capped(rate, mean, exposure)
    late = exposure * 0.5 ** (age_weeks / LEVEL_HALF_LIFE_WEEKS)
    a_week = 7 * np.median(mean[known])
    level = (late @ capped + a_week) / (late @ mean + a_week)
    return DayCurve(design, curve, float(np.log(level)))


def _capped(rate: np.ndarray, mean: np.ndarray, exposure: np.ndarray) -> tuple[np.ndarray, float]:
    """Return the rates without bursts above a mean, and their dispersion around it."""
    known = exposure > 0
    square = (rate - mean)[known] ** 2 * exposure[known] / mean[known]
    dispersion = max(1.0, float(np.median(square)) / MEDIAN_OF_SQUARE)
    seen = np.where(known, exposure, 1.0)
    sd = np.sqrt(dispersion * mean / seen + (LEVEL_ERROR_FRACTION * mean) ** 2)
    return np.minimum(rate, mean + DEVIATIONS * sd), dispersion
