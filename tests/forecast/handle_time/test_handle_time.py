"""Handle times drawn from a known truth, and the odd ones."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from staffing.domain import clock
from staffing.forecast.calendar import Calendar, RegionCalendar
from staffing.forecast.handle_time.handle_time import HandleTime, handle_times
from staffing.forecast.series import volumes_before
from tests.forecast.histories import event, grid, shape, table

WEEKS = 104
DUBLIN = "Europe/Dublin"
CALENDAR = Calendar(regions=(RegionCalendar(region="EMEA", time_zone=DUBLIN),))
FLAT = Calendar()


def truth(index: pd.DatetimeIndex, time_zone: str = DUBLIN) -> np.ndarray:
    """Return 12 minutes a case, 1.3 times that at night, 1.1 times that on weekends."""
    local = clock.local_stamps(index, time_zone)
    night, weekend = (local.hour < 6) | (local.hour >= 22), local.day_of_week >= 5
    return 12.0 * np.where(night, 1.3, 1.0) * np.where(weekend, 1.1, 1.0)


def drawn(index: pd.DatetimeIndex, mean: float, cv: float = 1.0, **names: str) -> pd.DataFrame:
    """Return a history of lognormal handle times."""
    rng = np.random.default_rng(1)
    count = rng.poisson(shape(index, mean, DUBLIN))
    sigma = np.sqrt(np.log1p(cv**2))
    of_case = np.repeat(np.log(truth(index)) - sigma**2 / 2, count)
    at = np.repeat(np.arange(len(index)), count)
    minutes = np.bincount(at, rng.lognormal(of_case, sigma), len(index))
    aht = np.divide(minutes, count, out=np.full(len(index), np.nan), where=count > 0)
    rows = table(pd.Series(count.astype(float), index=index), **names)
    return rows.assign(aht_minutes=aht)


def steady(weeks: int, volume: float, aht_minutes: object, **names: str) -> pd.DataFrame:
    volumes = pd.Series(volume, index=grid("2026-01-05", weeks), dtype=float)
    return table(volumes, **names).assign(aht_minutes=aht_minutes)


def learnt(
    history: pd.DataFrame, index: pd.DatetimeIndex, calendar: Calendar = CALENDAR
) -> dict[tuple[str, str], HandleTime]:
    return handle_times(history, volumes_before(history, calendar, index), calendar, index)


def workload_error(found: np.ndarray, index: pd.DatetimeIndex) -> float:
    volume = shape(index, 1.0, DUBLIN)
    return float((volume * abs(found - truth(index))).sum() / (volume * truth(index)).sum())


@pytest.mark.parametrize(("mean", "most_error"), [(0.1, 0.075), (1.0, 0.04), (20.0, 0.01)])
def test_night_and_weekend_are_found_the_more_the_more_cases(mean, most_error):
    # The plain average misses by 8 %: nights 1.3 times, weekends 1.1 times as long.
    history = drawn(grid("2024-01-01", WEEKS), mean)
    index = grid("2025-12-29", 4)
    (found,) = learnt(history, index).values()
    cases = history["volume"].sum()
    average = (history["volume"] * history["aht_minutes"]).sum() / cases
    assert workload_error(np.full(len(index), average), index) > 0.077
    assert workload_error(found.aht_minutes, index) < most_error


@pytest.mark.parametrize("cv", [0.5, 1.0])
@pytest.mark.parametrize("mean", [0.5, 20.0])
def test_the_dispersion_of_one_case_comes_out_of_means_of_many(cv, mean):
    (found,) = learnt(drawn(grid("2024-01-01", WEEKS), mean, cv), grid("2025-12-29", 1)).values()
    assert found.cv == pytest.approx(cv, rel=0.1)


@pytest.mark.parametrize("minutes", [15, 30, 60])
def test_the_local_hour_counts_when_clocks_go_forward(minutes):
    # Dublin is on UTC in March and an hour ahead from the 29th: its night ends at 06:00, then at 05:00 UTC.
    history = drawn(grid("2024-03-04", WEEKS, 60), 20.0)
    index = grid("2026-03-23", 2, minutes)
    (found,) = learnt(history, index).values() if minutes == 60 else [None]
    if found is None:
        history = history.loc[history.index.repeat(60 // minutes)]
        step = pd.Timedelta(minutes=minutes) * history.groupby(level=0).cumcount()
        history = history.assign(interval_start=history["interval_start"] + step)
        (found,) = learnt(history, index).values()
    aht = pd.Series(found.aht_minutes, index=index)
    for stamp, is_night in (
        ("2026-03-24 05:00", True),
        ("2026-03-24 06:00", False),
        ("2026-03-31 04:45" if minutes == 15 else "2026-03-31 04:00", True),
        ("2026-03-31 05:00", False),
    ):
        usual = 12.0 * (1.3 if is_night else 1.0)
        assert aht[pd.Timestamp(stamp, tz="UTC")] == pytest.approx(usual, rel=0.04)


def test_one_case_of_100_000_minutes_moves_little():
    history = drawn(grid("2024-01-01", WEEKS), 1.0)
    index = grid("2025-12-29", 1)
    (usual,) = learnt(history, index).values()
    last = history.index[history["volume"] > 0][-5]
    history.loc[last, "aht_minutes"] = 100_000.0
    (hit,) = learnt(history, index).values()
    np.testing.assert_allclose(hit.aht_minutes, usual.aht_minutes, rtol=0.02)
    assert hit.cv == pytest.approx(usual.cv, rel=0.05)


def test_recent_weeks_weigh_more_but_no_odd_one():
    weekly = [20.0] * 20 + [10.0] * 30 + [90.0]
    (found,) = learnt(steady(51, 1.0, np.repeat(weekly, 168)), grid("2026-12-28", 1), FLAT).values()
    np.testing.assert_allclose(found.aht_minutes, 10.0, rtol=0.05)


def test_a_series_with_few_cases_borrows_from_its_workstream_then_from_all():
    start = grid("2026-02-02", 1)
    history = pd.concat(
        [
            steady(4, 1.0, 10.0, region="EMEA", workstream="a"),
            steady(4, 0.0, np.nan, region="APAC", workstream="a"),
            steady(4, 3.0, 30.0, region="APAC", workstream="b"),
            steady(4, 1.0, 0.0, region="APAC", workstream="c"),  # all 0: none was kept
        ]
    )
    found = {key: time.aht_minutes[0] for key, time in learnt(history, start, FLAT).items()}
    # Weeks of 168 cases, halved every 12 weeks: of all (10 + 3 * 30) / 4 = 25, counted as 16 cases beside
    # 168 * (1 + .944 + .891 + .841) = 618: (618 * 10 + 16 * 25) / 634 = 10.38 for workstream a, and once more
    # (618 * 10 + 16 * 10.38) / 634 = 10.01 for its series.
    assert found["EMEA", "a"] == pytest.approx(10.01, abs=0.005)
    assert found["APAC", "a"] == pytest.approx(10.38, abs=0.005)
    assert found["APAC", "b"] == pytest.approx(30.0, abs=0.01)
    assert found["APAC", "c"] == pytest.approx(25.0)


def test_a_sparse_region_takes_the_pattern_of_its_workstream():
    index = grid("2024-01-01", WEEKS)
    busy = drawn(index, 20.0, region="EMEA", workstream="a")
    rare = drawn(index, 0.01, region="APAC", workstream="a")
    here = Calendar(
        regions=tuple(RegionCalendar(region=name, time_zone=DUBLIN) for name in ("EMEA", "APAC"))
    )
    future = grid("2025-12-29", 1)
    found = learnt(pd.concat([busy, rare]), future, here)
    of_pattern = found["APAC", "a"].aht_minutes / found["APAC", "a"].aht_minutes.mean()
    np.testing.assert_allclose(of_pattern, truth(future) / truth(future).mean(), rtol=0.12)


def test_what_was_marked_and_what_is_to_come_are_not_looked_at():
    history = steady(10, 1.0, np.repeat([10.0] * 4 + [50.0] * 2 + [10.0] * 2 + [70.0] * 2, 168))
    outage = event("outage", "2026-02-02", "2026-02-16")
    (found,) = learnt(history, grid("2026-03-02", 1), Calendar(events=(outage,))).values()
    np.testing.assert_allclose(found.aht_minutes, 10.0)


def test_no_handle_time_at_all_is_unknown():
    (found,) = learnt(steady(1, 1.0, np.nan), grid("2026-01-12", 1), FLAT).values()
    assert np.isnan(found.aht_minutes).all()
    assert found.cv == 1.0
