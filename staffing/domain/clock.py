"""Time: the UTC grid of a horizon and the only place that knows time zones.

Inside the package a moment is an int minute counted from ``horizon.start`` (UTC) or an aware UTC datetime.
Local time exists only in the functions of this module.
"""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo
from functools import cache

import pandas as pd
from pydantic import AwareDatetime, Field, field_validator

from staffing.domain.base import Frozen
from staffing.domain.errors import ClockError, did_you_mean

UTC = dt.UTC
DAY_MINUTES = 1440
WEEK_MINUTES = 7 * DAY_MINUTES
GRIDS = (15, 30, 60)
_WEEK = re.compile(r"(\d{4})-W(\d{2})")


@cache
def zone(name: str) -> zoneinfo.ZoneInfo:
    """Return the IANA zone of that name.

    Raises
    ------
    ClockError
        If tz data has no such zone (abbreviations such as IST or CST are ambiguous and refused).
    """
    known = zoneinfo.available_timezones()
    if name not in known or ("/" not in name and name != "UTC"):
        raise ClockError(
            f"{name!r} is not an IANA time zone."
            + (
                did_you_mean(name, (z for z in known if "/" in z), else_list=False)
                or " Write it like 'Europe/Dublin'."
            )
        )
    return zoneinfo.ZoneInfo(name)


def parse_week(week: str) -> dt.date:
    """Return the Monday of an ISO week written ``2026-W49``.

    Raises
    ------
    ClockError
        If the text is not an ISO week or that year has no such week.
    """
    match = _WEEK.fullmatch(week)
    if not match:
        raise ClockError(f"{week!r} is not an ISO week. Write it like '2026-W49'.")
    try:
        return dt.date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError as error:
        raise ClockError(
            f"{week!r} does not exist: {match[1]} has no ISO week {match[2]}."
        ) from error


def week_of(date: dt.date) -> str:
    """Return the ISO week of a date, ``2026-W49``."""
    year, week, _ = date.isocalendar()
    return f"{year}-W{week:02d}"


def local_to_utc(moment: dt.datetime, time_zone: str) -> dt.datetime:
    """Turn a naive local wall-clock stamp into aware UTC.

    A wall time that summer time skips is moved later by the length of the gap (01:30 becomes 02:30); one that happens
    twice means the first (PEP 495, ``fold=0``). Duties use this; input stamps are checked with `local_kind` first.
    """
    return moment.replace(tzinfo=zone(time_zone)).astimezone(UTC)


def local_kind(moment: dt.datetime, time_zone: str) -> str:
    """Return ``"normal"``, ``"nonexistent"`` or ``"ambiguous"`` for a naive local stamp."""
    here = zone(time_zone)
    early, late = (moment.replace(tzinfo=here, fold=fold) for fold in (0, 1))
    if early.utcoffset() == late.utcoffset():
        return "normal"
    back = early.astimezone(UTC).astimezone(here).replace(tzinfo=None)
    return "ambiguous" if back == moment else "nonexistent"


def to_local(moment: dt.datetime, time_zone: str) -> dt.datetime:
    """Return an aware moment as aware local time."""
    return moment.astimezone(zone(time_zone))


def local_stamps(index: pd.DatetimeIndex, time_zone: str) -> pd.DatetimeIndex:
    """Return what a wall clock shows at each aware stamp, as naive local stamps."""
    return index.tz_convert(zone(time_zone)).tz_localize(None)


def utc_offset(moment: dt.datetime, time_zone: str) -> str:
    """Return the offset in force at that moment, ``+05:30``."""
    offset = to_local(moment, time_zone).strftime("%z")
    return f"{offset[:3]}:{offset[3:5]}"


def local_day(date: dt.date, time_zone: str) -> tuple[dt.datetime, dt.datetime]:
    """Return the UTC start and end of a local calendar day (23, 24 or 25 hours)."""
    midnight = dt.datetime.combine(date, dt.time())
    return local_to_utc(midnight, time_zone), local_to_utc(
        midnight + dt.timedelta(days=1), time_zone
    )


class Horizon(Frozen):
    """The planning horizon: a half-open run of equal UTC intervals.

    Parameters
    ----------
    start
        First instant, aware UTC, on the grid.
    interval_minutes
        15, 30 or 60.
    intervals
        Number of intervals.
    """

    start: AwareDatetime
    interval_minutes: int = 60
    intervals: int = Field(gt=0)

    @field_validator("start")
    @classmethod
    def _in_utc(cls, value: dt.datetime) -> dt.datetime:
        return value.astimezone(UTC)

    @field_validator("interval_minutes")
    @classmethod
    def _on_a_grid(cls, value: int) -> int:
        if value not in GRIDS:
            raise ValueError(f"interval_minutes must be one of {GRIDS}, not {value}")
        return value

    @classmethod
    def of_week(cls, week: str, interval_minutes: int = 60, weeks: int = 1) -> Horizon:
        """Return the horizon of ``weeks`` ISO weeks, Monday 00:00 UTC to Monday 00:00 UTC."""
        start = dt.datetime.combine(parse_week(week), dt.time(), UTC)
        return cls(
            start=start,
            interval_minutes=interval_minutes,
            intervals=weeks * WEEK_MINUTES // interval_minutes,
        )

    @property
    def minutes(self) -> int:
        """Length in minutes."""
        return self.intervals * self.interval_minutes

    @property
    def end(self) -> dt.datetime:
        """First instant after the horizon, aware UTC."""
        return self.at(self.minutes)

    @property
    def first_date(self) -> dt.date:
        """The Monday that names the first local day of every site."""
        return self.start.date()

    @property
    def dates(self) -> tuple[dt.date, ...]:
        """The local dates on which duties of this horizon start, the same at every site."""
        days = self.minutes // DAY_MINUTES
        return tuple(self.first_date + dt.timedelta(days=day) for day in range(days))

    def at(self, minute: int) -> dt.datetime:
        """Return the moment of a minute of the horizon (negative: before it)."""
        return self.start + dt.timedelta(minutes=minute)

    def minute(self, moment: dt.datetime) -> int:
        """Return the minute of an aware moment, rounded down."""
        return int((moment - self.start) // dt.timedelta(minutes=1))

    def interval_starts(self) -> pd.DatetimeIndex:
        """Return the start of every interval, aware UTC."""
        return pd.date_range(
            self.start, periods=self.intervals, freq=f"{self.interval_minutes}min", unit="us"
        )

    def local_minute(self, minute: int, time_zone: str) -> int:
        """Return the minute of the local day (0 to 1439) that a wall clock shows at a minute of the horizon."""
        local = to_local(self.at(minute), time_zone)
        return local.hour * 60 + local.minute

    def local_date(self, minute: int, time_zone: str) -> dt.date:
        """Return the local date at a minute of the horizon."""
        return to_local(self.at(minute), time_zone).date()

    def day_bounds(self, date: dt.date, time_zone: str) -> tuple[int, int]:
        """Return first and one-past-last minute of a local calendar day."""
        first, last = local_day(date, time_zone)
        return self.minute(first), self.minute(last)


def grid_fault(time_zone: str, moment: dt.datetime, interval_minutes: int) -> str | None:
    """Say why a zone does not fit a UTC grid, or None where it does.

    Kolkata (+05:30) needs 30 minutes, Kathmandu (+05:45) 15: local hours must start on grid lines.
    """
    for probe in (moment, moment + dt.timedelta(days=182)):
        offset = to_local(probe, time_zone).utcoffset() or dt.timedelta()
        minutes = int(offset.total_seconds() // 60)
        if minutes % interval_minutes:
            fits = [grid for grid in GRIDS if minutes % grid == 0]
            way_out = (
                f"Set interval_minutes = {max(fits)}."
                if fits
                else "No grid of 15 minutes or more fits."
            )
            return f"offset {utc_offset(probe, time_zone)} does not fit a grid of {interval_minutes} minutes. {way_out}"
    return None
