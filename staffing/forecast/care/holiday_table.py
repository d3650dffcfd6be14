"""The public holidays of many places as arrays: one row for each date of each named holiday."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from staffing.forecast.calendar import public_holidays, supported_places
from staffing.forecast.methods.design import CHRISTMAS_WEEK

Place = tuple[str, str | None]

SEASON = CHRISTMAS_WEEK | {(1, 2), (1, 3)}
"""Much of the world slows down on these days: they tell nothing about the place."""

WIDELY_KEPT = 0.25


@dataclass(frozen=True)
class HolidayTable:
    """Holidays of some places in some years, those of `SEASON` apart; a date counts for the first of its names.

    Parameters
    ----------
    places
        Country and subdivision.
    names
        Name of each holiday of each place.
    place
        ``place[name]``, position among the places.
    name, date
        ``[row]``, position among the names, and the day (``datetime64[D]``).
    """

    places: tuple[Place, ...]
    names: tuple[str, ...]
    place: np.ndarray
    name: np.ndarray
    date: np.ndarray

    @classmethod
    @cache
    def of(cls, places: tuple[Place, ...], years: tuple[int, ...]) -> HolidayTable:
        """Gather the holidays of some places; kept, as every series asks for the same."""
        names: list[str] = []
        place: list[int] = []
        name: list[int] = []
        date: list[dt.date] = []
        for position, here in enumerate(places):
            for called, days in _by_name(here, years).items():
                name += [len(names)] * len(days)
                date += days
                names.append(called)
                place.append(position)
        return cls(
            places=places,
            names=tuple(names),
            place=np.array(place, dtype=int),
            name=np.array(name, dtype=int),
            date=np.array(date, dtype="datetime64[D]"),
        )

    @classmethod
    def of_countries(cls, years: tuple[int, ...]) -> HolidayTable:
        """Gather the national holidays of every country."""
        return cls.of(tuple((country, None) for country in supported_places()), years)

    def met(self, dates: pd.DatetimeIndex, tells: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return ``name[met]`` and ``day[met]``: the rows that fall on days that tell something.

        Parameters
        ----------
        dates
            Naive midnights, one a day, without gaps.
        tells
            ``tells[day]``.
        """
        day = (self.date - dates.to_numpy()[0].astype("datetime64[D]")) // np.timedelta64(1, "D")
        known = (day >= 0) & (day < len(tells))
        known[known] = tells[day[known]]
        return self.name[known], day[known]

    def is_widely_kept(self, years: tuple[int, ...]) -> np.ndarray:
        """Tell which named holidays mostly fall on days that a quarter of all countries keep, such as Good Friday."""
        everywhere = HolidayTable.of_countries(years)
        dates, counted = np.unique(everywhere.date, return_counts=True)
        wide = dates[counted > WIDELY_KEPT * len(everywhere.places)]
        days = np.bincount(self.name, minlength=len(self.names))
        shared = np.bincount(self.name, np.isin(self.date, wide), len(self.names))
        return np.asarray(shared > days / 2)


def _by_name(place: Place, years: tuple[int, ...]) -> dict[str, list[dt.date]]:
    found: dict[str, list[dt.date]] = {}
    seen: set[dt.date] = set()
    for date, name in public_holidays(*place, years):
        if (date.month, date.day) not in SEASON and date not in seen:
            seen.add(date)
            found.setdefault(name, []).append(date)
    return found
