import numpy as np

from staffing.forecast.calendar import SeriesCalendar
from staffing.forecast.methods.design import PRIOR, Design
from tests.forecast.histories import UTC, event, grid, in_region

US = in_region("UTC", ("US", None))


def row(design, stamp):
    return design.matrix(grid(stamp, 1)[:1]).toarray()[0]


def test_past_and_future_have_the_same_columns():
    index = grid("2026-06-01", 8)
    design = Design.of_history(index, US)
    assert design.matrix(index).shape[1] == design.matrix(grid("2026-11-23", 1)).shape[1]


def test_an_ordinary_hour_has_its_time_weekday_and_hour_of_week():
    design = Design.of_history(grid("2026-01-05", 4), UTC)
    found = row(design, "2026-02-03T05:00:00")  # a Tuesday
    expected = {
        5: PRIOR["time_of_day"],
        24 + 1: PRIOR["weekday"],
        24 + 7 + 29: PRIOR["hour_of_week"],
    }
    assert {place: found[place] for place in np.flatnonzero(found)} == expected


def test_a_holiday_moves_its_block_its_name_and_the_days_beside_it():
    design = Design.of_history(grid("2026-06-01", 8), US)
    assert design.holiday_names == ("Independence Day", "Juneteenth National Independence Day")
    block = 24 + 7 + 168
    holiday = row(design, "2026-07-03T13:00:00")  # in lieu of Saturday the 4th
    assert holiday[block : block + 8].tolist() == [0, 0, 0, 0, PRIOR["holiday_block"], 0, 0, 0]
    assert holiday[block + 8 : block + 10].tolist() == [0, 0]
    assert PRIOR["holiday_name"] in holiday[block + 8 :]
    before, after = row(design, "2026-07-02T13:00:00"), row(design, "2026-07-05T13:00:00")
    assert before[block : block + 10].tolist() == [0] * 8 + [PRIOR["beside_holiday"], 0]
    assert after[block : block + 10].tolist() == [0] * 8 + [0, PRIOR["beside_holiday"]]


def test_holidays_follow_the_local_date():
    design = Design.of_history(
        grid("2026-06-01", 8), in_region("America/Los_Angeles", ("US", None))
    )
    block = 24 + 7 + 168
    assert not row(design, "2026-07-03T06:00:00")[block : block + 8].any()  # 2 July, 23:00
    assert row(design, "2026-07-03T07:00:00")[block] > 0  # 3 July, 00:00


def test_a_launch_is_a_column_once_the_history_has_seen_it():
    launch = event("launch", "2026-01-20", "2026-01-22")
    unseen = event("launch", "2026-03-01", "2026-03-02", name="later")
    calendar = SeriesCalendar(region=UTC.region, events=(launch, unseen))
    design = Design.of_history(grid("2026-01-05", 4), calendar)
    assert design.launch_names == ("thing",)
    assert PRIOR["launch"] in row(design, "2026-01-20T00:00:00")
    assert PRIOR["launch"] not in row(design, "2026-01-22T00:00:00")


def test_the_trend_stands_still_after_the_history():
    design = Design.of_history(grid("2026-01-05", 4), UTC)
    assert row(design, "2026-01-05T00:00:00")[-1] < 0
    assert row(design, "2026-03-02T00:00:00")[-1] == 0


def test_the_season_of_the_year_needs_sixty_weeks():
    assert not Design.of_history(grid("2025-01-06", 59), UTC).is_annual
    design = Design.of_history(grid("2025-01-06", 62), UTC)
    assert design.is_annual
    # Four years are 4 * 365.25 days.
    assert np.allclose(
        row(design, "2023-02-06T00:00:00")[-2:], row(design, "2027-02-06T00:00:00")[-2:]
    )
