"""Outlooks whose truth is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from staffing.domain.tables import QUANTILES
from staffing.forecast.intervals import Spread
from staffing.forecast.outlook import Outlook
from staffing.forecast.past_errors import PastErrors
from tests.forecast.histories import grid, shape


def outlook(mean: float | np.ndarray, spread: Spread | None = None, weeks: float = 1) -> Outlook:
    """Return an outlook over some weeks without past errors."""
    index, spread = grid("2026-03-02", weeks), spread or Spread()
    means = mean * np.ones(len(index))
    return Outlook(index, means, spread.quantiles(means, QUANTILES), spread)


def judged(
    mean: float, level: np.ndarray, day: np.ndarray, spread: Spread, seed: int, weeks: int = 1
) -> Outlook:
    """Return an outlook of one week with past errors: Poisson counts around a mean off by level and day.

    Parameters
    ----------
    level, day
        ``level[origin]`` and ``day[origin, day]``: the fraction by which volumes were above what was expected.
    """
    random = np.random.default_rng(seed)
    starts = pd.date_range("2025-01-06", periods=len(level), freq="7D", tz="UTC", unit="us")
    expected = np.array([shape(grid(str(start)[:10], weeks), mean) for start in starts])
    off = np.maximum(0, 1 + level[:, None] + day)
    actual = random.poisson(expected * np.repeat(off, 24, axis=1)).astype(float)
    ahead = outlook(shape(grid("2026-03-02", weeks), mean), spread, weeks)
    return replace(ahead, errors=PastErrors(tuple(starts), actual, expected))
