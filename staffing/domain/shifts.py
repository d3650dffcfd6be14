"""Shift templates and the duties made of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from pydantic import Field, model_validator

from staffing.domain import clock
from staffing.domain.base import Frozen
from staffing.domain.clock import Horizon
from staffing.domain.people import Site

NIGHT_START, NIGHT_END = 23 * 60, 6 * 60
NIGHT_MINUTES_OF_A_NIGHT_DUTY = 180


class ShiftTemplate(Frozen):
    """A shift as it hangs on the wall: local start and end, one unpaid break.

    Parameters
    ----------
    template
        Identifier, such as ``D08``.
    start, end
        Local wall-clock times; an end not after the start is on the next day.
    break_after_minutes, break_minutes
        Unpaid break, counted from the start of the duty; 0 minutes is no break.
    sites
        Sites that use it; empty means all.
    requires
        Workstreams that the holder must be trained for.
    """

    template: str
    start: dt.time
    end: dt.time
    break_after_minutes: int = Field(default=0, ge=0)
    break_minutes: int = Field(default=0, ge=0, le=180)
    sites: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _break_inside(self) -> ShiftTemplate:
        if (
            self.break_minutes
            and self.break_after_minutes + self.break_minutes >= self.span_minutes
        ):
            raise ValueError(f"template {self.template!r}: the break must lie inside the shift")
        return self

    @property
    def span_minutes(self) -> int:
        """Wall-clock length, break included (a day without clock change)."""
        start = self.start.hour * 60 + self.start.minute
        end = self.end.hour * 60 + self.end.minute
        return (end - start - 1) % clock.DAY_MINUTES + 1


class Duty(Frozen):
    """A shift template on a date at a site, with its true times; whoever holds it is in the roster.

    Parameters
    ----------
    site, template, date
        Where, which template, and the local date on which it starts. ``template`` is ``""`` for hours typed by hand.
    start, end
        Minutes from ``horizon.start``; may lie before 0 or after the end.
    break_start, break_minutes
        Unpaid break; ``break_minutes`` 0 is none.
    start_local
        Minute of the local day at which it starts, 0 to 1439.
    night_minutes
        Minutes within local 23:00 to 06:00.
    requires
        Workstreams that the holder must be trained for.
    """

    site: str
    template: str
    date: dt.date
    start: int
    end: int
    break_start: int = 0
    break_minutes: int = 0
    start_local: int
    night_minutes: int = 0
    requires: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _positive(self) -> Duty:
        if self.end <= self.start:
            raise ValueError(f"duty on {self.date} ends at or before its start")
        return self

    @property
    def paid_minutes(self) -> int:
        """Minutes from start to end without the unpaid break."""
        return self.end - self.start - self.break_minutes

    @property
    def is_night(self) -> bool:
        """At least three hours within local 23:00 to 06:00 (EU 2003/88 art. 2)."""
        return self.night_minutes >= NIGHT_MINUTES_OF_A_NIGHT_DUTY

    def spans(self) -> tuple[tuple[int, int], ...]:
        """Return the half-open stretches of presence, break left out."""
        if not self.break_minutes:
            return ((self.start, self.end),)
        pause_end = self.break_start + self.break_minutes
        return ((self.start, self.break_start), (pause_end, self.end))

    def whole_intervals(self, horizon: Horizon) -> tuple[int, ...]:
        """Return the intervals of the horizon through which the holder is present from end to end, breaks left out."""
        width = horizon.interval_minutes
        found: list[int] = []
        for start, end in self.spans():
            first, last = max(0, -(-start // width)), min(horizon.intervals, end // width)
            found.extend(range(first, last))
        return tuple(found)

    def overlaps(self, start: int, end: int) -> bool:
        """Tell whether the duty, break included, meets the half-open stretch."""
        return self.start < end and start < self.end


def make_duty(
    horizon: Horizon,
    site: Site,
    date: dt.date,
    start: dt.datetime,
    end: dt.datetime,
    *,
    template: str = "",
    break_after_minutes: int = 0,
    break_minutes: int = 0,
    requires: tuple[str, ...] = (),
) -> Duty:
    """Build a duty from aware moments, filling in what follows from the site's wall clock."""
    first, last = horizon.minute(start), horizon.minute(end)
    return Duty(
        site=site.site,
        template=template,
        date=date,
        start=first,
        end=last,
        break_start=first + break_after_minutes if break_minutes else 0,
        break_minutes=break_minutes,
        start_local=horizon.local_minute(first, site.time_zone),
        night_minutes=_night_minutes(horizon, site.time_zone, first, last),
        requires=requires,
    )


def duty_on(horizon: Horizon, site: Site, template: ShiftTemplate, date: dt.date) -> Duty:
    """Return the duty of a template that starts on a local date; clock changes lengthen or shorten it."""
    start = dt.datetime.combine(date, template.start)
    end_date = date + dt.timedelta(days=template.end <= template.start)
    return make_duty(
        horizon,
        site,
        date,
        clock.local_to_utc(start, site.time_zone),
        clock.local_to_utc(dt.datetime.combine(end_date, template.end), site.time_zone),
        template=template.template,
        break_after_minutes=template.break_after_minutes,
        break_minutes=template.break_minutes,
        requires=template.requires,
    )


def duties_at(horizon: Horizon, site: Site, templates: Iterable[ShiftTemplate]) -> Iterator[Duty]:
    """Yield every duty that can start at a site on the local dates of the horizon, by date and template order."""
    usable = [t for t in templates if not t.sites or site.site in t.sites]
    for date in horizon.dates:
        for template in usable:
            yield duty_on(horizon, site, template, date)


def _night_minutes(horizon: Horizon, time_zone: str, start: int, end: int) -> int:
    """Count minutes of [start, end) whose wall clock shows 23:00 to 06:00, right through clock changes."""
    total, minute = 0, start
    while minute < end:
        step = min(15 - minute % 15, end - minute)
        local = horizon.local_minute(minute, time_zone)
        total += step if local >= NIGHT_START or local < NIGHT_END else 0
        minute += step
    return total
