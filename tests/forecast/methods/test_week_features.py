import numpy as np
import pandas as pd
import pytest

from staffing.forecast.methods.like_weeks import LikeWeeks
from staffing.forecast.methods.poisson_ridge import PoissonRidge
from staffing.forecast.methods.week_features import WeekFeatures
from tests.forecast.histories import UTC, grid


def features_of(volume):
    history = pd.Series(volume, index=grid("2025-01-06", len(volume) / 168))
    curve = PoissonRidge().learn(history, UTC)
    return WeekFeatures.of(LikeWeeks.of(curve.look_back(history)))


def test_a_steady_history_is_all_ones_but_for_the_calendar():
    found = features_of(np.full(60 * 168, 20.0)).of_week(np.array([59]), 0, np.ones((1, 168)))
    assert found.shape == (1, 168, 25)
    # Sixteen ratios, base over its mean, log mean, log factor, holiday; days ahead, time of day, weekday, sine, cosine.
    assert found[0, :, :17] == pytest.approx(1.0)
    assert found[0, :, 17] == pytest.approx(np.log(20.01))
    assert found[0, :, 18].tolist() == [0.0] * 168
    assert found[0, [0, 23, 24, 167], 20].tolist() == [0, 0, 1, 6]
    assert found[0, [0, 23, 24], 21].tolist() == [0, 23, 0]


def test_the_week_after_next_is_a_week_further_ahead():
    found = features_of(np.full(10 * 168, 20.0)).of_week(np.array([9]), 1, np.ones((1, 168)))
    assert found[0, [0, 167], 20].tolist() == [7, 13]


def test_a_doubled_last_day_shows_in_its_ratio():
    volume = np.full(20 * 168, 100.0)
    volume[-24:] = 150.0  # not enough to be capped: 100 + 1 + 3 * sqrt(100 + 25**2) = 181.8
    found = features_of(volume).of_week(np.array([19]), 0, np.ones((1, 168)))
    # The base of that day has moved to (150 + .9 * 100 + …) / (1 + .9 + …), a little above 100.
    assert 1.3 < found[0, 0, 7] < 1.5
    assert found[0, 0, 7] == pytest.approx(found[0, 100, 7])


def test_nothing_of_later_weeks_is_seen():
    rng = np.random.default_rng(1)
    volume = rng.poisson(50.0, 30 * 168).astype(float)
    plain = features_of(volume)
    seen = plain.of_week(np.array([15]), 1, np.ones((1, 168)))
    usual = plain.weeks.volume.copy()
    usual[16:] = 0.0
    blind = WeekFeatures.of(
        LikeWeeks(usual, plain.weeks.factor, plain.weeks.is_closed, 1.0, plain.weeks.end)
    )
    assert np.array_equal(seen, blind.of_week(np.array([15]), 1, np.ones((1, 168))))
