"""Rounding and means of workload."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffing.requirement.workload import (
    cumulative_round,
    scheduled_agents,
    weighted_mean,
    work_minutes,
)


def test_running_sums_are_right_to_half_a_minute():
    # running sums .4 .8 1.2 1.6 2.0 round to 0 1 1 2 2
    assert cumulative_round([0.4] * 5).tolist() == [0, 1, 0, 1, 0]


@given(st.lists(st.floats(0, 1e4), max_size=50))
def test_the_sum_is_kept(values):
    whole = cumulative_round(values)
    assert abs(int(whole.sum()) - sum(values)) <= 0.5 + 1e-6
    assert (whole >= 0).all()


def test_no_cases_are_no_work_even_without_a_handle_time():
    assert work_minutes([0, 2], [np.nan, 12.5]).tolist() == [0, 25]


def test_mean_by_weight_and_plain_without_weight():
    # (10·1 + 20·3) / 4 = 17.5; no weight: 15; nothing known: 0
    values = np.array([[10.0, 20.0], [10.0, 20.0], [np.nan, np.nan]])
    weights = np.array([[1.0, 3.0], [0.0, 0.0], [1.0, 1.0]])
    assert weighted_mean(values, weights, axis=1) == pytest.approx([17.5, 15.0, 0.0])


def test_scheduled_is_gross_of_shrinkage():
    # 14 / 0.7 = 20, 1 / 0.7 = 1.43 → 2
    assert scheduled_agents([14, 1, 0], 0.3).tolist() == [20, 2, 0]
