"""The business clock: minutes count only while a site is open, by its wall clock and its public holidays.

The due instant never falls as cases are opened later, so that backlog rows stay what they are on the calendar clock:
work that arrived up to the last interval that is due by t must be done by t.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from staffing.domain.clock import Horizon, local_to_utc
from staffing.domain.errors import ProblemError
from staffing.domain.opening import MIDNIGHT, OpeningHours
from staffing.domain.people import Site
from staffing.forecast.calendar import RegionCalendar

LONGEST_DAYS = 1100
"""How far ahead the clock is read: something is wrong with work that is due later than in three years."""


@dataclass(frozen=True)
class BusinessClock:
    """A clock that runs while a site is open, in minutes of a horizon.

    Parameters
    ----------
    opening
        Opening hours.
    site
        The site that they are about.
    horizon
        What the minutes count from; negative ones lie before it.
    """

    opening: OpeningHours
    site: Site
    horizon: Horizon

    def due(self, opened: int, within: int) -> int:
        """Return the first minute by which the site has been open for ``within`` minutes since ``opened``.

        Raises
        ------
        ProblemError
            If that is years ahead.
        """
        left = within
        for start, end in self._stretches(opened):
            begin = max(start, opened)
            if end - begin >= left:
                return begin + left
            left -= end - begin
        raise ProblemError(
            f"{within} minutes of opening hours of {self.site.site!r} do not pass within "
            f"{LONGEST_DAYS} days. Maybe shorten due_minutes."
        )

    def open_minutes(self, first: int, last: int) -> int:
        """Return for how many minutes from ``first`` to ``last`` the site is open."""
        total = 0
        for start, end in self._stretches(first):
            if start >= last:
                break
            total += max(0, min(end, last) - max(start, first))
        return total

    def _stretches(self, since: int) -> Iterator[tuple[int, int]]:
        """Yield the open stretches that end after a minute, in order."""
        date = self.horizon.local_date(since, self.site.time_zone)
        for ahead in range(LONGEST_DAYS):
            stretch = self._stretch(date + dt.timedelta(days=ahead))
            if stretch and stretch[1] > since:
                yield stretch

    def _stretch(self, date: dt.date) -> tuple[int, int] | None:
        """Return when the site opens and closes on a local date; None where it stays closed."""
        hours = self.opening.hours[date.weekday()]
        if hours is None or (self.opening.holidays and self._is_holiday(date)):
            return None
        last = date + dt.timedelta(days=hours[1] == MIDNIGHT)
        start, end = (
            self.horizon.minute(local_to_utc(dt.datetime.combine(day, time), self.site.time_zone))
            for day, time in ((date, hours[0]), (last, hours[1]))
        )
        return (start, end) if start < end else None

    def _is_holiday(self, date: dt.date) -> bool:
        place = (self.site.country, self.site.subdivision)
        return date in _holidays(place, self.opening.open_on, date.year)


@cache
def _holidays(
    place: tuple[str, str | None], open_on: tuple[str, ...], year: int
) -> frozenset[dt.date]:
    """Return the local dates of a year's public holidays on which a place is closed."""
    return frozenset(RegionCalendar(region="", places=(place,), open_on=open_on).holidays((year,)))
