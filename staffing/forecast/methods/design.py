"""The columns of the regression: hour, weekday, season, holidays, launches."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from staffing.domain import clock
from staffing.forecast.calendar import SeriesCalendar
from staffing.forecast.weeks import Places, places

HARMONICS = 1
ANNUAL_FROM_WEEKS = 60
DAYS_A_YEAR = 365.25
BLOCK_MINUTES = 180
CHRISTMAS_WEEK = frozenset({(12, day) for day in range(24, 32)} | {(1, 1)})
CALENDAR = frozenset(
    {"holiday_block", "holiday_name", "beside_holiday", "christmas_week", "launch"}
)
# How far a column may move the log of the volume: one standard deviation before any data.
PRIOR = {
    "time_of_day": 1.0,
    "weekday": 0.5,
    "hour_of_week": 0.2,
    "holiday_block": 1.0,
    "holiday_name": 0.2,
    "beside_holiday": 0.2,
    "christmas_week": 0.3,
    "launch": 0.7,
    "annual": 0.2,
    "trend": 0.2,
}


@dataclass(frozen=True)
class Design:
    """A fixed set of columns for one series; the same for its past and its future.

    Parameters
    ----------
    holiday_names, launch_names
        Those of the history, one column each.
    end
        End of the history; the trend stands still after it.
    is_annual
        Long enough a history to learn the season of the year.
    """

    calendar: SeriesCalendar
    holiday_names: tuple[str, ...]
    launch_names: tuple[str, ...]
    end: pd.Timestamp
    is_annual: bool

    @classmethod
    def of_history(cls, index: pd.DatetimeIndex, calendar: SeriesCalendar) -> Design:
        """Choose the columns that a history can teach."""
        days = _Days.of(index, calendar)
        return cls(
            calendar=calendar,
            holiday_names=tuple(sorted({name for shares in days.holidays for name in shares})),
            launch_names=tuple(
                name for name in calendar.launches if calendar.during(index, name).any()
            ),
            end=index[-1],
            is_annual=index[-1] - index[0] >= pd.Timedelta(weeks=ANNUAL_FROM_WEEKS),
        )

    def matrix(self, index: pd.DatetimeIndex) -> sparse.csr_array:
        """Return ``matrix[interval, column]``, each column scaled by its prior standard deviation."""
        blocks = [PRIOR[name] * block for name, block in self._parts(index)]
        return sparse.csr_array(sparse.hstack(blocks, format="csr"))

    def is_calendar(self, index: pd.DatetimeIndex) -> np.ndarray:
        """Tell which columns are holidays or launches, on the grid of an index."""
        parts = self._parts(index[:1])
        kinds = [np.full(block.shape[1], name in CALENDAR) for name, block in parts]
        return np.concatenate(kinds)

    def _parts(self, index: pd.DatetimeIndex) -> list[tuple[str, sparse.csr_array]]:
        where = places(index, self.calendar.region.time_zone)
        days = _Days.of(index, self.calendar)
        return [
            *self._week_columns(where),
            *self._holiday_columns(days, where),
            *self._launch_columns(index),
            *self._season_columns(index),
        ]

    def _week_columns(self, where: Places) -> list[tuple[str, sparse.csr_array]]:
        a_day = where.slots // 7
        an_hour = a_day // 24
        return [
            ("time_of_day", _one_hot(where.slot % a_day, a_day)),
            ("weekday", _one_hot(where.slot // a_day, 7)),
            ("hour_of_week", _one_hot(where.slot // an_hour, 7 * 24)),
        ]

    def _holiday_columns(self, days: _Days, where: Places) -> list[tuple[str, sparse.csr_array]]:
        total = np.array([sum(shares.values()) for shares in days.holidays])
        before, after = np.roll(total, -1), np.roll(total, 1)
        a_day = where.slots // 7
        blocks = clock.DAY_MINUTES // BLOCK_MINUTES
        block = where.slot % a_day * blocks // a_day
        inner = slice(1, -1)
        beside = np.column_stack([before * (total == 0), after * (total == 0)])
        named = np.array(
            [[shares.get(name, 0.0) for name in self.holiday_names] for shares in days.holidays]
        )
        christmas = np.array([[(day.month, day.day) in CHRISTMAS_WEEK] for day in days.dates])
        found = [
            ("holiday_block", _one_hot(block, blocks, np.minimum(1, total)[inner][days.day])),
            ("beside_holiday", sparse.csr_array(beside[inner][days.day])),
            ("christmas_week", sparse.csr_array(christmas[inner][days.day].astype(float))),
        ]
        if self.holiday_names:
            found.append(("holiday_name", sparse.csr_array(named[inner][days.day])))
        return found

    def _launch_columns(self, index: pd.DatetimeIndex) -> list[tuple[str, sparse.csr_array]]:
        return [
            ("launch", sparse.csr_array(self.calendar.during(index, name)[:, None].astype(float)))
            for name in self.launch_names
        ]

    def _season_columns(self, index: pd.DatetimeIndex) -> list[tuple[str, sparse.csr_array]]:
        years = ((index - self.end) / pd.Timedelta(days=DAYS_A_YEAR)).to_numpy()
        found = [("trend", sparse.csr_array(np.minimum(0, years)[:, None]))]
        if self.is_annual:
            turns = 2 * np.pi * years[:, None] * np.arange(1, HARMONICS + 1)
            found.append(("annual", sparse.csr_array(np.hstack([np.sin(turns), np.cos(turns)]))))
        return found


@dataclass(frozen=True)
class _Days:
    """The local days of an index, with one more on either side.

    Parameters
    ----------
    dates
        Every local date, in order.
    holidays
        Shares by holiday name for each date.
    day
        ``day[interval]``, position among the dates without the two outer ones.
    """

    dates: tuple[dt.date, ...]
    holidays: tuple[dict[str, float], ...]
    day: np.ndarray

    @classmethod
    def of(cls, index: pd.DatetimeIndex, calendar: SeriesCalendar) -> _Days:
        local = clock.local_stamps(index, calendar.region.time_zone).normalize()
        a_day = pd.Timedelta(days=1)
        dates = pd.date_range(local.min() - a_day, local.max() + a_day)
        years = tuple(range(dates[0].year, dates[-1].year + 1))
        known = calendar.region.holidays(years)
        return cls(
            dates=tuple(dates.date),
            holidays=tuple(known.get(date, {}) for date in dates.date),
            day=((local - local.min()) // a_day).to_numpy(),
        )


def _one_hot(column: np.ndarray, columns: int, value: np.ndarray | None = None) -> sparse.csr_array:
    """Return one row per entry with its value (or 1) in its column."""
    rows = np.arange(len(column))
    value = np.ones(len(column)) if value is None else value
    keep = value != 0
    return sparse.csr_array((value[keep], (rows[keep], column[keep])), shape=(len(column), columns))
