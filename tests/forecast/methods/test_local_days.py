"""Whose clock a series follows: weeks in which clocks change, zones of half an hour, customers far away."""

from __future__ import annotations

import datetime as dt

import pytest

from staffing.forecast.calendar import Calendar, RegionCalendar
from staffing.forecast.methods.poisson_ridge import PoissonRidge
from staffing.forecast.methods.seasonal_naive import SeasonalNaive
from staffing.forecast.run import forecast
from tests.forecast.histories import counts, grid, shape, table, wape

DUBLIN = RegionCalendar(region="EMEA", time_zone="Europe/Dublin")
CUSTOMERS = RegionCalendar(region="EMEA", workstream="tickets", time_zone="America/New_York")


def error(clock: str, calendar: Calendar, start: str, minutes: int = 60, method=None) -> float:
    """Return the WAPE of a forecast of two weeks for a volume that follows a clock, against its truth."""
    ahead = grid(start, 2, minutes)
    past = grid("2026-01-05", 60, minutes)
    past = past[past < ahead[0]]
    history = table(counts(past, shape(past, 40.0 * minutes / 60, clock)))
    first = dt.datetime.fromisoformat(start).replace(tzinfo=dt.UTC)
    methods = (method or PoissonRidge(),)
    found = forecast(history, calendar, first, len(ahead), minutes, methods=methods).table
    assert found["interval_start"].tolist() == ahead.tolist()
    return wape(shape(ahead, 40.0 * minutes / 60, clock), found["mean"].to_numpy())


@pytest.mark.parametrize(
    ("clock", "start"),
    [
        ("Europe/Dublin", "2026-03-23"),  # 29 March has 23 hours
        ("Europe/Dublin", "2026-10-19"),  # 25 October has 25 hours
        ("America/New_York", "2026-10-26"),  # 1 November has 25 hours
        ("Asia/Kolkata", "2026-10-19"),  # half an hour off the grid, clocks never change
        ("UTC", "2026-10-19"),
    ],
)
def test_a_series_is_right_on_its_own_clock_when_clocks_change(clock, start):
    calendar = Calendar(regions=(DUBLIN, CUSTOMERS.changed(time_zone=clock)))
    # The fewest weeks are eleven: 40 cases an hour and a smooth day leave 3 to 5 %.
    assert error(clock, calendar, start) < 0.06


@pytest.mark.parametrize(
    ("clock", "start"), [("UTC", "2026-10-26"), ("Asia/Kolkata", "2026-10-26")]
)
def test_the_clock_of_the_site_would_be_an_hour_off_after_the_change(clock, start):
    own = Calendar(regions=(DUBLIN, CUSTOMERS.changed(time_zone=clock)))
    site = Calendar(regions=(DUBLIN,))
    assert error(clock, own, start) < 0.5 * error(clock, site, start)


@pytest.mark.parametrize("minutes", [15, 30])
def test_finer_grids_follow_a_clock_of_half_hours(minutes):
    calendar = Calendar(regions=(CUSTOMERS.changed(time_zone="Asia/Kolkata"),))
    assert error("Asia/Kolkata", calendar, "2026-03-23", minutes) < 0.08


@pytest.mark.parametrize("start", ["2026-03-23", "2026-10-19"])
def test_like_hours_are_those_of_the_local_clock(start):
    # One week repeated: the error is that of one Poisson count, about .8 / sqrt(40) = 13 %.
    calendar = Calendar(regions=(DUBLIN,))
    assert error("Europe/Dublin", calendar, start, method=SeasonalNaive()) < 0.18


def test_other_series_of_the_region_keep_its_clock():
    calendar = Calendar(regions=(DUBLIN, CUSTOMERS))
    assert calendar.of_series("EMEA", "tickets").region.time_zone == "America/New_York"
    assert calendar.of_series("EMEA", "phones").region.time_zone == "Europe/Dublin"
    assert calendar.of_series("AMER", "tickets").region.time_zone == "UTC"
