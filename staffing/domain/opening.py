"""Opening hours: when the business clock of a workstream runs."""

from __future__ import annotations

import datetime as dt

from pydantic import model_validator

from staffing.domain.base import Frozen

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MIDNIGHT = dt.time()

Hours = tuple[dt.time, dt.time]


class OpeningHours(Frozen):
    """When a site is open for a kind of work, by its wall clock.

    Parameters
    ----------
    site
        Site whose clock, local day and public holidays count.
    monday, tuesday, wednesday, thursday, friday, saturday, sunday
        Opening and closing time, 00:00 as a closing time is midnight at the end of the day; None is closed.
    holidays
        True: closed on the public holidays of the site.
    open_on
        Names of public holidays on which it is open all the same.
    worked_outside
        True: the work may also be done while the site is closed.
    """

    site: str
    monday: Hours | None = None
    tuesday: Hours | None = None
    wednesday: Hours | None = None
    thursday: Hours | None = None
    friday: Hours | None = None
    saturday: Hours | None = None
    sunday: Hours | None = None
    holidays: bool = True
    open_on: tuple[str, ...] = ()
    worked_outside: bool = True

    @model_validator(mode="after")
    def _open_some_day(self) -> OpeningHours:
        if not any(self.hours):
            raise ValueError(
                'it is never open. Write the days, such as monday = ["09:00", "17:00"]'
            )
        for day, hours in zip(WEEKDAYS, self.hours, strict=True):
            if hours and hours[1] != MIDNIGHT and hours[1] <= hours[0]:
                raise ValueError(f"{day} closes at or before it opens")
        return self

    @property
    def hours(self) -> tuple[Hours | None, ...]:
        """Opening and closing time by weekday, Monday first."""
        return tuple(getattr(self, day) for day in WEEKDAYS)
