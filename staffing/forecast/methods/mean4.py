"""mean4: the mean of the last four like hours that are known."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from staffing.forecast.calendar import SeriesCalendar
from staffing.forecast.methods.like_hours import WeekProfile, fit_like_hours

WEEKS = 4


@dataclass(frozen=True)
class Mean4:
    """Mean of the last four known values of the same hour of the local week."""

    name: str = "mean4"

    def fit(self, history: pd.Series, calendar: SeriesCalendar) -> WeekProfile:
        """Average the last known weeks."""
        return fit_like_hours(history, calendar, WEEKS)
