"""Sparse series take their hours from the total above them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from staffing.forecast.totals.borrowing import borrow
from tests.forecast.histories import counts, grid, shape

INDEX = grid("2025-01-06", 52)
AHEAD = grid("2026-01-05", 1)


def histories(mean: float) -> tuple[pd.Series, pd.Series]:
    """Return a series, and a total whose other part has ten times as many cases at the same hours."""
    own = counts(INDEX, shape(INDEX, mean), seed=1)
    return own, own + counts(INDEX, shape(INDEX, 10 * mean), seed=2)


def test_few_cases_take_the_hours_of_the_total() -> None:
    own, above = histories(0.05)
    found = borrow(np.full(168, own.mean()), own, shape(AHEAD, 0.55), above)
    truth = shape(AHEAD, 0.05)
    assert np.abs(found - truth).mean() < 0.25 * np.abs(own.mean() - truth).mean()
    assert found.sum() == pytest.approx(truth.sum(), rel=0.15)


def test_many_cases_keep_their_own() -> None:
    own, above = histories(50.0)
    flat = np.full(168, 50.0)
    # Some 400,000 cases a year against 3,000.
    assert borrow(flat, own, shape(AHEAD, 550.0), above) == pytest.approx(flat, rel=0.03)


def test_closed_hours_and_series_without_cases_stay_as_they_are() -> None:
    own, above = histories(0.05)
    closed = np.where(np.arange(168) < 24, 0.0, 0.05)
    assert not borrow(closed, own, shape(AHEAD, 0.55), above)[:24].any()
    np.testing.assert_array_equal(borrow(closed, own * 0, shape(AHEAD, 0.55), above), closed)


def test_unknown_hours_tell_nothing() -> None:
    own, above = histories(0.05)
    hidden = above.copy()
    hidden.iloc[::2] = np.nan
    with_all = borrow(np.full(168, 0.05), own, shape(AHEAD, 0.55), above)
    with_half = borrow(np.full(168, 0.05), own, shape(AHEAD, 0.55), hidden)
    assert with_half.sum() == pytest.approx(with_all.sum(), rel=0.2)
