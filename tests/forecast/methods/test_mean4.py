import numpy as np
import pandas as pd

from staffing.forecast.methods.mean4 import Mean4
from tests.forecast.histories import UTC, grid


def test_mean_of_the_last_four_known_weeks():
    history = pd.Series(np.repeat([90.0, 1.0, 2.0, 3.0, 4.0], 168), index=grid("2026-01-05", 5))
    history.iloc[-1] = np.nan
    mean = Mean4().fit(history, UTC).predict(grid("2026-02-09", 1)).mean
    assert mean[0] == 2.5  # (1 + 2 + 3 + 4) / 4
    assert mean[-1] == 24.0  # (90 + 1 + 2 + 3) / 4: the last week is unknown there, not zero


def test_one_week_is_enough():
    history = pd.Series(7.0, index=grid("2026-01-05", 1))
    predicted = Mean4().fit(history, UTC).predict(grid("2026-01-12", 1))
    assert set(predicted.mean) == {7.0}
    assert (predicted.quantiles >= 0).all()
