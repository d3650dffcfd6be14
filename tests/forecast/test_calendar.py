import datetime as dt

import holidays
import pandas as pd
import pytest
from pydantic import ValidationError

from staffing.domain.people import Site
from staffing.forecast.calendar import Calendar, RegionCalendar, SeriesCalendar, place_fault
from tests.forecast.histories import UTC, event, grid

SEATTLE = Site(
    site="seattle",
    region="AMER",
    time_zone="America/Los_Angeles",
    country="US",
    subdivision="WA",
)
IRVINE = SEATTLE.model_copy(update={"site": "irvine", "subdivision": "CA"})
DUBLIN = Site(site="dublin", region="EMEA", time_zone="Europe/Dublin", country="IE")


def test_a_region_keeps_the_holidays_of_all_its_sites():
    calendar = Calendar.of_sites([SEATTLE, DUBLIN, IRVINE])
    america = calendar.of_series("AMER", "tickets").region
    assert america.time_zone == "America/Los_Angeles"
    assert america.places == (("US", "WA"), ("US", "CA"))
    found = america.holidays((2026,))
    assert found[dt.date(2026, 11, 26)] == {"Thanksgiving Day": 1.0}
    # Cesar Chavez Day is kept in California, not in Washington: one place of two.
    assert found[dt.date(2026, 3, 31)] == {"Cesar Chavez Day": 0.5}
    assert dt.date(2026, 3, 17) not in found  # Saint Patrick's Day is Dublin's


def test_a_day_off_in_lieu_carries_the_name_of_its_holiday():
    found = RegionCalendar(region="AMER", places=(("US", None),)).holidays((2026,))
    assert set(found[dt.date(2026, 7, 3)]) == {"Independence Day"}  # 4 July 2026 is a Saturday


def test_a_day_that_is_only_estimated_carries_the_name_of_its_holiday():
    found = RegionCalendar(region="APAC", places=(("SG", None),)).holidays((2040,))
    assert {name for shares in found.values() for name in shares if "(" in name} == set()


def test_a_holiday_that_the_law_moved_is_kept_on_its_own_day_too():
    found = RegionCalendar(region="APAC", places=(("AU", "VIC"),)).holidays((2016,))
    christmas = {date for date, shares in found.items() if "Christmas Day" in shares}
    assert christmas == {dt.date(2016, 12, 25), dt.date(2016, 12, 27)}


@pytest.mark.parametrize("country", ["US", "IE", "SG", "GB", "IN", "JP"])
def test_ordinary_years_gain_no_day(country):
    years = tuple(range(2022, 2027))
    found = RegionCalendar(region="here", places=((country, None),)).holidays(years)
    assert set(found) == set(holidays.country_holidays(country, years=years))


def test_the_team_may_be_open_on_a_public_holiday():
    bank = RegionCalendar(region="AMER", places=(("US", None),), open_on=("Columbus Day",))
    found = bank.holidays((2003,))
    assert dt.date(2003, 10, 13) not in found
    assert dt.date(2003, 9, 1) in found


def test_an_unknown_region_has_no_holidays_and_follows_utc():
    here = Calendar().of_series("MOON", "tickets").region
    assert (here.region, here.time_zone, here.holidays((2026,))) == ("MOON", "UTC", {})


@pytest.mark.parametrize(
    ("country", "subdivision", "message"),
    [
        ("XX", None, "'XX' is not a country code"),
        ("US", "ZZ", "'ZZ' is not a subdivision of US."),
    ],
)
def test_unknown_places_are_named(country, subdivision, message):
    assert message in (place_fault(country, subdivision) or "")
    with pytest.raises(ValidationError, match=message):
        RegionCalendar(region="AMER", places=((country, subdivision),))


def test_known_places_have_no_fault():
    assert place_fault("SG", None) is None


def test_events_concern_their_region_and_workstream_or_all():
    events = (
        event("launch", "2026-01-05", "2026-01-06", name="everywhere"),
        event("launch", "2026-01-05", "2026-01-06", name="emea", region="EMEA"),
        event("launch", "2026-01-05", "2026-01-06", name="phones", workstream="phones"),
    )
    calendar = Calendar(events=events)
    assert calendar.of_series("EMEA", "tickets").launches == ("emea", "everywhere")
    assert calendar.of_series("AMER", "phones").launches == ("everywhere", "phones")


def test_an_outage_is_unknown_from_its_first_to_its_last_interval():
    outage = event("outage", "2026-01-05T01:30:00", "2026-01-05T03:00:00")
    calendar = SeriesCalendar(region=UTC.region, events=(outage,))
    volume = pd.Series(5.0, index=grid("2026-01-05", 1)[:5])
    # 01:30 lies within the interval 01:00, and 03:00 is the first moment after it.
    assert calendar.masked(volume).isna().tolist() == [False, True, True, False, False]


def test_a_launch_is_kept_in_the_history():
    launch = event("launch", "2026-01-05T01:00:00", "2026-01-05T02:00:00")
    calendar = SeriesCalendar(region=UTC.region, events=(launch,))
    index = grid("2026-01-05", 1)[:3]
    assert calendar.masked(pd.Series(5.0, index=index)).notna().all()
    assert calendar.during(index, "thing").tolist() == [False, True, False]
