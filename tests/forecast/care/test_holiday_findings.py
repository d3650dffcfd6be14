import pytest

from staffing.forecast.care.history_care import series_care
from tests.forecast.care.test_holiday_search import planted
from tests.forecast.histories import UTC, in_region


def test_holidays_that_nobody_named_are_found():
    care = series_care(planted(104, "DE"), UTC)
    found = care[care["kind"] == "unnamed_holiday"].iloc[0]
    assert found["actual"] / found["usual"] == pytest.approx(0.3, rel=0.15)
    assert 'Maybe write countries = ["DE"] under [[forecast.regions]].' in found["sentence"]
    assert str(found["start"]) == "2022-04-15 00:00:00+00:00"  # Good Friday
    # Two years hold 18 German holidays, two Christmases and a New Year apart, of which some fall on a weekend.
    assert 12 * 24 <= found["hours"] <= 18 * 24


def test_a_country_beside_the_stated_one_is_added_to_it():
    care = series_care(planted(104, "DE"), in_region("UTC", ("JP", None)))
    found = care[care["kind"] == "unnamed_holiday"].iloc[0]
    assert 'countries = ["JP", "DE"]' in found["sentence"]


def test_holidays_that_are_stated_are_not_repeated():
    care = series_care(planted(104, "DE"), in_region("UTC", ("DE", None)))
    assert care.empty


def test_a_stated_holiday_that_is_an_ordinary_day_is_named():
    volume = planted(104, "DE", but="Ascension Day")
    care = series_care(volume, in_region("UTC", ("DE", None)))
    found = care[care["kind"] == "ordinary_holiday"].iloc[0]
    assert 'open_on = ["Ascension Day"]' in found["sentence"]
    # Two days of 24 h.
    assert found["hours"] == 48.0
    assert found["actual"] == pytest.approx(found["usual"], rel=0.2)


def test_stated_holidays_of_which_none_matters_are_left_alone():
    assert series_care(planted(104, None), in_region("UTC", ("DE", None))).empty
