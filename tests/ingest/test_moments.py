from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from staffing.ingest import moments
from staffing.ingest.fields import FieldError


def message(parse: Callable[[str], Any], cell: str) -> str:
    with pytest.raises(FieldError) as caught:
        parse(cell)
    return str(caught.value)


def utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("cell", "part"),
    [
        ("46357", "Excel serial number, 2026-12-01 perhaps"),  # 1899-12-30 + 46357 days
        ("01/12/2026", "Day and month"),
        ("12.01.26", "Day and month"),
        ("2026/12/01", "Write dates as 2026-12-01"),
        ("2026-13-01", "does not exist"),
        ("2026-02-29", "does not exist"),
        ("0026-12-01", "out of range"),
        ("2026-12-01T07:00Z", "without a time"),
        ("tomorrow", "not a date"),
    ],
)
def test_what_is_no_date(cell: str, part: str) -> None:
    assert part in message(moments.date, cell)


def test_dates() -> None:
    assert moments.date(" 2026-12-01 ") == dt.date(2026, 12, 1)
    assert moments.date_or_stamp("2026-12-01") == dt.date(2026, 12, 1)
    assert moments.date_or_stamp("2026-12-01T00:30+01:00") == utc(2026, 11, 30, 23, 30)


@pytest.mark.parametrize(
    ("cell", "hour"),
    [
        ("2026-12-01T07:00Z", 7),
        ("2026-12-01 07:00:00 UTC", 7),
        ("2026-12-01T07:00:00.000+05:00", 2),
        ("2026-12-01T07:00-0800", 15),
    ],
)
def test_stamps(cell: str, hour: int) -> None:
    assert moments.stamp(cell) == utc(2026, 12, 1, hour)


@pytest.mark.parametrize(
    ("cell", "part"),
    [
        ("2026-12-01T07:00", "no time zone"),
        ("07:00Z", "The date is missing"),
        ("2026-12-01T24:00Z", "00:00 of the next day"),
        ("2026-12-01T25:00Z", "does not exist"),
        ("2026-12-01T07:61Z", "does not exist"),
        ("2026-12-01T07:00 IST", "IST is an abbreviation"),
        ("2026-12-01T07:00 CST", "CST is an abbreviation"),
        ("2026-12-01T07:00 PM", "19:00"),
        ("7 p.m.", "19:00"),
        ("2026-12-01T07:00+25:00", "no offset of any place"),
        ("46357.25", "Excel serial number"),
        ("01/12/2026 07:00", "Day and month"),
        ("noon", "not a time"),
    ],
)
def test_what_is_no_stamp(cell: str, part: str) -> None:
    assert part in message(moments.stamp, cell)


def test_local_stamps_on_days_of_clock_change() -> None:
    # Dublin 2026: 29 March 01:00 → 02:00, 25 October 02:00 → 01:00.
    read = moments.stamp_in("Europe/Dublin")
    assert read("2026-03-29T02:00") == utc(2026, 3, 29, 1)
    assert read("2026-10-25T00:59") == utc(2026, 10, 24, 23, 59)
    assert "does not exist" in message(read, "2026-03-29T01:30")
    assert "happens twice" in message(read, "2026-10-25T01:30")
    assert read("2026-10-25T01:30+00:00") == utc(2026, 10, 25, 1, 30)


def test_wall_times() -> None:
    assert moments.wall("7:05") == moments.Wall(dt.time(7, 5))
    written = moments.wall("2026-12-01 07:00+01:00")
    assert written.offset == dt.timedelta(hours=1)
    assert written.on(dt.date(2020, 1, 1)) == dt.datetime(2026, 12, 1, 7)  # noqa: DTZ001 local


def test_zones() -> None:
    assert moments.time_zone("Asia/Kolkata") == "Asia/Kolkata"
    assert "IANA" in message(moments.time_zone, "IST")
