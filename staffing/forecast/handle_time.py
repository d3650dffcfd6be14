"""Average handle time per series from the cases of recent weeks."""

from __future__ import annotations

import numpy as np
import pandas as pd

EPOCH = pd.Timestamp("1970-01-05", tz="UTC")
WEEKS = 12
WEEKS_TO_TRIM = 5
USUAL_CV = 1.0
"""Standard deviation over mean of one handle time where nothing is known: exponential, as Erlang has it."""


def handle_minutes(history: pd.DataFrame) -> dict[tuple[str, str], float]:
    """Return the average handle time in minutes by (region, workstream).

    It is the mean over the cases of the last twelve weeks that have any, without the weeks of highest and of lowest
    mean where there are five or more. A series without handle times takes those of its workstream, else of all cases;
    NaN where the history has none at all.

    Parameters
    ----------
    history
        A HISTORY table (`staffing.domain.tables`).
    """
    cases = history[(history["volume"] > 0) & history["aht_minutes"].notna()]
    weekly = cases.assign(
        week=(cases["interval_start"] - EPOCH) // pd.Timedelta(weeks=1),
        minutes=cases["volume"] * cases["aht_minutes"],
    )
    own = {key: _trimmed_mean(group) for key, group in weekly.groupby(["region", "workstream"])}
    shared = {key: _trimmed_mean(group) for key, group in weekly.groupby("workstream")}
    overall = _trimmed_mean(weekly) if len(weekly) else np.nan
    series = history[["region", "workstream"]].drop_duplicates().itertuples(index=False, name=None)
    return {key: own.get(key, shared.get(key[1], overall)) for key in series}


def _trimmed_mean(cases: pd.DataFrame) -> float:
    """Return minutes over cases of the last weeks, the extreme weeks left out."""
    weeks = cases.groupby("week")[["minutes", "volume"]].sum().tail(WEEKS)
    if len(weeks) >= WEEKS_TO_TRIM:
        weeks = weeks.loc[(weeks["minutes"] / weeks["volume"]).sort_values().index[1:-1]]
    return float(weeks["minutes"].sum() / weeks["volume"].sum())
