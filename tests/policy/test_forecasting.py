from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from staffing.domain.errors import Fault, InputError
from staffing.forecast.calendar import SeriesCalendar
from staffing.policy.forecasting import calendar_of
from staffing.policy.settings import read_settings
from tests.workspaces import SETTINGS

FORECAST = """\
[forecast]
open_on = ["Easter Monday"]

[[forecast.regions]]
region = "APAC"
time_zone = "Australia/Melbourne"
countries = ["SG", "AU-VIC"]
open_on = ["Eid al-Fitr"]

[[forecast.series]]
region = "EMEA"
workstream = "harms"
time_zone = "America/New_York"
countries = ["US", "CA-ON"]
open_on = ["Columbus Day"]
"""
FIRST_LINE = SETTINGS.count("\n") + 1


def write(folder: Path, forecast: str) -> Path:
    path = folder / "staffing.toml"
    path.write_text(SETTINGS + forecast, encoding="utf-8")
    return path


def series(folder: Path, region: str, workstream: str) -> SeriesCalendar:
    settings = read_settings(write(folder, FORECAST))
    return calendar_of(settings.sites, settings.forecast, ()).of_series(region, workstream)


def faults_of(folder: Path, forecast: str) -> list[Fault]:
    with pytest.raises(InputError) as caught:
        read_settings(write(folder, forecast))
    return list(caught.value.faults)


def test_without_settings_a_region_follows_its_sites(tmp_path):
    settings = read_settings(write(tmp_path, ""))
    here = calendar_of(settings.sites, settings.forecast, ()).of_series("EMEA", "harms").region
    assert (here.time_zone, here.places, here.open_on) == ("Europe/Dublin", (("IE", None),), ())


def test_a_region_follows_another_clock_and_other_holidays(tmp_path):
    here = series(tmp_path, "APAC", "harms").region
    assert here.time_zone == "Australia/Melbourne"
    assert here.places == (("SG", None), ("AU", "VIC"))
    found = here.holidays((2026,))
    assert found[dt.date(2026, 11, 3)] == {"Melbourne Cup Day": 0.5}
    assert dt.date(2026, 4, 6) not in found  # Easter Monday, open everywhere
    assert dt.date(2026, 3, 21) not in found  # Eid al-Fitr


def test_a_series_follows_its_customers_and_the_others_of_the_region_its_sites(tmp_path):
    own = series(tmp_path, "EMEA", "harms").region
    assert own.time_zone == "America/New_York"
    assert own.places == (("US", None), ("CA", "ON"))
    assert own.open_on == ("Easter Monday", "Columbus Day")
    # 12 October 2026 is Columbus Day in the United States and Thanksgiving in Canada.
    assert own.holidays((2026,))[dt.date(2026, 10, 12)] == {"Thanksgiving Day": 0.5}
    assert series(tmp_path, "EMEA", "escalations").region.time_zone == "Europe/Dublin"


def test_what_an_entry_leaves_out_is_that_of_its_region(tmp_path):
    text = (
        '[[forecast.series]]\nregion = "EMEA"\nworkstream = "harms"\ntime_zone = "Asia/Kolkata"\n'
    )
    settings = read_settings(write(tmp_path, text))
    own = calendar_of(settings.sites, settings.forecast, ()).of_series("EMEA", "harms").region
    assert (own.time_zone, own.places) == ("Asia/Kolkata", (("IE", None),))


def test_no_countries_no_holidays(tmp_path):
    settings = read_settings(
        write(tmp_path, '[[forecast.regions]]\nregion = "EMEA"\ncountries = []\n')
    )
    here = calendar_of(settings.sites, settings.forecast, ()).of_series("EMEA", "harms").region
    assert here.holidays((2026,)) == {}


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "value", "part"),
    [
        ('"Easter Monday"', '"Easter Mondy"', 2, "open_on", "Easter Mondy", "'Easter Monday'?"),
        ('"APAC"', '"APEC"', 5, "regions[1].region", "APEC", "Did you mean 'APAC'?"),
        ('"EMEA"', '"LATAM"', 11, "series[1].region", "LATAM", "Unknown region. Known: APAC"),
        ('"harms"', '"harm"', 12, "series[1].workstream", "harm", "Did you mean 'harms'?"),
        ("Australia/Melbourne", "AEST", 6, "regions[1].time_zone", "AEST", "IANA"),
        ('"US"', '"USX"', 14, "series[1].countries", "USX", "not a country code"),
        ('"CA-ON"', '"CA-XX"', 14, "series[1].countries", "CA-XX", "not a subdivision of CA"),
        ('"Columbus Day"', '"Colombus Day"', 15, "series[1].open_on", "Colombus Day", "'Columbus Day'?"),
        ('"Eid al-Fitr"', '"Columbus Day"', 8, "regions[1].open_on", "Columbus Day", "No such holiday"),
        ('open_on = ["Easter Monday"]', "open_on = 1", 2, "open_on", "1", "valid array"),
        ('countries = ["SG", "AU-VIC"]', "holidays = []", 7, "regions[1].holidays", "[]", "Unknown key"),
        (
            "[[forecast.series]]",
            '[[forecast.regions]]\nregion = "APAC"\n[[forecast.series]]',
            11, "regions[2].region", "APAC", "entry for it above",
        ),
    ],
)  # fmt: skip
def test_one_mistake_gives_one_fault(tmp_path, old, new, line, column, value, part):
    assert old in FORECAST
    (fault,) = faults_of(tmp_path, FORECAST.replace(old, new, 1))
    assert (fault.row, fault.column) == (FIRST_LINE + line - 1, f"forecast.{column}")
    assert fault.value == value
    assert part in fault.message


def test_all_faults_at_once(tmp_path):
    text = FORECAST.replace('"APAC"', '"APEC"').replace('"CA-ON"', '"CA-XX"')
    assert [fault.value for fault in faults_of(tmp_path, text)] == ["APEC", "CA-XX"]


def test_a_faulty_site_is_the_only_fault(tmp_path):
    path = write(tmp_path, FORECAST)
    path.write_text(path.read_text("utf-8").replace('"IE"', '"UK"', 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_settings(path)
    assert [fault.column for fault in caught.value.faults] == ["sites[1].country"]
