"""The long tables that travel between the steps, checked at the door.

``HISTORY``  one row per region, workstream and interval: ``volume`` is cases (NaN: unknown, 0: a true zero),
``aht_minutes`` the mean handle time of those cases (NaN: none).
``FORECAST`` one row per region, workstream and interval: ``mean`` cases, quantiles ``q05`` … ``q95``, ``aht_minutes``
of that interval, ``aht_cv`` (standard deviation of the handle time of one case over its mean) and ``statistical_mean``
(the mean before anyone's judgement; equal to ``mean`` without).
``TOTALS`` one row per interval of everything (``*``, ``*``), of each region (``*`` as workstream) and of each
workstream (``*`` as region), as far as they are sums of several series: ``mean`` and quantiles.
``BACKTEST`` one row per region, workstream, method and stretch of ``days`` ahead (``8-14``) with its
out-of-sample errors.
"""

from __future__ import annotations

import pandas as pd

from staffing.domain.errors import ProblemError

QUANTILES = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
QUANTILE_COLUMNS = tuple(f"q{round(100 * q):02d}" for q in QUANTILES)
KEYS = ("region", "workstream", "interval_start")
HISTORY = (*KEYS, "volume", "aht_minutes")
FORECAST = (*KEYS, "mean", *QUANTILE_COLUMNS, "aht_minutes", "aht_cv", "statistical_mean")
TOTALS = (*KEYS, "mean", *QUANTILE_COLUMNS)
BACKTEST = (
    "region",
    "workstream",
    "method",
    "days",
    "wape",
    "mase",
    "bias",
    "mwql",
    "coverage_80",
    "coverage_95",
    "origins",
    "picked",
)


def checked(table: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    """Return the table with exactly these columns in this order.

    Raises
    ------
    ProblemError
        If a column is missing, ``interval_start`` is not aware UTC, or a key appears twice.
    """
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise ProblemError(f"table lacks the columns {missing}; it has {list(table.columns)}.")
    table = table.loc[:, list(columns)]
    if "interval_start" in columns:
        stamps = table["interval_start"].dtype
        if not isinstance(stamps, pd.DatetimeTZDtype) or str(stamps.tz) != "UTC":
            raise ProblemError(f"interval_start must be aware UTC, not {stamps}.")
        twice = table.duplicated(list(KEYS))
        if twice.any():
            raise ProblemError(f"{int(twice.sum())} rows repeat a key of {KEYS}.")
    return table.reset_index(drop=True)
