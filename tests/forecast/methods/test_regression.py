import numpy as np
import pytest
from scipy import sparse

from staffing.forecast.methods.regression import optimism, regress

TWO_GROUPS = sparse.csr_array(np.repeat([[1.0, 0.0], [0.0, 1.0]], 500, axis=0))


def test_group_means_are_recovered():
    counts = np.repeat([4.0, 16.0], 500)
    curve = regress(TWO_GROUPS, counts, np.ones(1000), dispersion=1.0)
    assert curve.at(TWO_GROUPS)[[0, -1]] == pytest.approx([4.0, 16.0], rel=0.01)


def test_little_weight_leaves_a_group_near_the_others():
    counts = np.repeat([4.0, 16.0], 500)
    weight = np.repeat([1.0, 1e-5], 500)  # 500 * 16 * 1e-5 = 0.08 cases of evidence
    curve = regress(TWO_GROUPS, counts, weight, dispersion=1.0)
    assert curve.at(TWO_GROUPS)[0] == pytest.approx(4.0, rel=0.01)
    assert 3.5 < curve.at(TWO_GROUPS)[-1] < 5.0


def test_rows_without_weight_are_left_out():
    counts = np.repeat([4.0, np.nan], 500)
    weight = np.repeat([1.0, 0.0], 500)
    known = np.where(weight > 0, counts, 0.0)
    assert regress(TWO_GROUPS, known, weight, 1.0).at(TWO_GROUPS)[0] == pytest.approx(4.0, rel=0.01)


def test_optimism_counts_the_coefficients_in_use():
    # Two groups of 500 rows with much evidence each: p = 2 of n = 1000, sqrt(1002 / 998) = 1.002
    assert optimism(TWO_GROUPS, np.full(1000, 100.0)) == pytest.approx(1.002, abs=1e-5)
    # With no evidence to speak of nothing is learnt, and nothing lost.
    assert optimism(TWO_GROUPS, np.full(1000, 1e-9)) == pytest.approx(1.0)
