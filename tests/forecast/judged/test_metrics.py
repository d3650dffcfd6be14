"""Each metric by hand, unknown hours left out, and what is not defined is NaN."""

import numpy as np
import pytest

from staffing.forecast.judged import metrics

NAN = np.nan
ACTUAL = np.array([[2.0, 4.0], [NAN, 6.0]])
MEAN = np.array([[3.0, 3.0], [9.0, 8.0]])


def test_wape_and_bias():
    # Errors +1, −1, +2 on 12 cases; the hour of 9 is not known.
    assert metrics.wape(ACTUAL, MEAN) == pytest.approx(4 / 12)
    assert metrics.bias(ACTUAL, MEAN) == pytest.approx(2 / 12)


def test_mase_scales_each_origin_by_its_own_history():
    # 1 / 2 and 1 / 2 of the first origin, 2 / 4 of the second.
    assert metrics.mase(ACTUAL, MEAN, np.array([[2.0], [4.0]])) == pytest.approx(0.5)
    # A history that never changes has no scale: its origin is left out.
    assert metrics.mase(ACTUAL, MEAN, np.array([[0.0], [4.0]])) == pytest.approx(0.5)
    assert np.isnan(metrics.mase(ACTUAL, MEAN, 0.0))


def test_weekly_change():
    # Two slots a week: |3 − 1|, unknown, |3 − 3|, |0 − 4|.
    volume = np.array([1.0, NAN, 3.0, 4.0, 3.0, 0.0])
    assert metrics.weekly_change(volume, 2) == pytest.approx((2 + 0 + 4) / 3)
    assert np.isnan(metrics.weekly_change(volume[:2], 2))


def test_mwql_by_hand():
    # All deciles at 1, one case more came: pinball τ each, in sum 4.5; 2 / 9 · 4.5 = 1, over two cases.
    assert metrics.mwql(np.array([2.0]), np.ones((1, 9))) == pytest.approx(0.5)
    # Deciles at .1, .2 … .9, and 1 came: Σ τ (1 − τ) = 4.5 − 2.85 = 1.65; 2 / 9 of it.
    deciles = np.array([metrics.DECILES])
    assert metrics.mwql(np.array([1.0]), deciles) == pytest.approx(2 / 9 * 1.65)


def test_mwql_of_a_forecast_without_spread_is_its_wape():
    quantiles = np.repeat(MEAN[..., None], 9, axis=-1)
    assert metrics.mwql(ACTUAL, quantiles) == pytest.approx(metrics.wape(ACTUAL, MEAN))


def test_coverage_includes_both_ends():
    low, high = np.array([[2.0, 1.0], [0.0, 7.0]]), np.array([[5.0, 3.5], [9.0, 9.0]])
    # 2 is in [2, 5], 4 not in [1, 3.5], 6 not in [7, 9].
    assert metrics.coverage(ACTUAL, low, high) == pytest.approx(1 / 3)
    deciles = np.linspace(low, high, 9, axis=-1)
    assert metrics.coverage_80(ACTUAL, deciles) == pytest.approx(1 / 3)


@pytest.mark.parametrize("actual", [np.zeros(3), np.full(3, NAN)], ids=["no case", "unknown"])
def test_no_cases_no_share_of_them(actual):
    assert np.isnan(metrics.wape(actual, np.ones(3)))
    assert np.isnan(metrics.bias(actual, np.ones(3)))
    assert np.isnan(metrics.mwql(actual, np.ones((3, 9))))
