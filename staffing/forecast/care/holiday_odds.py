"""How much better unusual days are told by the holidays of a place than by chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from staffing.forecast.care.findings import stretches
from staffing.forecast.care.holiday_table import SEASON, HolidayTable
from staffing.forecast.care.unusual_days import UnusualDays

NAMES_KEPT = 0.75
KEPT_ON_WEEKDAY, KEPT_ON_WEEKEND = 0.9, 0.4
RATES, HIGHEST_RATE, FEWEST_DAYS = 8, 0.3, 20
SATURDAY = 5


@dataclass(frozen=True)
class NameOdds:
    """What the days say about each named holiday of a table.

    Parameters
    ----------
    days
        ``days[name]``, dates of it that are known.
    kept
        ``kept[name]``, log likelihood of its days if it is kept.
    ordinary
        ``ordinary[name, rate]``, the same if they are days as all others.
    """

    days: np.ndarray
    kept: np.ndarray
    ordinary: np.ndarray

    @property
    def gain(self) -> np.ndarray:
        """``gain[name, rate]``: a name is kept with a chance of three in four, or it is not."""
        either = np.logaddexp(
            np.log(NAMES_KEPT) + self.kept[:, None], np.log1p(-NAMES_KEPT) + self.ordinary
        )
        return np.asarray(either - self.ordinary)


@dataclass(frozen=True)
class HolidayOdds:
    """Log likelihoods of the days of a series, where holidays are unusually quiet (or: unusually busy) days.

    Parameters
    ----------
    days
        All that is known of them.
    tells
        ``tells[day]``: something is known of it, and nothing else explains it.
    unusual
        ``unusual[day]``, log density of its ratio on an unusual day over that on others.
    kept
        ``kept[day]``, log likelihood on a holiday that nine in ten times is such a day, on a weekend four in ten times.
    ordinary
        ``ordinary[day, rate]``, log likelihood on a day without holiday, for each chance that it is one all the same.
    """

    days: UnusualDays
    tells: np.ndarray
    unusual: np.ndarray
    kept: np.ndarray
    ordinary: np.ndarray

    @classmethod
    def of(cls, days: UnusualDays, is_explained: np.ndarray, *, is_dip: bool) -> HolidayOdds:
        """Weigh the days of a series; unusual days in a row are one event, be it an outage or a golden week.

        Parameters
        ----------
        is_explained
            ``is_explained[day]``: something else moves the volume, the day says nothing.
        """
        unusual, other = (days.dip, days.rise) if is_dip else (days.rise, days.dip)
        season = [(date.month, date.day) in SEASON for date in days.dates]
        silent = is_explained | np.array(season) | np.isnan(days.log_ratio)
        rates = np.geomspace(1 / max(FEWEST_DAYS, (~silent).sum()), HIGHEST_RATE, RATES)
        others = _mixed(rates, other, days.ordinary)
        usual = others[:, np.argmax(others[~silent].sum(axis=0))]
        weekend = np.asarray(days.dates.day_of_week >= SATURDAY)
        kept = _mixed(np.array([KEPT_ON_WEEKDAY, KEPT_ON_WEEKEND]), unusual, usual)
        weight = np.where(silent, 0.0, 1 / _days_of_run(unusual > usual, ~silent))
        return cls(
            days=days,
            tells=~silent,
            unusual=unusual - usual,
            kept=weight * np.where(weekend, kept[:, 1], kept[:, 0]),
            ordinary=weight[:, None] * _mixed(rates, unusual, usual),
        )

    def of_names(self, table: HolidayTable) -> NameOdds:
        """Add up the days of each named holiday."""
        name, day = table.met(self.days.dates, self.tells)
        names = len(table.names)
        return NameOdds(
            days=np.bincount(name, minlength=names),
            kept=np.bincount(name, self.kept[day], names),
            ordinary=np.column_stack(
                [np.bincount(name, column[day], names) for column in self.ordinary.T]
            ),
        )

    def of_places(self, table: HolidayTable) -> tuple[np.ndarray, np.ndarray]:
        """Return ``gain[place]`` and ``rate[place]``.

        The first is the log likelihood over that without a place, the second the position of the chance that is best.
        """
        by_name = self.of_names(table).gain
        gain = self.ordinary.sum(axis=0) + np.column_stack(
            [np.bincount(table.place, column, len(table.places)) for column in by_name.T]
        )
        return gain.max(axis=1) - self.ordinary.sum(axis=0).max(), gain.argmax(axis=1)


def _mixed(rates: np.ndarray, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return ``density[day, rate]``, log density of the first with that chance, else of the second."""
    return np.asarray(
        np.logaddexp(np.log(rates) + first[:, None], np.log1p(-rates) + second[:, None])
    )


def _days_of_run(is_unusual: np.ndarray, tells: np.ndarray) -> np.ndarray:
    """Return how many unusual days in a row each belongs to, days that tell nothing left out; 1 for others."""
    lengths = np.ones(len(tells))
    told = np.flatnonzero(tells)
    for begin, end in stretches(is_unusual[told]):
        lengths[told[begin:end]] = end - begin
    return lengths
