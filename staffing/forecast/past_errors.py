"""What a method said of the weeks before, without having seen them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class PastErrors:
    """Forecasts of a method from several past origins, beside what came.

    Parameters
    ----------
    starts
        ``starts[origin]``, the first interval of each forecast.
    actual, mean
        ``actual[origin, step]`` and ``mean[origin, step]`` in cases per interval; NaN where nobody knows.
    """

    starts: tuple[pd.Timestamp, ...]
    actual: np.ndarray
    mean: np.ndarray

    @property
    def error(self) -> np.ndarray:
        """Actual minus forecast, ``error[origin, step]``."""
        return np.asarray(self.actual - self.mean)
