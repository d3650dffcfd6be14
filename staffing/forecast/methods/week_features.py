"""What boosting sees of an hour to come: late volumes of its like hours as ratios, the calendar, the year before."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np

from staffing.forecast.methods.ewma import weighted_means
from staffing.forecast.methods.like_weeks import LikeWeeks

WEEKS_A_YEAR = 52
WEEKS_TO_KNOW_A_YEAR = 3
SLOW_SHARE = 0.05
# A ratio of few cases says little: so many are added above and below.
CASES_AN_HOUR, CASES_A_DAY = 1.0, 5.0
HOLIDAY_FACTOR = 0.97
DAYS_A_YEAR = 365.25
THURSDAY_TO_MONDAY_DAYS = 4


@dataclass(frozen=True)
class WeekFeatures:
    """Features of whole weeks ahead, for every week of a history as origin.

    Parameters
    ----------
    base
        ``base[week, step]``, the exponentially weighted mean up to and with each week: ratios are taken to it, and
        what is forecast is a ratio to it.
    slow
        The same with a longer memory.
    """

    weeks: LikeWeeks
    base: np.ndarray
    slow: np.ndarray

    @classmethod
    def of(cls, weeks: LikeWeeks) -> WeekFeatures:
        """Average the weeks, with both memories."""
        usual = weeks.usual
        return cls(weeks, weighted_means(usual), weighted_means(usual, SLOW_SHARE))

    def of_week(self, origin: np.ndarray, lead: int, factor: np.ndarray) -> np.ndarray:
        """Return ``features[origin, step, feature]`` of a week ahead.

        Parameters
        ----------
        origin
            Row of the last week known.
        lead
            Weeks ahead, from 0.
        factor
            ``factor[origin, step]``, what the calendar does in the week to forecast.
        """
        usual, base, slow = self.weeks.usual, self.base[origin], self.slow[origin]
        last, before = _rows(usual, origin), _rows(usual, origin - 1)
        month = _mean([last, before, _rows(usual, origin - 2), _rows(usual, origin - 3)])
        target = origin + 1 + lead - WEEKS_A_YEAR
        year = np.where(target[:, None] >= WEEKS_TO_KNOW_A_YEAR, _rows(usual, target), np.nan)
        year_base = self.base[np.maximum(target, 0)]
        mean = base.mean(axis=1, keepdims=True)
        columns = [
            *(_ratio(volume, base, CASES_AN_HOUR) for volume in (last, before, month)),
            *(_ratio(_smooth(volume), _smooth(base), CASES_AN_HOUR) for volume in (last, month)),
            *(_daily(volume, base) for volume in (last, before)),
            *(_latest(last, base, days) for days in (1, 3, 7)),
            _latest(before, base, 7),
            _ratio(base, slow, CASES_AN_HOUR),
            _latest(base, slow, 7),
            _ratio(year, year_base, CASES_AN_HOUR),
            _daily(year, year_base),
            _latest(year, year_base, 7),
            base / (mean + 1e-9),
            np.log(mean + 0.01),
            np.log(factor),
            factor < HOLIDAY_FACTOR,
            *self._clock(origin, lead),
        ]
        shape = base.shape
        found = np.stack([np.broadcast_to(column, shape) for column in columns], axis=-1)
        return np.asarray(np.nan_to_num(found, nan=1.0))

    def _clock(self, origin: np.ndarray, lead: int) -> list[np.ndarray]:
        """Return days ahead, time of day, weekday, and the season as sine and cosine."""
        slots = self.base.shape[1]
        a_day = slots // 7
        step = np.arange(slots)
        weeks_on = origin + 1 + lead - self.weeks.weeks
        position = self.weeks.end + 1 + weeks_on[:, None] * slots + step
        day = position // a_day
        turn = 2 * np.pi * (day + THURSDAY_TO_MONDAY_DAYS) / DAYS_A_YEAR
        ahead = lead * 7 + step // a_day
        return [ahead, position % a_day, day % 7, np.sin(turn), np.cos(turn)]


def _rows(values: np.ndarray, row: np.ndarray) -> np.ndarray:
    """Return those rows; NaN before the first."""
    return np.where((row >= 0)[:, None], values[np.maximum(row, 0)], np.nan)


def _mean(parts: list[np.ndarray]) -> np.ndarray:
    """Return the mean of what is known."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Mean of empty slice", RuntimeWarning)
        return np.asarray(np.nanmean(parts, axis=0))


def _smooth(volume: np.ndarray) -> np.ndarray:
    """Return the mean of each step and its neighbours."""
    return _mean([volume, np.roll(volume, 1, axis=1), np.roll(volume, -1, axis=1)])


def _ratio(volume: np.ndarray, base: np.ndarray, cases: float) -> np.ndarray:
    return np.asarray((volume + cases) / (base + cases))


def _day_sums(volume: np.ndarray, base: np.ndarray, days: int = 7) -> np.ndarray:
    """Return actual and expected cases by origin and day, over the known hours of the last ``days`` days."""
    a_day = volume.shape[1] // 7
    volume, base = volume[:, -days * a_day :], base[:, -days * a_day :]
    known = ~np.isnan(volume) & ~np.isnan(base)
    by_day = (len(volume), days, a_day)
    actual = np.where(known, volume, 0.0).reshape(by_day).sum(axis=2)
    expected = np.where(known, base, 0.0).reshape(by_day).sum(axis=2)
    return np.stack([actual, expected])


def _daily(volume: np.ndarray, base: np.ndarray) -> np.ndarray:
    """Return the ratio of each step's day."""
    actual, expected = _day_sums(volume, base)
    return np.repeat(_ratio(actual, expected, CASES_A_DAY), volume.shape[1] // 7, axis=1)


def _latest(volume: np.ndarray, base: np.ndarray, days: int) -> np.ndarray:
    """Return the ratio over the last days of the week, the same for every step."""
    actual, expected = _day_sums(volume, base, days).sum(axis=2, keepdims=True)
    return _ratio(actual, expected, CASES_A_DAY)
