"""The forecast of one series before it becomes a table: its mean, and how far it may be off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from staffing.domain.tables import QUANTILE_COLUMNS, QUANTILES
from staffing.forecast.intervals import LOW_COUNT, Spread
from staffing.forecast.past_errors import PastErrors

Key = tuple[str, str]


@dataclass(frozen=True)
class Outlook:
    """What is expected of one series, and all that is known of its errors.

    Parameters
    ----------
    index
        The intervals ahead, aware UTC with a frequency.
    mean
        ``mean[interval]``, cases.
    quantiles
        ``quantiles[interval, level]`` at the levels of the FORECAST table.
    spread
        How far actual volumes fall from a mean.
    errors
        Forecasts of the weeks before with what came; None: the method has none.
    time_zone
        Whose local days the volume follows.
    """

    index: pd.DatetimeIndex
    mean: np.ndarray
    quantiles: np.ndarray
    spread: Spread
    errors: PastErrors | None = None
    time_zone: str = "UTC"

    @property
    def variance(self) -> np.ndarray:
        """``variance[interval]`` of the cases around their mean."""
        return variance_around(self.mean, self.spread)

    def rows(self, key: Key) -> pd.DataFrame:
        """Return the rows of a TOTALS table for this (region, workstream)."""
        return pd.DataFrame(self.quantiles, columns=list(QUANTILE_COLUMNS)).assign(
            region=key[0], workstream=key[1], interval_start=self.index, mean=self.mean
        )

    def moved_to(self, mean: np.ndarray) -> Outlook:
        """Return the outlook at another mean: quantiles keep their ratio to it, those of low counts are taken anew."""
        ratio = np.divide(mean, self.mean, out=np.ones_like(mean), where=self.mean > 0)
        anew = (mean < LOW_COUNT) & (mean != self.mean)
        quantiles = self.quantiles * ratio[:, None]
        quantiles[anew] = self.spread.quantiles(mean[anew], QUANTILES)
        return replace(self, mean=mean, quantiles=quantiles)


def at_means(outlooks: Mapping[Key, Outlook], table: pd.DataFrame) -> dict[Key, Outlook]:
    """Return the outlooks moved to the means of a FORECAST table, such as one that somebody has judged."""
    mean = table.set_index(["region", "workstream"])["mean"]
    return {
        key: outlook.moved_to(mean.xs(key).to_numpy(dtype=float))
        for key, outlook in outlooks.items()
    }


def variance_around(mean: np.ndarray, spread: Spread) -> np.ndarray:
    """Return the variance of cases around each mean."""
    return np.asarray(spread.dispersion * mean + (spread.relative * mean) ** 2)
