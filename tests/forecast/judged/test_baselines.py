"""The quick way to past forecasts of the baselines is the slow one, faster."""

import numpy as np
import pandas as pd
import pytest

from staffing.forecast.judged.backtest import roll
from staffing.forecast.judged.baselines import BASELINES, WEEKS, compare_with_baselines, past_means
from tests.forecast.histories import counts, grid, in_region, shape

DUBLIN = in_region("Europe/Dublin")


def history() -> pd.Series:
    """Ten weeks around the end of summer time, with a hole."""
    index = grid("2026-09-07", 10)
    known = counts(index, shape(index, 4.0, "Europe/Dublin"))
    known.iloc[1000:1100] = np.nan
    return known


@pytest.mark.parametrize("method", BASELINES, ids=lambda method: method.name)
def test_past_means_are_those_of_a_fit(method):
    known = history()
    starts = tuple(known.index[[672, 840, 1050, 1300]])
    slow = roll(known, DUBLIN, method, starts, 14).past
    quick = past_means(known, DUBLIN, WEEKS[method.name], starts, 336)
    assert quick.starts == slow.starts
    np.testing.assert_array_equal(quick.mean, slow.mean)
    np.testing.assert_array_equal(quick.actual, slow.actual)


def test_a_fit_is_scored_beside_both_baselines():
    known = history()
    starts = tuple(known.index[[672, 840, 1008, 1176]])
    truth = pd.Series(shape(known.index, 4.0, "Europe/Dublin"), index=known.index)
    past = past_means(known, DUBLIN, 1, starts, 336)
    ahead = [truth.iloc[place : place + 336].to_numpy() for place in (672, 840, 1008, 1176)]
    mine = type(past)(starts, past.actual, np.array(ahead))
    scores = compare_with_baselines("oracle", mine, known, DUBLIN)
    assert [found.method for found in scores] == ["oracle", *WEEKS]
    oracle, mean4, naive = scores
    assert oracle.wape < mean4.wape < naive.wape
    assert oracle.mwql < mean4.mwql < naive.mwql
    assert {found.origins for found in scores} == {4}
    assert {found.days for found in scores} == {"1-14"}
