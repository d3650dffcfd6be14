"""Sums of cases, and what one case differs by."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from staffing.forecast.handle_time.handle_cases import Cases
from tests.forecast.histories import grid


def cases(count, minutes, week=0) -> Cases:
    size = len(count)
    nothing = np.zeros(size, dtype=int)
    return Cases(nothing + week, nothing, nothing, np.array(count, float), np.array(minutes, float))


def test_rows_without_cases_or_times_are_left_out():
    index = grid("2026-03-28T22:00", 1)[:6]
    volume = pd.Series([2.0, 0.0, np.nan, 1.0, 4.0, 1.0], index=index)
    aht = pd.Series([10.0, 5.0, 5.0, np.nan, 0.0], index=index[:5])
    found = Cases.of_series(volume, aht, "Europe/Berlin")
    # 22:00 UTC on Saturday is 23:00 in Berlin; 02:00 on Sunday 04:00, the clocks having gone forward
    assert found.weekday.tolist() == [5, 6]
    assert found.hour.tolist() == [23, 4]
    assert found.count.tolist() == [2, 4]
    assert found.minutes.tolist() == [20, 0]
    assert found.by_cell(found.minutes)[5, 23] == 20


def test_without_any_time_there_are_no_rows():
    volume = pd.Series(1.0, index=grid("2026-01-05", 1))
    assert len(Cases.of_series(volume, volume * 0, "UTC").count) == 0


def test_the_limit_is_wider_for_few_cases():
    # The median case takes 10 minutes: means of 1 case up to 10 * (4 + 10), of 100 up to 10 * (4 + 1)
    found = cases([1] * 4 + [100] * 4, [10, 10, 139, 141, 1000, 1000, 1000, 5100]).capped()
    assert found.minutes.tolist() == [10, 10, 139, 140, 1000, 1000, 1000, 5000]


def test_scatter_is_taken_around_the_level_of_its_stretch():
    # Means of 2 cases: 8 and 12 around 10, 25 times, then 16 and 24 around 20: each 2 * .2**2 = .08
    found = cases([2] * 100, [16, 24] * 25 + [32, 48] * 25)
    square, free = found.scatter(np.ones(100))
    assert square == pytest.approx(100 * 0.08)
    assert free == 98
