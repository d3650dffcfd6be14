from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from staffing.forecast.calendar import RegionCalendar
from staffing.forecast.care.holiday_search import best_place, likely_places
from tests.forecast.histories import counts, grid, shape
from tests.forecast.real_histories import hourly, needs_real_series

real = needs_real_series
HERE = RegionCalendar(region="here")


def planted(
    weeks: int, country: str | None, part: str | None = None, left: float = 0.3, *, but: str = ""
) -> pd.Series:
    """Return counts with levels that wander from day to day, and holidays on which some of them are left."""
    index = grid("2022-02-07", weeks)
    level = np.exp(np.random.default_rng(3).normal(0, 0.1, 7 * weeks)).repeat(24)
    if country:
        region = HERE.changed(places=((country, part),), open_on=(but,))
        holidays = pd.to_datetime(list(region.holidays((2022, 2023, 2024, 2025, 2026))))
        level[index.tz_localize(None).normalize().isin(holidays)] *= left
    return counts(index, shape(index, 8.0) * level)


@pytest.mark.parametrize(
    ("weeks", "country", "part"),
    [
        (104, "DE", None),
        (104, "DE", "SN"),
        (35, "JP", None),
        (52, "BR", None),
        (52, "GB", None),
        (30, "IN", None),
        (30, "US", None),
        (200, "AU", "VIC"),
    ],
)
def test_planted_holidays_are_found(weeks, country, part):
    assert likely_places(planted(weeks, country, part), "UTC") == ((country, part),)


def test_days_that_are_busy_on_holidays_are_found_as_well():
    assert likely_places(planted(104, "JP", left=2.5), "UTC") == (("JP", None),)


@pytest.mark.parametrize("weeks", [2, 8, 13, 52, 104, 208])
def test_nothing_is_found_where_no_holiday_moves_the_volume(weeks):
    assert likely_places(planted(weeks, None), "UTC") == ()


def test_christmas_and_new_year_alone_name_no_country():
    volume = planted(104, None)
    index = pd.DatetimeIndex(volume.index)
    volume[((index.month == 12) & (index.day >= 24)) | (index.day_of_year <= 2)] *= 0.2
    assert likely_places(volume.round(), "UTC") == ()


def test_unknown_and_silent_histories_are_none():
    volume = planted(30, None)
    assert likely_places(volume * 0, "UTC") == ()
    assert likely_places(volume * np.nan, "UTC") == ()


def test_holidays_that_are_ordinary_days_are_named():
    evidence = best_place(planted(104, "DE", but="Ascension Day"), HERE)
    assert evidence.place == ("DE", None)
    assert evidence.open_on == ("Ascension Day",)
    assert "German Unity Day" in evidence.kept
    assert evidence.actual.sum() / evidence.usual.sum() == pytest.approx(0.3, rel=0.15)


def test_days_that_few_employers_keep_are_open_until_seen_otherwise():
    evidence = best_place(planted(26, "US"), HERE)  # ends in August
    assert evidence.open_on == ("Columbus Day", "Veterans Day")
    assert best_place(planted(52, "US"), HERE).open_on == ()


def test_what_the_calendar_says_is_not_found_again():
    evidence = best_place(planted(104, "DE"), HERE.changed(places=(("DE", None),)))
    assert not evidence.is_strong


def test_the_future_changes_nothing():
    volume = planted(104, "DE")
    past = volume.iloc[: 60 * 168]
    changed = pd.concat([past, volume.iloc[60 * 168 :] * 50]).asfreq("h")
    assert best_place(changed.iloc[: 60 * 168], HERE).odds == best_place(past, HERE).odds


@real
@pytest.mark.parametrize(
    ("folder", "name", "places"),
    [
        # Seven months, of which six are told: Memorial Day, Independence Day and Labor Day.
        ("bank_calls", "bank", (("US", None),)),
        ("melbourne_pedestrian", "QV_MarketElizabeth_St_West", (("AU", "VIC"),)),
        ("melbourne_pedestrian", "Southern_Cross_Station", (("AU", "VIC"),)),
        ("uihc_ed", "uihc_ed", ()),
        ("openstack_merges", "services", ()),
        ("openstack_merges", "deployment", ()),
        ("nab_tweets", "AMZN", ()),
        ("nab_tweets", "GOOG", ()),
    ],
)
def test_real_histories(folder, name, places):
    volume = hourly(folder, name)
    known = volume.loc[volume.first_valid_index() : volume.last_valid_index()]
    assert likely_places(known.asfreq("h"), "UTC") == places
