"""Opening hours: when the business clock of a workstream runs."""

from __future__ import annotations

import datetime as dt

from pydantic import field_validator, model_validator

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

    @field_validator(*WEEKDAYS)
    @classmethod
    def _local_and_in_order(cls, hours: Hours | None) -> Hours | None:
        for time in hours or ():
            if time.tzinfo is not None or time.second or time.microsecond:
                raise ValueError("write local times in whole minutes without an offset")
        if hours and hours[1] != MIDNIGHT and hours[1] <= hours[0]:
            raise ValueError("it closes at or before it opens")
        return hours

    @model_validator(mode="after")
    def _open_some_day(self) -> OpeningHours:
        if not any(self.hours):
            raise ValueError('no day is open. Write monday = ["09:00", "17:00"], and so on')
        return self

    @property
    def hours(self) -> tuple[Hours | None, ...]:
        """Opening and closing time by weekday, Monday first."""
        return tuple(getattr(self, day) for day in WEEKDAYS)
