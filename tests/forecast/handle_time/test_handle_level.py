"""The level of handle time of late."""

from __future__ import annotations

import numpy as np
import pytest

from staffing.forecast.handle_time.handle_level import Level, level_of_late

CASES = 100.0


def late(weekly: list[float]) -> float:
    awaited = np.full(len(weekly), CASES)
    return level_of_late(np.array(weekly) * awaited, awaited).beside(np.nan, 0)


def test_a_steady_level_is_kept():
    assert late([10.0] * 30) == pytest.approx(10.0)


def test_a_lasting_change_is_followed():
    assert late([10.0] * 30 + [14.0] * 20) == pytest.approx(14.0, rel=0.03)


def test_noise_is_averaged_over_many_weeks():
    # 104 weeks of deviation 1: the mean of the whole deviates by .1, that of the last four weeks by .5
    weekly = 10 + np.random.default_rng(3).normal(size=104)
    assert late(list(weekly)) == pytest.approx(10.0, abs=0.25)


def test_an_odd_week_is_held_in():
    assert late([10.0] * 30 + [1000.0]) == pytest.approx(10.0, rel=0.01)


def test_weeks_without_cases_say_nothing():
    awaited = np.array([0.0, 50.0, 0.0, 0.0])
    found = level_of_late(awaited * 10, awaited)
    assert found.minutes / found.cases == pytest.approx(10.0)


def test_beside_a_parent():
    # 30 cases of 10 minutes and 10 believed ones of 20
    assert Level(300.0, 30.0).beside(20.0, 10.0) == pytest.approx(12.5)
    assert np.isnan(Level().beside(np.nan, 10.0))
