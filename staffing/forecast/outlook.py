"""The forecast of one series before it becomes a table: its mean, and how far it may be off."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from staffing.forecast.intervals import Spread
from staffing.forecast.past_errors import PastErrors


@dataclass(frozen=True)
class Outlook:
    """What is expected of one series, and all that is known of its errors.

    Parameters
    ----------
    index
        The intervals ahead, aware UTC with a frequency.
    mean
        ``mean[interval]``, cases.
    spread
        How far actual volumes fall from a mean.
    errors
        Forecasts of the weeks before with what came; None: the method has none.
    time_zone
        Whose local days the volume follows.
    """

    index: pd.DatetimeIndex
    mean: np.ndarray
    spread: Spread
    errors: PastErrors | None = None
    time_zone: str = "UTC"

    @property
    def variance(self) -> np.ndarray:
        """``variance[interval]`` of the cases around their mean."""
        return variance_around(self.mean, self.spread)


def variance_around(mean: np.ndarray, spread: Spread) -> np.ndarray:
    """Return the variance of cases around each mean."""
    return np.asarray(spread.dispersion * mean + (spread.relative * mean) ** 2)
