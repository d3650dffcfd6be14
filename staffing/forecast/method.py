"""What every forecasting method offers: fit a history, predict a mean and quantiles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd

from staffing.domain.tables import QUANTILES
from staffing.forecast.calendar import SeriesCalendar
from staffing.forecast.intervals import Spread


@dataclass(frozen=True)
class Prediction:
    """Cases per interval.

    Parameters
    ----------
    mean
        ``mean[interval]``, what staffing plans for.
    quantiles
        ``quantiles[interval, level]``, never negative, rising with the level.
    """

    mean: np.ndarray
    quantiles: np.ndarray


class Fitted(Protocol):
    """A method that has seen a history."""

    @property
    def spread(self) -> Spread:
        """How far actual volumes fall from a mean, in the first week at least."""
        ...

    def predict(self, index: pd.DatetimeIndex, levels: tuple[float, ...] = QUANTILES) -> Prediction:
        """Forecast the intervals of an aware UTC index, any time after the history."""
        ...


class Method(Protocol):
    """A way to forecast one series."""

    @property
    def name(self) -> str:
        """Name in tables and settings."""
        ...

    def fit(self, history: pd.Series, calendar: SeriesCalendar) -> Fitted:
        """Learn from cases per interval (NaN: unknown) on an aware UTC index that has a frequency."""
        ...
