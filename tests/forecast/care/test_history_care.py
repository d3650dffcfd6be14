import numpy as np
import pandas as pd
import pytest

from staffing.forecast.calendar import Calendar, RegionCalendar, SeriesCalendar
from staffing.forecast.care.findings import MOST_OF_A_KIND
from staffing.forecast.care.history_care import CARE, history_care, most_important, series_care
from tests.forecast.histories import UTC, counts, event, grid, in_region, shape, table

WEEKS = 40


def history(mean: float = 20.0, minutes: int = 60, clock: str = "UTC") -> pd.Series:
    index = grid("2026-01-05", WEEKS, minutes)
    return counts(index, shape(index, mean * minutes / 60, clock))


def between(series: pd.Series, first: str, last: str) -> np.ndarray:
    return (series.index >= pd.Timestamp(f"{first}Z")) & (series.index < pd.Timestamp(f"{last}Z"))


def kinds(care: pd.DataFrame) -> list[str]:
    return care["kind"].tolist()


def test_an_ordinary_history_has_nothing_to_say():
    care = series_care(history(), UTC)
    assert tuple(care.columns) == CARE[2:]
    assert care.empty


def test_every_kind_is_found():
    series = history()
    hour = pd.DatetimeIndex(series.index).hour
    series[(hour >= 2) & (hour < 4)] = 0.0
    series[between(series, "2026-06-01T00:00", "2027-01-01T00:00")] *= 2
    series[between(series, "2026-03-10T10:00", "2026-03-10T14:00")] = 0.0
    series[between(series, "2026-03-17T10:00", "2026-03-19T10:00")] = np.nan
    series[between(series, "2026-04-14T10:00", "2026-04-14T12:00")] = 500.0
    care = series_care(series, UTC).set_index("kind")
    assert care.index.tolist() == ["outage", "level_shift", "hole", "capped", "closed"]
    assert care["hours"].tolist()[:1] == [4.0]
    assert care["hours"].tolist()[2:] == [48.0, 2.0, 14.0]
    assert str(care["start"]["level_shift"]) == "2026-06-01 00:00:00+00:00"
    assert care["actual"]["level_shift"] == pytest.approx(
        2 * care["usual"]["level_shift"], rel=0.05
    )
    assert care["actual"]["capped"] == 1000.0
    assert care["usual"]["capped"] < 300.0
    assert np.isnan(care["actual"]["hole"])
    # Two days from Tuesday on, without the two closed hours of each night.
    usual = shape(grid("2026-03-17T10:00", 2 / 7), 20.0).sum()
    assert care["usual"]["hole"] == pytest.approx(usual, rel=0.1)
    assert care["sentence"]["outage"].startswith(
        "No case from 2026-03-10 10:00 to 2026-03-10 14:00 UTC (4 h) where about"
    )
    assert care["sentence"]["closed"].startswith(
        "Closed 14 h a week (UTC): Mon 02:00 to Mon 04:00, Tue 02:00"
    )


@pytest.mark.parametrize("kind", ["outage", "incident", "not_typical"])
def test_what_the_user_has_marked_is_not_repeated(kind):
    series = history()
    marks = []
    for at, (first, last, value) in enumerate(
        [
            ("2026-03-10T10:00", "2026-03-10T14:00", 0.0),
            ("2026-03-17T10:00", "2026-03-19T10:00", np.nan),
            ("2026-04-14T10:00", "2026-04-14T12:00", 500.0),
        ]
    ):
        series[between(series, first, last)] = value
        marks.append(event(kind, first, last, name=str(at)))
    assert kinds(series_care(series, UTC)) == ["outage", "hole", "capped"]
    assert series_care(series, SeriesCalendar(region=UTC.region, events=tuple(marks))).empty


def test_a_launch_is_not_called_capped():
    series = history()
    series[between(series, "2026-04-14T10:00", "2026-04-14T12:00")] = 500.0
    launch = event("launch", "2026-04-14T10:00", "2026-04-14T12:00")
    assert series_care(series, UTC.changed(events=(launch,))).empty


@pytest.mark.parametrize("minutes", [15, 30, 60])
@pytest.mark.parametrize("clock", ["Europe/Dublin", "Asia/Kolkata"])
def test_weeks_of_clock_changes_and_other_grids_have_nothing_to_say(clock, minutes):
    calendar = in_region(clock, ("IE", None))
    assert series_care(history(20.0, minutes, clock), calendar).empty


def test_many_findings_of_a_kind_become_one_line():
    series = history().mask(np.arange(WEEKS * 168) % 5 < 3)  # 60 % missing
    care = series_care(series, UTC)
    assert kinds(care) == ["hole"] * (MOST_OF_A_KIND + 1)
    # 1,344 stretches of 3 h, those at the ends of the history included.
    assert care["hours"].sum() == pytest.approx(0.6 * WEEKS * 168, abs=3)
    assert "1,324 lesser stretches of the kind 'hole'" in care["sentence"].iloc[-1]


@pytest.mark.parametrize("series", [history() * 0, history() * np.nan, history().iloc[:1]])
def test_hard_histories_have_nothing_to_say(series):
    assert set(kinds(series_care(series, UTC))) <= {"hole"}


def test_a_whole_table_is_looked_through_series_by_series():
    busy, quiet = history(), history(0.05)
    busy[between(busy, "2026-03-10T10:00", "2026-03-10T14:00")] = 0.0
    unknown = history() * np.nan
    both = pd.concat(
        [
            table(busy, "EMEA", "phones"),
            table(quiet, "APAC", "phones"),
            table(unknown, "APAC", "mails"),
        ]
    )
    regions = (RegionCalendar(region="EMEA", time_zone="Europe/Dublin"),)
    care = history_care(both, Calendar(regions=regions), 60)
    assert tuple(care.columns) == CARE
    assert care[["region", "workstream", "kind"]].to_numpy().tolist() == [
        ["EMEA", "phones", "outage"]
    ]
    assert history_care(both.iloc[:0], Calendar(), 60).columns.tolist() == list(CARE)


def test_the_most_important_findings_come_first():
    series = history()
    series[between(series, "2026-03-10T10:00", "2026-03-10T14:00")] = 0.0
    series[between(series, "2026-03-17T10:00", "2026-03-19T10:00")] = np.nan
    series[between(series, "2026-04-14T10:00", "2026-04-14T12:00")] = 500.0
    care = series_care(series, UTC)
    # A hole of 48 h, an outage of 4 h, two hours capped to less than half.
    assert kinds(most_important(care, 3)) == ["hole", "outage", "capped"]
    assert kinds(most_important(care, 1)) == ["hole"]
