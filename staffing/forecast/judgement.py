"""Judgement over the statistical forecast: overrides are applied last, kept apart, and told with what they came to."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from staffing.domain.judgement import Adjustment, Override
from staffing.domain.tables import FORECAST, QUANTILE_COLUMNS, QUANTILES, checked
from staffing.forecast.intervals import Spread
from staffing.forecast.totals.hierarchy import ALL

_QUANTILES = list(QUANTILE_COLUMNS)


def adjusted(
    table: pd.DataFrame, overrides: Sequence[Override], interval_minutes: int
) -> tuple[pd.DataFrame, tuple[Adjustment, ...]]:
    """Apply overrides to a forecast, in their order.

    Percents compose. An interval that an override meets in part changes in proportion. Quantiles keep their ratio to
    the mean; around a mean that was 0 they become those of a Poisson count. ``statistical_mean`` stays as it was.

    Parameters
    ----------
    table
        FORECAST table.

    Returns
    -------
    tuple
        The table with other means and quantiles, and what each override that meets it came to.
    """
    table = checked(table, FORECAST)
    mean, found = table["mean"].to_numpy(dtype=float), []
    for override in overrides:
        share = _share(table, override, interval_minutes)
        met = share > 0
        if met.any():
            whole = (
                mean * (1 + override.change_fraction)
                if override.change_fraction is not None
                else np.full(len(mean), override.volume)
            )
            changed = (1 - share) * mean + share * whole
            found.append(
                Adjustment(
                    override=override,
                    cases_before=float(mean[met].sum()),
                    cases=float(changed[met].sum()),
                )
            )
            mean = changed
    return (_with_mean(table, mean) if found else table), tuple(found)


def summed(totals: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Return a TOTALS table at the sums of an adjusted FORECAST table, its quantiles moved along."""
    parts = []
    for (region, workstream), rows in totals.groupby(["region", "workstream"], sort=False):
        names = [None if name == ALL else str(name) for name in (region, workstream)]
        within = _of_series(table, *names)
        mean = table[within].groupby("interval_start")["mean"].sum()
        parts.append(_with_mean(rows, mean.reindex(rows["interval_start"]).to_numpy()))
    return pd.concat(parts) if parts else totals


def _share(table: pd.DataFrame, override: Override, interval_minutes: int) -> np.ndarray:
    """Return for each row the share of its interval that an override covers."""
    minute, width = pd.Timedelta(minutes=1), interval_minutes
    start = ((table["interval_start"] - override.start) / minute).to_numpy()
    length = (override.end - override.start) / minute
    covered = np.minimum(start + width, length) - np.maximum(start, 0)
    concerned = _of_series(table, override.region, override.workstream)
    return np.where(concerned, np.maximum(covered / width, 0.0), 0.0)


def _of_series(table: pd.DataFrame, region: str | None, workstream: str | None) -> np.ndarray:
    """Tell which rows are of a region and a workstream; None: of any."""
    concerned = np.ones(len(table), dtype=bool)
    for column, name in (("region", region), ("workstream", workstream)):
        if name is not None:
            concerned &= (table[column] == name).to_numpy()
    return concerned


def _with_mean(table: pd.DataFrame, mean: np.ndarray) -> pd.DataFrame:
    """Return the table at another mean, its quantiles moved along."""
    before, quantiles = table["mean"].to_numpy(), table[_QUANTILES].to_numpy()
    ratio = np.divide(mean, before, out=np.ones_like(mean), where=before > 0)
    quantiles = quantiles * ratio[:, None]
    new = (before == 0) & (mean > 0)
    quantiles[new] = Spread().quantiles(mean[new], QUANTILES)
    return table.assign(mean=mean, **dict(zip(_QUANTILES, quantiles.T, strict=True)))
