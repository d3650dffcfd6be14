"""Cases of the whole horizon, with a band: of everything, by region, by workstream, by series."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from staffing.forecast.outlook import Key, Outlook
from staffing.forecast.paths.paths import each_series
from staffing.forecast.totals.hierarchy import Hierarchy

PATHS = 1000
BAND_80 = (0.1, 0.9)


def horizon_totals(
    outlooks: Mapping[Key, Outlook], *, seed: int = 0, paths: int = PATHS
) -> pd.DataFrame:
    """Return ``region``, ``workstream`` (``*``: all), ``cases`` and their 80 % band ``low`` to ``high``.

    The band comes from sample paths: hourly quantiles do not add up to those of a week.

    Parameters
    ----------
    outlooks
        Forecasts by (region, workstream) over the same intervals.
    """
    hierarchy = Hierarchy.of(outlooks)
    drawn = np.array([series.sum(axis=1) for _, series in each_series(outlooks, paths, seed)])
    members = dict(hierarchy.totals) | {key: (at,) for at, key in enumerate(hierarchy.leaves)}
    mean = np.array([outlook.mean.sum() for outlook in outlooks.values()])
    rows = []
    for (region, workstream), places in members.items():
        low, high = np.quantile(drawn[list(places)].sum(axis=0), BAND_80)
        cases = mean[list(places)].sum()
        rows.append((region, workstream, cases, low, high))
    return pd.DataFrame(rows, columns=["region", "workstream", "cases", "low", "high"])
