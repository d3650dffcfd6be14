import numpy as np
import pytest

from staffing.forecast.methods.ewma import Ewma, weighted_means
from tests.forecast.histories import UTC, counts, grid, shape, wape


def test_a_week_weighs_less_than_the_next():
    usual = np.tile([[8.0], [4.0], [2.0]], (1, 168))
    # (2 + .5 * 4 + .25 * 8) / (1 + .5 + .25)
    assert weighted_means(usual, 0.5)[-1] == pytest.approx(6 / 1.75)
    assert weighted_means(usual, 0.5)[0] == pytest.approx(8.0)


def test_unknown_weeks_weigh_nothing():
    usual = np.tile([[8.0], [np.nan], [2.0]], (1, 168))
    # (2 + .25 * 8) / (1 + .25)
    assert weighted_means(usual, 0.5)[-1] == pytest.approx(4 / 1.25)


def test_an_hour_never_known_takes_its_time_of_day():
    usual = np.full((2, 168), 5.0)
    usual[:, 30] = np.nan
    usual[:, [6, 54, 78, 102, 126, 150]] = 9.0
    assert weighted_means(usual)[-1, 30] == pytest.approx(9.0)


def test_hours_of_the_week_are_repeated():
    past, ahead = grid("2026-01-05", 20), grid("2026-05-25", 3)
    predicted = Ewma().fit(counts(past, shape(past, 50.0)), UTC).predict(ahead)
    assert wape(shape(ahead, 50.0), predicted.mean) < 0.06
    assert np.array_equal(predicted.mean[:168], predicted.mean[168:336])
