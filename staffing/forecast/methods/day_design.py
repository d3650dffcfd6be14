"""The columns of the regression on days: weekday, season, holidays, launches, a trend that fades."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from staffing.forecast.calendar import RegionCalendar
from staffing.forecast.methods.design import ANNUAL_FROM_WEEKS, CHRISTMAS_WEEK, DAYS_A_YEAR
from staffing.forecast.methods.local_days import LocalDays

HARMONICS = 6
TREND_FADES_YEARS = 1.0
SATURDAY = 5
# How far a column may move the log of a day's volume: one standard deviation before any data.
PRIOR = {
    "weekday": 0.5,
    "holiday": 1.0,
    "holiday_name": 0.3,
    "beside_holiday": 0.2,
    "christmas_week": 0.6,
    "launch": 0.7,
    "annual": 0.12,
    "trend": 0.2,
}


@dataclass(frozen=True)
class DayDesign:
    """A fixed set of columns for the days of one series; the same for its past and its future.

    Parameters
    ----------
    holiday_names
        Those of the history, one column each.
    end
        Last day of the history.
    is_annual
        Long enough a history to learn the season of the year.
    """

    region: RegionCalendar
    holiday_names: tuple[str, ...]
    end: pd.Timestamp
    is_annual: bool

    @classmethod
    def of_history(cls, days: LocalDays, region: RegionCalendar) -> DayDesign:
        """Choose the columns that a history can teach."""
        names = {name for shares in _holidays(days.dates, region) for name in shares}
        is_annual = len(days.dates) >= 7 * ANNUAL_FROM_WEEKS
        return cls(region, tuple(sorted(names)), days.dates[-1], is_annual)

    def years_ahead(self, dates: pd.DatetimeIndex) -> np.ndarray:
        """Return ``years[day]`` since the end of the history, negative within it."""
        return np.asarray((dates - self.end) / pd.Timedelta(days=DAYS_A_YEAR), dtype=np.float64)

    def matrix(self, days: LocalDays) -> sparse.csr_array:
        """Return ``matrix[day, column]``, each column scaled by its prior standard deviation."""
        years = self.years_ahead(days.dates)
        parts = {
            "weekday": np.eye(7)[days.weekday],
            **self._holiday_columns(days),
            "launch": days.launched,
            "trend": _fading(years)[:, None],
        }
        if self.is_annual:
            order = np.arange(1, HARMONICS + 1)
            turns = 2 * np.pi * years[:, None] * order
            smooth = np.hstack([np.sin(turns), np.cos(turns)]) / np.sqrt(np.tile(order, 2))
            parts["annual"] = smooth
        return sparse.csr_array(np.hstack([PRIOR[name] * block for name, block in parts.items()]))

    def _holiday_columns(self, days: LocalDays) -> dict[str, np.ndarray]:
        a_day = pd.Timedelta(days=1)
        around = pd.date_range(days.dates[0] - a_day, days.dates[-1] + a_day)
        shares = _holidays(around, self.region)
        total = np.array([min(1.0, sum(names.values())) for names in shares])
        here, is_none = total[1:-1], total[1:-1] == 0
        named = [[names.get(name, 0.0) for name in self.holiday_names] for names in shares[1:-1]]
        christmas = [(date.month, date.day) in CHRISTMAS_WEEK for date in days.dates]
        return {
            "holiday": (here * (days.weekday < SATURDAY))[:, None],
            "beside_holiday": np.column_stack([total[2:] * is_none, total[:-2] * is_none]),
            "holiday_name": np.array(named).reshape(len(named), -1),
            "christmas_week": np.array(christmas, dtype=np.float64)[:, None],
        }


def _fading(years: np.ndarray) -> np.ndarray:
    """Return years of growth: all of those that were, those to come ever less, together never more than one."""
    ahead = np.maximum(0.0, years)
    faded = TREND_FADES_YEARS * -np.expm1(-ahead / TREND_FADES_YEARS)
    return np.asarray(np.minimum(0.0, years) + faded)


def _holidays(dates: pd.DatetimeIndex, region: RegionCalendar) -> list[dict[str, float]]:
    known = region.holidays(tuple(range(dates[0].year, dates[-1].year + 1)))
    return [known.get(date, {}) for date in dates.date]
