"""One cell to one moment: dates, wall-clock times, stamps. ISO 8601 only; what could be read two ways is refused."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from staffing.domain import clock
from staffing.domain.errors import ClockError
from staffing.ingest.fields import FieldError

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_WALL = re.compile(
    r"(?:(?P<date>\d{4}-\d{2}-\d{2})[T ])?(?P<time>\d{1,2}:\d{2}(?::\d{2}(?:\.0+)?)?)"
    r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2}|[A-Za-z]{2,5})?"
)
_SERIAL = re.compile(r"\d{5}(\.\d+)?")
_PARTS = re.compile(r"(\d{1,4})[./\-\s](\d{1,2})[./\-\s](\d{1,4})\b.*")
_EXCEL_EPOCH = dt.date(1899, 12, 30)
_YEARS = range(2000, 2100)


@dataclass(frozen=True)
class Wall:
    """A local wall-clock time as written: the date and the offset may be left out."""

    time: dt.time
    date: dt.date | None = None
    offset: dt.timedelta | None = None

    def on(self, date: dt.date) -> dt.datetime:
        """Return the naive local stamp, on ``date`` where none was written."""
        return dt.datetime.combine(self.date or date, self.time)


@lru_cache(maxsize=8192)
def date(cell: str) -> dt.date:
    """Return an ISO date, ``2026-12-01``."""
    written = cell.strip()
    if not _DATE.fullmatch(written):
        raise FieldError(_why_no_date(written))
    try:
        day = dt.date.fromisoformat(written)
    except ValueError as error:
        raise FieldError("This day does not exist. Write dates as 2026-12-01.") from error
    if day.year not in _YEARS:
        raise FieldError(f"The year {day.year} is out of range (2000 to 2099).")
    return day


@lru_cache(maxsize=8192)
def wall(cell: str) -> Wall:
    """Return a wall-clock time, ``07:00`` or ``2026-12-01 07:00``; an offset may follow."""
    written = cell.strip()
    match = _WALL.fullmatch(written)
    if not match:
        raise FieldError(_why_no_time(written))
    day = date(match["date"]) if match["date"] else None
    return Wall(_time_of_day(match["time"]), day, _offset(match["zone"]))


def stamp(cell: str, time_zone: str | None = None) -> dt.datetime:
    """Return an aware UTC stamp, ``2026-12-01T07:00:00Z`` or with an offset.

    Parameters
    ----------
    cell
        What is written.
    time_zone
        Zone of stamps without an offset; None refuses them.
    """
    written = wall(cell)
    if written.date is None:
        raise FieldError("The date is missing. Write 2026-12-01T07:00Z, or an offset for Z.")
    naive = written.on(written.date)
    if written.offset is not None:
        return (naive - written.offset).replace(tzinfo=dt.UTC)
    if time_zone is None:
        raise FieldError("The stamp has no time zone. Add an offset such as +01:00, or Z for UTC.")
    return in_zone(naive, time_zone)


def stamp_in(time_zone: str | None) -> Callable[[str], dt.datetime]:
    """Return a parser of stamps whose zone is known."""
    return lambda cell: stamp(cell, time_zone)


def date_or_stamp(cell: str) -> dt.date | dt.datetime:
    """Return a date where one is written alone, else an aware UTC stamp."""
    written = cell.strip()
    return stamp(cell) if ":" in written else date(cell)


def utc(written: dt.date, *, is_end: bool = False) -> dt.datetime:
    """Return a stamp as it is, and a date as the start or end of its UTC day."""
    if isinstance(written, dt.datetime):
        return written
    return dt.datetime.combine(written + dt.timedelta(days=is_end), dt.time(), dt.UTC)


def in_zone(naive: dt.datetime, time_zone: str) -> dt.datetime:
    """Return a local stamp in UTC; one that the clock skips or shows twice is refused."""
    kind = clock.local_kind(naive, time_zone)
    if kind == "nonexistent":
        raise FieldError(
            f"{naive:%H:%M} does not exist on {naive:%Y-%m-%d} in {time_zone}: the clock skips it."
            " Correct the time or add the offset."
        )
    if kind == "ambiguous":
        raise FieldError(
            f"{naive:%H:%M} happens twice on {naive:%Y-%m-%d} in {time_zone}. Add the offset."
        )
    return clock.local_to_utc(naive, time_zone)


def time_zone(cell: str) -> str:
    """Return the name of an IANA zone."""
    try:
        clock.zone(cell.strip())
    except ClockError as error:
        raise FieldError(str(error)) from error
    return cell.strip()


def _time_of_day(written: str) -> dt.time:
    """Return a time of day in whole minutes."""
    hour, minute, *second = (int(float(part)) for part in written.split(":"))
    if hour == 24:
        raise FieldError("24:00 is not read. Write 00:00 of the next day.")
    if hour > 23 or minute > 59 or (second and second[0] > 59):
        raise FieldError("This time does not exist. Write 00:00 to 23:59.")
    return dt.time(hour, minute, second[0] if second else 0)


def _offset(written: str | None) -> dt.timedelta | None:
    """Return the offset that stands behind a stamp."""
    if not written:
        return None
    if written == "Z" or written.upper() in {"UTC", "GMT"}:
        return dt.timedelta()
    if written.upper() in {"AM", "PM"}:
        raise FieldError("am and pm are not read. Write the time of 24 hours, such as 19:00.")
    if written.isalpha():
        raise FieldError(
            f"{written} is an abbreviation that several time zones share. "
            "Write the offset, such as +05:30, or Z for UTC."
        )
    hours, minutes = int(written[1:3]), int(written[-2:])
    if hours > 14 or minutes > 59:
        raise FieldError(f"{written} is no offset of any place. Write it like +05:30.")
    return (1 if written[0] == "+" else -1) * dt.timedelta(hours=hours, minutes=minutes)


def _why_no_date(written: str) -> str:
    """Say why a text is not a date, and how to write it."""
    if _SERIAL.fullmatch(written):
        day = _EXCEL_EPOCH + dt.timedelta(days=int(written.split(".", maxsplit=1)[0]))
        return f"This looks like an Excel serial number, {day} perhaps. Write dates as 2026-12-01."
    parts = _PARTS.fullmatch(written)
    if parts and len(parts[1]) < 4:
        return (
            "Day and month cannot be told apart safely in such dates. Write dates as 2026-12-01: "
            "year, month, day."
        )
    if _WALL.fullmatch(written):
        return "A date without a time is due here. Write it as 2026-12-01."
    return "This is not a date. Write dates as 2026-12-01."


def _why_no_time(written: str) -> str:
    """Say why a text is not a time or stamp, and how to write it."""
    if _SERIAL.fullmatch(written) or _PARTS.fullmatch(written):
        return _why_no_date(written).replace("dates as 2026-12-01", "it like 2026-12-01T07:00")
    if re.search(r"\d\s*[ap]\.?m\.?$", written, re.IGNORECASE):
        return "am and pm are not read. Write the time of 24 hours, such as 19:00."
    return "This is not a time. Write 07:00, or 2026-12-01T07:00 with the date."
