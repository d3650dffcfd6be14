import numpy as np
import pytest

from staffing.forecast.methods.boosting import Boosting
from staffing.forecast.methods.ewma import Ewma
from tests.forecast.histories import UTC, counts, grid, shape, wape


def test_it_learns_what_the_weighted_mean_cannot_know():
    # Every other week is a busy one: the mean of the weeks says neither.
    past, ahead = grid("2025-01-06", 60), grid("2026-03-02", 1)
    busy = np.where(np.arange(len(past)) // 168 % 2 == 0, 1.4, 0.6)
    history = counts(past, busy * shape(past, 60.0))
    truth = 1.4 * shape(ahead, 60.0)
    trees = Boosting().fit(history, UTC).predict(ahead).mean
    mean = Ewma().fit(history, UTC).predict(ahead).mean
    assert wape(truth, trees) < 0.5 * wape(truth, mean)


def test_the_same_history_gives_the_same_trees():
    past, ahead = grid("2025-01-06", 60), grid("2026-03-02", 1)
    history = counts(past, shape(past, 60.0))
    first, second = (Boosting().fit(history, UTC).predict(ahead).mean for _ in range(2))
    assert np.array_equal(first, second)


@pytest.mark.parametrize("weeks", [1, 6])
def test_a_history_too_short_for_trees(weeks):
    past, ahead = grid("2026-01-05", weeks), grid("2026-02-16", 1)
    mean = Boosting().fit(counts(past, shape(past, 60.0)), UTC).predict(ahead).mean
    assert wape(shape(ahead, 60.0), mean) < 0.2


@pytest.mark.parametrize("minutes", [15, 30])
def test_finer_grids(minutes):
    past, ahead = grid("2026-01-05", 24, minutes), grid("2026-06-22", 2, minutes)
    mean = Boosting().fit(counts(past, shape(past, 20.0)), UTC).predict(ahead).mean
    assert wape(shape(ahead, 20.0), mean) < 0.1
