import numpy as np
import pandas as pd
import pytest

from staffing.forecast.calendar import Calendar, SeriesCalendar
from staffing.forecast.care.outages import is_festive, outages, without_outages
from staffing.forecast.series import volumes_before
from tests.forecast.histories import UTC, counts, event, grid, in_region, shape, table

WEEKS = 20
IRELAND = in_region("Europe/Dublin", ("IE", None))


def history(mean: float = 20.0, minutes: int = 60, start: str = "2026-01-05") -> pd.Series:
    index = grid(start, WEEKS, minutes)
    return counts(index, shape(index, mean))


def silenced(series: pd.Series, first: str, last: str) -> pd.Series:
    """Return the series with zeros from one UTC stamp to before another."""
    return series.mask((series.index >= f"{first}Z") & (series.index < f"{last}Z"), 0.0)


@pytest.mark.parametrize("minutes", [15, 30, 60])
def test_zeros_in_busy_hours_are_an_outage(minutes):
    # Tuesday 09:00 to 15:00: 193 cases are usual, the second lowest of eight weeks has some 14 less.
    series = silenced(history(20.0 * minutes / 60, minutes), "2026-03-10T09:00", "2026-03-10T15:00")
    (found,) = outages(series, UTC)
    assert series.index[found.begin] == pd.Timestamp("2026-03-10T09:00Z")
    assert found.end - found.begin == 6 * 60 // minutes
    expected = shape(grid("2026-03-10T09:00", 6 / 168), 20.0).sum()
    assert expected * 0.75 < found.usual < expected * 1.05


def test_an_outage_is_not_learnt_from():
    series = silenced(history(), "2026-03-10T09:00", "2026-03-10T15:00")
    known = without_outages(series, UTC)
    assert known.isna().sum() == 6
    pd.testing.assert_series_equal(known.dropna(), series[known.notna()], check_freq=False)
    ahead = grid("2026-05-25", 1)
    learnt = volumes_before(table(series), Calendar(), ahead)["EMEA", "tickets"]
    assert learnt.isna().sum() == 6


def test_an_outage_at_the_end_of_the_history_is_found():
    (found,) = outages(silenced(history(), "2026-05-24T18:00", "2026-05-25T00:00"), UTC)
    assert found.end == WEEKS * 168


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-03-17T00:00", "2026-03-18T00:00"),  # Saint Patrick's Day
        ("2026-04-04T23:00", "2026-04-06T23:00"),  # Easter Sunday and Monday
    ],
)
def test_a_holiday_is_no_outage(first, last):
    series = silenced(history(), first, last)
    assert outages(series, IRELAND) == ()
    assert len(outages(series, UTC)) == 1  # a team without that holiday


def test_the_christmas_week_is_no_outage():
    series = silenced(history(start="2025-10-06"), "2025-12-24T12:00", "2026-01-01T12:00")
    assert outages(series, UTC) == ()


def test_closed_nights_and_weekends_are_no_outage():
    series = history(200.0)
    local = series.index.tz_convert("Europe/Dublin")
    is_open = (local.hour >= 9) & (local.hour < 17) & (local.day_of_week < 5)
    series = series.where(is_open, 0.0)
    # With the summer time of 29 March, which shifts the closed hours in UTC.
    assert outages(series, IRELAND) == ()
    broken = silenced(series, "2026-03-31T12:00", "2026-04-01T00:00")
    (found,) = outages(broken, IRELAND)
    # 13:00 to 17:00 in Dublin; the closed night after it is none.
    assert (str(series.index[found.begin]), found.end - found.begin) == (
        "2026-03-31 12:00:00+00:00",
        4,
    )


@pytest.mark.parametrize("mean", [0.05, 0.3, 1.0])
def test_quiet_hours_of_a_sparse_series_are_no_outage(mean):
    index = grid("2026-01-05", 60)
    assert outages(counts(index, np.full(len(index), mean)), UTC) == ()


def test_bursts_make_silence_likely():
    index = grid("2026-01-05", WEEKS)
    generator = np.random.default_rng(1)
    # One day in five brings cases, some hundred an hour.
    busy = np.repeat(generator.random(WEEKS * 7) < 0.2, 24)
    assert outages(pd.Series(generator.poisson(100.0 * busy) * 1.0, index=index), UTC) == ()


def test_weeks_without_cases_are_a_level_and_no_outage():
    series = silenced(history(), "2026-03-02T00:00", "2026-03-30T00:00")
    assert outages(series, UTC) == ()


def test_what_comes_back_after_a_year_is_a_holiday_of_the_team():
    index = grid("2024-01-01", 104)
    series = counts(index, shape(index, 20.0))
    once = silenced(series, "2024-08-05T00:00", "2024-08-06T00:00")
    assert len(outages(once, UTC)) == 1
    assert outages(silenced(once, "2025-08-04T00:00", "2025-08-05T00:00"), UTC) == ()


def test_a_day_named_as_a_launch_is_explained():
    series = silenced(history(), "2026-03-10T00:00", "2026-03-11T00:00")
    team_day = event("launch", "2026-03-10", "2026-03-11", name="team day")
    assert outages(series, SeriesCalendar(region=UTC.region, events=(team_day,))) == ()


@pytest.mark.parametrize(
    "series",
    [
        pytest.param(history() * 0, id="all zero"),
        pytest.param(history() * np.nan, id="unknown"),
        pytest.param(history().iloc[:336], id="two weeks"),
        pytest.param(history().iloc[:1], id="one hour"),
        pytest.param(history().mask(np.arange(WEEKS * 168) % 5 < 3), id="60 % missing"),
    ],
)
def test_hard_histories_have_none(series):
    assert outages(series, IRELAND) == ()
    assert without_outages(series, IRELAND).isna().sum() == series.isna().sum()


def test_days_beside_holidays_are_festive():
    index = grid("2026-03-16", 4 / 7)
    # 17 March 2026 is a Tuesday: Monday to Wednesday, and not Thursday.
    assert is_festive(index, in_region("UTC", ("IE", None))).reshape(4, 24).all(
        axis=1
    ).tolist() == [
        True,
        True,
        True,
        False,
    ]
