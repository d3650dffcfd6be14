"""Scores by horizon, the pick, and quantiles that were not learnt from what they are held against."""

import numpy as np
import pandas as pd
import pytest

from staffing.forecast.judged.scores import (
    LEVELS,
    Rolled,
    Score,
    buckets,
    naive_changes,
    past_quantiles,
    picked,
    rolled_of,
    score,
)
from staffing.forecast.past_errors import PastErrors
from tests.forecast.histories import counts, grid, shape

NAN = np.nan


def rolled(actual, mean, steps_a_day=1):
    actual, mean = np.atleast_2d(actual), np.atleast_2d(mean)
    starts = tuple(pd.date_range("2026-01-05", periods=len(actual), tz="UTC"))
    quantiles = mean[..., None] + np.linspace(-1, 1, len(LEVELS))
    return Rolled(
        "x", PastErrors(starts, actual, mean), quantiles, np.ones(len(actual)), steps_a_day
    )


def with_loss(*losses):
    return [Score("x", "1-7", loss, *[0.0] * 6, 4) for loss in losses]


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (3, ((1, 3),)),
        (7, ((1, 7),)),
        (14, ((1, 7), (8, 14), (1, 14))),
        (10, ((1, 7), (8, 10), (1, 10))),
    ],
)
def test_buckets_are_weeks_ahead_and_the_whole(days, found):
    assert buckets(days) == found


def test_a_bucket_holds_its_days_only():
    # Two steps a day: errors 1, 1 on day 1, then 2, 2 on day 2.
    one = rolled([[5.0, 5, 5, 5], [5, 5, 5, NAN]], [[6.0, 6, 7, 7], [6, 6, 7, 7]], steps_a_day=2)
    first, second, whole = (score(one, *days) for days in ((1, 1), (2, 2), (1, 2)))
    assert (first.days, first.wape, first.mase) == ("1-1", 0.2, 1.0)
    assert (second.wape, second.mase) == (0.4, 2.0)
    assert whole == score(one)
    # (4 · 1 + 3 · 2) / 35; all forecasts are 1 or 2 too high, outside ± 1 · .8 of day 2.
    assert whole.wape == whole.bias == pytest.approx(10 / 35)
    assert whole.loss == pytest.approx(10 / 7)
    assert (first.coverage_80, first.coverage_95, second.coverage_95) == (0.0, 1.0, 0.0)
    assert whole.origins == 2


def test_an_origin_of_which_nothing_came_is_not_counted():
    assert score(rolled([[NAN], [3.0]], [[3.0], [3.0]])).origins == 1
    nothing = score(rolled([[NAN]], [[3.0]]))
    assert (nothing.origins, nothing.loss) == (0, 0.0)
    assert np.isnan(nothing.wape)


def test_sparse_counts_are_judged_by_squares():
    # Forecasting 0 of one case in ten hours: .1 a time by absolutes and squares; .1 everywhere: .18, but .09 squared.
    actual = np.eye(1, 10)
    assert score(rolled(actual, np.zeros((1, 10)))).loss == pytest.approx(0.1)
    assert score(rolled(actual, np.full((1, 10), 0.1))).loss == pytest.approx(0.09)


def test_the_preferred_method_gives_way_to_a_clearly_better_one_only():
    assert picked(with_loss(1.0, 0.96, 2.0)) == 0
    assert picked(with_loss(1.0, 0.96, 0.94)) == 2
    assert picked(with_loss(0.0, 0.0)) == 0


def past(weeks=8, days=14, seed=1):
    """Weekly origins over the last weeks of a history whose truth is forecast, and that history."""
    index = grid("2026-01-05", 16)
    truth = shape(index, 6.0)
    history = counts(index, truth, seed)
    starts = tuple(index[-week * 168] for week in range(weeks, days // 7 - 1, -1))
    places = [np.arange(days * 24) + index.searchsorted(start) for start in starts]
    return PastErrors(starts, history.to_numpy()[places], truth[places]), history


def test_quantiles_around_past_forecasts_hold():
    errors, history = past()
    found = score(rolled_of("x", errors, history))
    assert found.origins == 7
    # Counts reach both ends of a band, so that it holds a little more than it says.
    assert 0.78 < found.coverage_80 < 0.9
    assert 0.93 < found.coverage_95 < 0.99
    assert found.mwql < found.wape


def test_quantiles_are_not_learnt_from_what_they_are_held_against():
    errors, _ = past()
    before = past_quantiles(errors, pd.Timedelta(hours=1))
    # What came of origin 3 is known to those forecasts only that reach no interval of it: not to 2, 3 and 4.
    actual = errors.actual.copy()
    actual[3] += 50
    after = past_quantiles(PastErrors(errors.starts, actual, errors.mean), pd.Timedelta(hours=1))
    same = [bool((before[place] == after[place]).all()) for place in range(7)]
    assert same == [False, False, True, True, True, False, False]


def test_naive_changes_look_at_the_history_before_alone():
    index = grid("2026-01-05", 4)
    volume = pd.Series(np.repeat([1.0, 2.0, 5.0, 50.0], 168), index=index)
    # Weeks 1 and 2 differ by 1, weeks 2 and 3 by 3: 1 after two weeks, 2 after three.
    assert naive_changes(volume, (index[336], index[504])).tolist() == [1.0, 2.0]
