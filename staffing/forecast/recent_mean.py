"""recent_mean: the mean of the last like hours that are known."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from staffing.forecast.calendar import SeriesCalendar
from staffing.forecast.like_hours import WeekProfile, fit_like_hours


@dataclass(frozen=True)
class RecentMean:
    """Mean of the last ``weeks`` known values of the same hour of the local week."""

    weeks: int = 4
    name: str = "recent_mean"

    def fit(self, history: pd.Series, calendar: SeriesCalendar) -> WeekProfile:
        """Average the last known weeks."""
        return fit_like_hours(history, calendar, self.weeks)
