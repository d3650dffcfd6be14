"""The local days of an index, and what the calendar says about each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from staffing.domain import clock
from staffing.forecast.calendar import SeriesCalendar
from staffing.forecast.weeks import slots_a_week

A_DAY = pd.Timedelta(days=1)


@dataclass(frozen=True)
class LocalDays:
    """Every local day from the first interval of an index to its last.

    Parameters
    ----------
    dates
        Naive midnights, one a day, without gaps.
    day, slot
        ``day[interval]``, position among the dates, and ``slot[interval]``, number of the interval within a day of 24
        hours: a day on which clocks go forward lacks some, one on which they go back has some twice.
    slots
        Intervals of a day of 24 hours.
    launched
        ``launched[day, launch]``, the share of the day that meets each launch that the calendar names.
    """

    dates: pd.DatetimeIndex
    day: np.ndarray
    slot: np.ndarray
    slots: int
    launched: np.ndarray

    @classmethod
    def of(cls, index: pd.DatetimeIndex, calendar: SeriesCalendar) -> LocalDays:
        """Cut an aware UTC index that has a frequency into the days of the region's clock."""
        slots = slots_a_week(index) // 7
        local = clock.local_stamps(index, calendar.region.time_zone)
        midnight = local.normalize()
        day = ((midnight - midnight.min()) // A_DAY).to_numpy()
        dates = pd.date_range(midnight.min(), midnight.max())
        met = [np.bincount(day, calendar.during(index, name)) for name in calendar.launches]
        return cls(
            dates=dates,
            day=day,
            slot=((local - midnight) // (A_DAY / slots)).to_numpy(),
            slots=slots,
            launched=np.array(met).reshape(-1, len(dates)).T / slots,
        )

    @property
    def weekday(self) -> np.ndarray:
        """``weekday[day]``, 0: Monday."""
        return self.dates.day_of_week.to_numpy()
