"""The times of one duty as a row gives them: by template, by local times, or by both where they agree."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from staffing.domain import clock
from staffing.domain.clock import Horizon
from staffing.domain.people import Site
from staffing.domain.shifts import ShiftTemplate, duty_on
from staffing.ingest.fields import FieldError
from staffing.ingest.moments import Wall, in_zone
from staffing.ingest.table import Row

LONGEST = dt.timedelta(hours=24)


class DutyError(FieldError):
    """What is wrong with the times of a duty, and in which column."""

    def __init__(self, column: str, message: str) -> None:
        self.column = column
        super().__init__(message)


@dataclass(frozen=True)
class Times:
    """Aware UTC moments of a duty; without an unpaid break ``break_start`` is None and ``break_minutes`` 0."""

    date: dt.date
    start: dt.datetime
    end: dt.datetime
    break_start: dt.datetime | None
    break_minutes: int


def times_of(row: Row, site: Site, template: ShiftTemplate | None) -> Times:
    """Return the times of a duty.

    Parameters
    ----------
    row
        Sound row of a duty file.
    site
        Where the duty is worked: the zone of the local times.
    template
        Shift template of the row, None for times typed by hand.

    Raises
    ------
    DutyError
        If a time is missing, does not exist, or contradicts another column.
    """
    times = _typed(row, site.time_zone) if template is None else _by_template(row, site, template)
    _check_agreement(row, site.time_zone, times)
    return times


def _by_template(row: Row, site: Site, template: ShiftTemplate) -> Times:
    """Return the times of a template on the date of the row."""
    date = row["date"] or (row["start_local"].date if row["start_local"] else None)
    if date is None:
        raise DutyError("date", "The date is missing. Write the local date on which it starts.")
    return _template_times(site, template, date)


@lru_cache(maxsize=8192)
def _template_times(site: Site, template: ShiftTemplate, date: dt.date) -> Times:
    """Return the times of a template on a date: worked out once for all who hold it."""
    that_day = Horizon(start=dt.datetime.combine(date, dt.time(), dt.UTC), intervals=24)
    duty = duty_on(that_day, site, template, date)
    pause = that_day.at(duty.break_start) if duty.break_minutes else None
    return Times(date, that_day.at(duty.start), that_day.at(duty.end), pause, duty.break_minutes)


def _typed(row: Row, time_zone: str) -> Times:
    """Return the times typed by hand."""
    start_wall, end_wall, pause_wall = (
        row["start_local"],
        row["end_local"],
        row["break_start_local"],
    )
    for column, wall in (("start_local", start_wall), ("end_local", end_wall)):
        if wall is None:
            message = "Neither template nor time is given. Write a template, or start and end."
            raise DutyError(column, message)
    date = start_wall.date or row["date"]
    if date is None:
        raise DutyError("date", "The date is missing. Write the local date on which it starts.")
    start = _moment("start_local", start_wall, date, time_zone, row["start_utc"])
    end_date = date + dt.timedelta(days=end_wall.time <= start_wall.time)
    end = _moment("end_local", end_wall, end_date, time_zone, row["end_utc"])
    if not start < end:
        raise DutyError("end_local", "The duty ends at or before its start. Correct one of them.")
    if end - start > LONGEST:
        raise DutyError("end_local", "The duty is longer than 24 hours. Correct the dates.")
    minutes = row["break_minutes"] or 0
    if pause_wall is None or not minutes:
        if minutes or pause_wall is not None:
            column = "break_start_local" if minutes else "break_minutes"
            raise DutyError(column, "A break needs its start and its minutes, or neither.")
        return Times(date, start, end, None, 0)
    pause_date = date + dt.timedelta(days=pause_wall.time < start_wall.time)
    pause = _moment("break_start_local", pause_wall, pause_date, time_zone, None)
    if not start < pause < pause + dt.timedelta(minutes=minutes) < end:
        raise DutyError("break_start_local", "The break must lie inside the duty.")
    return Times(date, start, end, pause, minutes)


def _moment(
    column: str, wall: Wall, date: dt.date, time_zone: str, utc: dt.datetime | None
) -> dt.datetime:
    """Return the moment of a wall-clock time; an offset or the UTC column tells a time that happens twice."""
    naive = wall.on(date)
    if utc is not None and clock.to_local(utc, time_zone).replace(tzinfo=None) == naive:
        return utc
    if wall.offset is not None:
        return (naive - wall.offset).replace(tzinfo=dt.UTC)
    try:
        return in_zone(naive, time_zone)
    except FieldError as error:
        raise DutyError(column, str(error)) from error


def _check_agreement(row: Row, time_zone: str, times: Times) -> None:
    """Check every column that says the same thing again."""
    way_out = "Correct it or leave it empty."
    if row["template"]:
        way_out = "Leave the template empty for other hours, or leave the times empty."
    if row["date"] not in (None, times.date):
        raise DutyError("date", f"The duty starts on {times.date} by its other columns. {way_out}")
    moments = {"start": times.start, "end": times.end, "break_start": times.break_start}
    for name, moment in moments.items():
        wall = row[f"{name}_local"]
        local = None if moment is None else clock.to_local(moment, time_zone)
        if wall is not None and (local is None or not _shows(wall, local)):
            shown = "no break" if local is None else f"{local:%Y-%m-%d %H:%M}"
            raise DutyError(
                f"{name}_local", f"It is {shown} in {time_zone} by the other columns. {way_out}"
            )
    paid = int((times.end - times.start).total_seconds() // 60) - times.break_minutes
    known = {
        "start_utc": times.start,
        "end_utc": times.end,
        "break_minutes": times.break_minutes,
        "paid_minutes": paid,
        "time_zone": time_zone,
    }
    for column, value in known.items():
        if row[column] not in (None, value):
            text = f"{value:%Y-%m-%dT%H:%MZ}" if isinstance(value, dt.datetime) else value
            raise DutyError(column, f"It is {text} by the other columns. {way_out}")


def _shows(wall: Wall, local: dt.datetime) -> bool:
    """Tell whether a wall-clock time as written is this local moment."""
    return (
        wall.time == local.timetz().replace(tzinfo=None)
        and wall.date in (None, local.date())
        and wall.offset in (None, local.utcoffset())
    )
