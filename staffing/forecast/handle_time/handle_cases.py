"""Handled cases of one series by local hour, weekday and week, and how much one case differs from the next."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from staffing.domain import clock
from staffing.forecast.weeks import MONDAY

FAR_OUT = 10.0
PATTERN_ROOM = 4.0
SHARE_LEFT_OUT = 0.005
ROWS_OF_ONE_LEVEL = 50


@dataclass(frozen=True)
class Cases:
    """One row per interval that has cases with a handle time, in order.

    Parameters
    ----------
    week
        ``week[row]``, local weeks since Monday, 5 January 1970.
    hour, weekday
        ``hour[row]`` (0 to 23) and ``weekday[row]`` (0: Monday), local.
    count, minutes
        ``count[row]`` cases, more than 0, and ``minutes[row]`` of all of them.
    """

    week: np.ndarray
    hour: np.ndarray
    weekday: np.ndarray
    count: np.ndarray
    minutes: np.ndarray

    @classmethod
    def of_series(cls, volume: pd.Series, aht_minutes: pd.Series, time_zone: str) -> Cases:
        """Join cases and mean handle times by interval, either unknown (NaN) or absent in places.

        Without any time above 0 none was kept: no rows.
        """
        minutes = (volume * aht_minutes.reindex(volume.index)).to_numpy(dtype=np.float64)
        count = volume.to_numpy(dtype=np.float64)
        kept = (count > 0) & ~np.isnan(minutes) & bool(np.nansum(minutes))
        local = clock.local_stamps(pd.DatetimeIndex(volume.index[kept]), time_zone)
        return cls(
            week=((local - MONDAY) // pd.Timedelta(weeks=1)).to_numpy(),
            hour=local.hour.to_numpy(),
            weekday=local.day_of_week.to_numpy(),
            count=count[kept],
            minutes=minutes[kept],
        )

    def capped(self) -> Cases:
        """Return the same with the means that no pattern explains brought down to a limit.

        It is ``4 + 10 / sqrt(n)`` times the median case: of lognormal times that differ by as much as their mean, two
        minutes in a thousand lie beyond.
        """
        mean, taken = self.minutes / self.count, self.minutes > 0
        order = np.flatnonzero(taken)[np.argsort(mean[taken])]
        half = np.searchsorted(np.cumsum(self.count[order]), self.count[order].sum() / 2)
        median = mean[order[half]]
        most = median * (PATTERN_ROOM + FAR_OUT / np.sqrt(self.count))
        return replace(self, minutes=np.minimum(self.minutes, self.count * most))

    def by_cell(self, values: np.ndarray) -> np.ndarray:
        """Return ``sums[weekday, hour]`` of values by row."""
        return np.bincount(self.weekday * 24 + self.hour, values, 7 * 24).reshape(7, 24)

    def by_week(self, values: np.ndarray) -> np.ndarray:
        """Return ``sums[week]`` of values by row, from the first week to the last."""
        return np.bincount(self.week - self.week.min(), values)

    def scatter(self, factor: np.ndarray) -> tuple[float, int]:
        """Return the sum of ``cv**2`` over intervals, and the degrees of freedom that it has.

        A mean of n cases has the variance ``sd**2 / n``, so ``n * (mean / expected - 1)**2`` averages to ``cv**2``; the
        level of every fifty intervals is taken out. What lies ten times as far as usual does not count.

        Parameters
        ----------
        factor
            ``factor[row]``: expected handle time but for the level.
        """
        stretch = np.arange(len(self.count)) // ROWS_OF_ONE_LEVEL
        expected = self.count * factor
        level = np.bincount(stretch, self.minutes) / np.bincount(stretch, expected)
        expected *= np.where(level > 0, level, 1.0)[stretch]
        square = self.count * (self.minutes / expected - 1) ** 2
        largest = np.quantile(square, 1 - max(SHARE_LEFT_OUT, min(0.5, 1 / len(square))))
        kept = square <= FAR_OUT**2 * square[square <= largest].mean()
        return float(square[kept].sum()), int(kept.sum()) - len(np.unique(stretch[kept]))
