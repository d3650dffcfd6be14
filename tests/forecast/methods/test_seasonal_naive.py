import numpy as np
import pandas as pd

from staffing.forecast.methods.seasonal_naive import SeasonalNaive
from tests.forecast.histories import UTC, grid, in_region


def test_last_week_is_repeated_where_it_is_known():
    history = pd.Series(np.repeat([3.0, 5.0], 168), index=grid("2026-01-05", 2))
    history.iloc[168] = np.nan  # Monday 00:00 of the second week
    mean = SeasonalNaive().fit(history, UTC).predict(grid("2026-01-19", 2)).mean
    assert mean[[0, 1, 168, 169]].tolist() == [3.0, 5.0, 3.0, 5.0]


def test_local_hours_are_repeated_across_a_clock_change():
    # Dublin moves from UTC to UTC+1 on 29 March 2026: what came at 09:00 UTC then comes at 08:00.
    index = grid("2026-03-16", 1)
    history = pd.Series((index.hour == 9).astype(float), index=index)
    mean = (
        SeasonalNaive().fit(history, in_region("Europe/Dublin")).predict(grid("2026-03-30", 1)).mean
    )
    assert np.flatnonzero(mean[:24]).tolist() == [8]


def test_a_gap_before_the_forecast_changes_nothing():
    history = pd.Series(np.arange(168.0), index=grid("2026-01-05", 1))
    fitted = SeasonalNaive().fit(history, UTC)
    near, far = (fitted.predict(grid(day, 1)).mean for day in ("2026-01-12", "2026-02-09"))
    assert near.tolist() == far.tolist() == history.tolist()


def test_the_spread_comes_from_the_errors_of_the_weeks_before():
    # Weeks of 95 and 105 in turn: repeating misses by 10 each time, up and down.
    history = pd.Series(np.repeat([95.0, 105.0] * 4, 168), index=grid("2026-01-05", 8))
    predicted = SeasonalNaive().fit(history, UTC).predict(grid("2026-03-02", 1), (0.1, 0.9))
    assert predicted.mean[0] == 105.0
    low, high = predicted.quantiles[0]
    assert 90 < low < 97
    assert 113 < high < 120
