"""Minutes that count only while a site is open, over weekends, holidays and changes of the clocks."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.domain.clock import Horizon, local_to_utc, to_local
from staffing.domain.errors import ProblemError
from staffing.domain.opening import OpeningHours
from staffing.domain.people import Site
from staffing.requirement.business_clock import BusinessClock

DUBLIN = Site(site="dublin", region="EMEA", time_zone="Europe/Dublin", country="IE")
OFFICE = dict.fromkeys(
    ("monday", "tuesday", "wednesday", "thursday", "friday"), (dt.time(9), dt.time(17))
)
EIGHT_HOURS = 480


def clock(week: str, **more: object) -> BusinessClock:
    opening = OpeningHours(site="dublin", **{**OFFICE, **more})
    return BusinessClock(opening, DUBLIN, Horizon.of_week(week))


def due(week: str, opened: str, within: int = EIGHT_HOURS, **more: object) -> str:
    """Return when a case is due, both in Dublin's wall time, as ``2026-11-30T09:00``."""
    running = clock(week, **more)
    moment = local_to_utc(dt.datetime.fromisoformat(opened), "Europe/Dublin")
    minute = running.due(running.horizon.minute(moment), within)
    return f"{to_local(running.horizon.at(minute), 'Europe/Dublin'):%Y-%m-%dT%H:%M}"


@pytest.mark.parametrize(
    ("opened", "expected"),
    [
        ("2026-12-04T16:00", "2026-12-07T16:00"),  # Friday: 1 h, Monday 7 h
        ("2026-12-04T17:00", "2026-12-07T17:00"),  # at closing time
        ("2026-12-05T12:00", "2026-12-07T17:00"),  # Saturday: all of Monday
        ("2026-12-07T09:00", "2026-12-07T17:00"),  # the whole day, not a minute of the next
        ("2026-12-07T09:01", "2026-12-08T09:01"),
    ],
)
def test_eight_hours_of_an_office(opened, expected):
    assert due("2026-W49", opened) == expected


def test_the_wall_clock_counts_when_the_clocks_change():
    # 29 March and 25 October are Sundays: Friday 16:00 to Monday 16:00 is 71 h and 73 h. (26 October is a holiday.)
    for week, friday, hours in (("2026-W13", 27, 71), ("2026-W43", 23, 73)):
        month = "2026-03" if hours == 71 else "2026-10"
        monday = dt.datetime.fromisoformat(f"{month}-{friday}T16:00") + dt.timedelta(days=3)
        found = due(week, f"{month}-{friday}T16:00", holidays=False)
        assert found == f"{monday:%Y-%m-%dT%H:%M}"
        running = clock(week, holidays=False)
        opened = running.horizon.minute(
            local_to_utc(monday - dt.timedelta(days=3), "Europe/Dublin")
        )
        assert running.due(opened, EIGHT_HOURS) - opened == hours * 60


def test_a_night_that_is_open_has_as_many_minutes_as_it_has():
    # Sundays 00:00 to 04:00: 3 h in spring, 5 h in autumn.
    for week, hours in (("2026-W13", 3), ("2026-W43", 5), ("2026-W44", 4)):
        running = clock(week, sunday=(dt.time(0), dt.time(4)))
        assert running.open_minutes(6 * 1440 - 120, 7 * 1440 - 720) == hours * 60


def test_holidays_are_closed_unless_they_are_ordinary_days():
    # St Patrick's Day 2026 is a Tuesday.
    assert due("2026-W12", "2026-03-16T16:00") == "2026-03-18T16:00"
    assert due("2026-W12", "2026-03-16T16:00", holidays=False) == "2026-03-17T16:00"
    open_on = ("Saint Patrick's Day",)
    assert due("2026-W12", "2026-03-16T16:00", open_on=open_on) == "2026-03-17T16:00"


def test_midnight_ends_the_day():
    # Open from Saturday 20:00 to midnight, besides the office: Friday 16:00, 1 h; Saturday 4 h; Monday 3 h.
    evening = (dt.time(20), dt.time(0))
    assert due("2026-W49", "2026-12-04T16:00", saturday=evening) == "2026-12-07T12:00"


def test_work_that_is_never_due_is_refused():
    with pytest.raises(ProblemError, match="'dublin' do not pass"):
        clock("2026-W49").due(0, 10**7)


@pytest.mark.parametrize("hours", [{}, {"monday": ("17:00", "09:00")}])
def test_opening_hours_that_make_no_sense(hours):
    with pytest.raises(ValueError, match=r"no day is open|closes at or before"):
        OpeningHours(site="dublin", **hours)


def minute_by_minute(running: BusinessClock, opened: int, within: int) -> int:
    """Return the due minute by looking at the wall clock in every minute."""
    left, minute = within, opened
    while left:
        local = to_local(running.horizon.at(minute), "Europe/Dublin")
        hours = running.opening.hours[local.weekday()]
        left -= bool(hours) and hours[0] <= local.time() < hours[1]
        minute += 1
    return minute


@settings(max_examples=25)
@given(
    opened=st.integers(5000, 9 * 1440),
    within=st.integers(1, 600),
    later=st.integers(0, 3000),
    sunday=st.sampled_from([None, (dt.time(0), dt.time(4)), (dt.time(0, 30), dt.time(2, 15))]),
    week=st.sampled_from(["2026-W13", "2026-W43"]),
)
def test_it_is_what_a_wall_clock_shows(opened, within, later, sunday, week):
    running = clock(week, holidays=False, sunday=sunday)
    found = running.due(opened, within)
    assert found == minute_by_minute(running, opened, within)
    assert running.open_minutes(opened, found) == within
    assert running.due(opened + later, within) >= found
