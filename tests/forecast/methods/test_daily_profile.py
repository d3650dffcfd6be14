"""Forecasts half a year and more ahead, against a known truth."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from staffing.domain import clock
from staffing.forecast.calendar import Calendar, RegionCalendar, SeriesCalendar
from staffing.forecast.methods.daily_profile import DailyProfile
from staffing.forecast.run import forecast
from tests.forecast.histories import UTC, counts, event, grid, in_region, shape, table

START = "2023-01-02"
LEVELS = (0.025, 0.1, 0.5, 0.9, 0.975)


def weekly_error(found: np.ndarray, truth: np.ndarray) -> float:
    weeks = found.reshape(-1, 168).sum(axis=1), truth.reshape(-1, 168).sum(axis=1)
    return float(np.abs(weeks[0] - weeks[1]).sum() / weeks[1].sum())


def cut(index: pd.DatetimeIndex, expected: np.ndarray, weeks: int) -> tuple[pd.Series, np.ndarray]:
    """Return counts before the last weeks, and the truth of those."""
    steps = weeks * len(index) // round((index[-1] - index[0]) / pd.Timedelta(weeks=1))
    return counts(index, expected).iloc[:-steps], expected[-steps:]


def test_season_and_growth_are_carried_half_a_year_ahead():
    # 20 % up in June, 20 % down in December, and 10 % more a year: the last weeks alone are far off.
    index = grid(START, 156)
    years = np.arange(len(index)) / (365.25 * 24)
    season = 1 - 0.2 * np.cos(2 * np.pi * years)
    history, truth = cut(index, shape(index, 6.0) * season * 1.1**years, 26)
    found = DailyProfile().fit(history, UTC).predict(index[-len(truth) :])
    last = np.tile(history.to_numpy()[-4 * 168 :].reshape(4, 168).mean(0), 26)
    assert weekly_error(last, truth) > 0.15
    assert weekly_error(found.mean, truth) < 0.05


def test_growth_fades():
    # e**.5 times as many a year: after ten years more, the trend has added one year's growth at most.
    index = grid(START, 104)
    years = np.arange(len(index)) / (365.25 * 24)
    history = counts(index, shape(index, 20.0) * np.exp(0.5 * years))
    fitted = DailyProfile().fit(history, UTC)
    near = fitted.mean(grid("2025-01-06", 1)).sum()
    far = fitted.mean(grid("2034-12-25", 1)).sum()
    assert near < far < near * np.exp(0.55)


@pytest.mark.parametrize("minutes", [15, 30, 60])
def test_a_local_day_keeps_its_shape_when_clocks_change(minutes):
    zone = "Europe/Berlin"
    index = grid(START, 30, minutes)
    history = counts(index, shape(index, 40.0 * minutes / 60, zone))
    # 29 October 2023 has 25 hours, 31 March 2024 has 23.
    future = grid("2023-10-23", 24, minutes)
    found = pd.Series(DailyProfile().fit(history, in_region(zone)).mean(future), index=future)
    truth = pd.Series(shape(future, 40.0 * minutes / 60, zone), index=future)
    for day in ("2023-10-28", "2023-10-29", "2024-03-31"):
        date = pd.Timestamp(day).date()
        first, last = clock.local_day(date, zone)
        here = slice(pd.Timestamp(first), pd.Timestamp(last) - pd.Timedelta(minutes=minutes))
        np.testing.assert_allclose(found[here].sum(), truth[here].sum(), rtol=0.1)
        assert np.corrcoef(found[here], truth[here])[0, 1] > 0.98


def test_closed_hours_stay_closed():
    index = grid(START, 60)
    is_open = np.asarray((index.hour >= 8) & (index.hour < 18) & (index.day_of_week < 5))
    history, truth = cut(index, np.where(is_open, 10.0, 0.0), 20)
    found = DailyProfile().fit(history, UTC).predict(index[-len(truth) :], LEVELS)
    assert (found.mean[truth == 0] == 0).all()
    assert (found.quantiles[truth == 0] == 0).all()
    np.testing.assert_allclose(found.mean[truth > 0], 10.0, rtol=0.2)


def test_holidays_and_launches_of_next_year():
    germany = RegionCalendar(region="EMEA", places=(("DE", None),))
    index = grid(START, 104)
    launches = tuple(
        event("launch", f"{day}T00:00", f"{day}T23:59", "Prime")
        for day in ("2023-05-16", "2023-09-12", "2024-03-12", "2024-10-15")
    )
    calendar = SeriesCalendar(region=germany, events=launches)
    unity = np.asarray((index.month == 10) & (index.day == 3))
    prime = calendar.during(index, "Prime")
    expected = shape(index, 10.0) * np.where(unity, 0.3, 1.0) * np.where(prime, 2.0, 1.0)
    history, truth = cut(index, expected, 26)
    found = DailyProfile().fit(history, calendar).mean(index[-len(truth) :])
    for days in (unity[-len(truth) :], prime[-len(truth) :]):
        assert found[days].sum() == pytest.approx(truth[days].sum(), rel=0.3)


def test_intervals_widen_and_hold_where_the_level_walks():
    rng = np.random.default_rng(5)
    index = grid(START, 208)
    walk = np.repeat(np.exp(np.cumsum(rng.normal(0, 0.02, 208))), 168)
    history, _ = cut(index, shape(index, 30.0) * walk, 26)
    ahead = index[-26 * 168 :]
    found = DailyProfile().fit(history, UTC).predict(ahead, LEVELS)
    width = ((found.quantiles[:, 3] - found.quantiles[:, 1]) / found.mean).reshape(26, 168)
    assert width[-1].mean() > 1.1 * width[0].mean()
    actual = counts(index, shape(index, 30.0) * walk).to_numpy()[-26 * 168 :]
    inside = (found.quantiles[:, 0] <= actual) & (actual <= found.quantiles[:, 4])
    assert inside.mean() > 0.85


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda drawn: drawn * 0, id="all zero"),
        pytest.param(lambda drawn: drawn[-336:], id="two weeks"),
        pytest.param(lambda drawn: drawn[-1:], id="one row"),
        pytest.param(lambda drawn: drawn.mask(np.arange(len(drawn)) % 5 < 3), id="60 % missing"),
        pytest.param(lambda drawn: (drawn > 13).astype(float), id="sparse"),
        pytest.param(lambda drawn: drawn * 10_000, id="huge"),
    ],
)
def test_hard_histories_stay_sensible(change):
    index = grid(START, 45)
    drawn = change(counts(index, shape(index, 6.0))).asfreq("1h")
    found = DailyProfile().fit(drawn, UTC).predict(grid("2023-11-13", 52))
    assert np.isfinite(found.mean).all()
    assert (found.quantiles >= 0).all()
    assert (np.diff(found.quantiles, axis=1) >= 0).all()
    assert found.mean.mean() == pytest.approx(drawn.mean(), rel=0.35, abs=1e-9)


def test_a_year_ahead_through_the_pipeline_of_forecasts():
    index = grid(START, 60)
    start, weeks = index[-1] + pd.Timedelta(hours=1), 52
    history = table(counts(index, shape(index, 6.0)))
    found = forecast(history, Calendar(), start, weeks * 168, 60, methods=(DailyProfile(),))
    assert len(found.table) == weeks * 168
    assert set(found.backtest["method"]) >= {"daily_profile"}
