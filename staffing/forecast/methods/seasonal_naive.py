"""seasonal_naive: the same hour of the last week in which it is known."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from staffing.forecast.calendar import SeriesCalendar
from staffing.forecast.methods.like_hours import WeekProfile, fit_like_hours


@dataclass(frozen=True)
class SeasonalNaive:
    """What every other method must beat."""

    name: str = "seasonal_naive"

    def fit(self, history: pd.Series, calendar: SeriesCalendar) -> WeekProfile:
        """Keep the last known week."""
        return fit_like_hours(history, calendar, weeks=1)
