"""Level shifts: days from which on a series has lastingly more or fewer cases, the form of its week apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from staffing.domain import clock
from staffing.forecast.calendar import SeriesCalendar
from staffing.forecast.care.outages import is_festive
from staffing.forecast.methods.clean import clean
from staffing.forecast.weeks import places

WINDOW_DAYS, FEWEST_DAYS = 42, 14
SMALLEST_STEP = float(np.log(1.25))
STANDARD_ERRORS = 6.0
HIGHEST_CORRELATION = 0.8
FEWEST_CASES = 1.0


@dataclass(frozen=True)
class LevelShift:
    """A step of the level.

    Parameters
    ----------
    start
        Local midnight of the first day of the new level, UTC.
    before, after
        Cases a day in the six weeks on either side, as they would be with a usual mix of weekdays.
    """

    start: pd.Timestamp
    before: float
    after: float

    @property
    def factor(self) -> float:
        """How many times as many cases as before."""
        return self.after / self.before


def level_shifts(history: pd.Series, calendar: SeriesCalendar) -> tuple[LevelShift, ...]:
    """Find the steps of the level, oldest first.

    Each day's cases are divided by what its weekday usually brings, days beside holidays left out. Within six weeks on
    either side of a day, the logarithm of this ratio is explained by a straight line and a step on that day (least
    squares). The step counts when it is over 25 %, six times its standard error (widened for the correlation from day
    to day), and seen both in the nearest two weeks and in those beyond. Of steps within six weeks the clearest is kept.

    Parameters
    ----------
    history
        Cases per interval (NaN: unknown) on an aware UTC index that has a frequency.
    """
    daily = _daily(history, calendar)
    log_ratio = np.log((daily.actual + 1) / (daily.usual + 1))
    log_ratio[daily.usual < FEWEST_CASES] = np.nan
    steps = np.array([_clearness(log_ratio, day) for day in range(len(log_ratio))])
    found = []
    while steps.any():
        day = int(np.argmax(steps))
        steps[max(0, day - WINDOW_DAYS) : day + WINDOW_DAYS] = 0
        before, after = daily.level(day - WINDOW_DAYS, day), daily.level(day, day + WINDOW_DAYS)
        if before > 0:
            start = clock.local_day(daily.dates[day].date(), calendar.region.time_zone)[0]
            found.append(LevelShift(pd.Timestamp(start), before, after))
    return tuple(sorted(found, key=lambda shift: shift.start))


@dataclass(frozen=True)
class _Daily:
    """Cases of each local day, beside what is usual in the same intervals; both 0 where nothing is known."""

    dates: pd.DatetimeIndex
    actual: np.ndarray
    usual: np.ndarray

    def level(self, first: int, last: int) -> float:
        """Return the cases of a usual day at the level of some days."""
        days = slice(max(0, first), last)
        return float(
            self.actual[days].sum() / self.usual[days].sum() * self.usual[self.usual > 0].mean()
        )


def _daily(history: pd.Series, calendar: SeriesCalendar) -> _Daily:
    """Add up the known, ordinary intervals of each local day, outliers capped."""
    index = pd.DatetimeIndex(history.index)
    where = places(index, calendar.region.time_zone)
    volume = clean(history.to_numpy(), where).volume
    known = ~np.isnan(volume) & ~is_festive(index, calendar) & ~calendar.launched(index)
    counted = np.bincount(where.slot[known], minlength=where.slots)
    profile = np.bincount(where.slot[known], volume[known], where.slots) / np.maximum(counted, 1)
    date = clock.local_stamps(index, calendar.region.time_zone).normalize()
    day = ((date - date[0]) // pd.Timedelta(days=1)).to_numpy()
    return _Daily(
        dates=pd.date_range(date[0], date[-1]),
        actual=np.bincount(day[known], volume[known], day[-1] + 1),
        usual=np.bincount(day[known], profile[where.slot[known]], day[-1] + 1),
    )


def _clearness(log_ratio: np.ndarray, day: int) -> float:
    """Return the standard errors of a step on a day, 0 where there is none that counts."""
    first = max(0, day - WINDOW_DAYS)
    near = log_ratio[first : day + WINDOW_DAYS]
    at = np.arange(first, first + len(near)) - day
    known = ~np.isnan(near)
    at, near = at[known], near[known]
    after = at >= 0
    if min(after.sum(), (~after).sum()) < FEWEST_DAYS:
        return 0.0
    columns = np.column_stack([np.ones(len(at)), at, after])
    inverse = np.linalg.inv(columns.T @ columns)
    fitted = inverse @ (columns.T @ near)
    step, left = fitted[2], near - columns @ fitted
    if abs(step) < SMALLEST_STEP or not _lasts(near, at, step):
        return 0.0
    variance = left @ left / (len(left) - 3)
    alike = np.clip(left[1:] @ left[:-1] / max(left @ left, 1e-12), 0, HIGHEST_CORRELATION)
    error = np.sqrt(variance * inverse[2, 2] * (1 + alike) / (1 - alike))
    clearness = abs(step) / max(error, 1e-9)
    return float(clearness) if clearness > STANDARD_ERRORS else 0.0


def _lasts(near: np.ndarray, at: np.ndarray, step: float) -> bool:
    """Tell whether at least half of a step is seen in the nearest two weeks, and in those beyond where known."""
    close, far = abs(at + 0.5) < FEWEST_DAYS, abs(at + 0.5) > FEWEST_DAYS
    jumps = [
        np.median(near[part & (at >= 0)]) - np.median(near[part & (at < 0)])
        for part in (close, far)
        if (part & (at >= 0)).any() and (part & (at < 0)).any()
    ]
    return all(jump * np.sign(step) > 0.5 * abs(step) for jump in jumps)
