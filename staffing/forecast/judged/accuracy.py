"""A published forecast against what came, and what each step of making it added to repeating the week before.

Forecast value added (Gilliland, "Is forecasting a waste of time?", Supply Chain Management Review, 2002) is the error
of the step before less the error of the step, here in points of WAPE (hundredths): the statistical forecast against
seasonal naive, and judgement against the statistical forecast. Below 0 a step made the forecast worse.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from staffing.domain.tables import FORECAST, HISTORY, checked
from staffing.forecast.calendar import Calendar
from staffing.forecast.judged import metrics
from staffing.forecast.judged.baselines import MEAN4, NAIVE
from staffing.forecast.series import volumes_before

SERIES = ["region", "workstream"]
STEPS = ("wape", "statistical_wape", "mean4_wape", "naive_wape")
ACCURACY = (
    *SERIES,
    "hours",
    "cases",
    "wape",
    "bias",
    "coverage_80",
    *STEPS[1:],
    "statistics_added_points",
    "judgement_added_points",
)
DIGITS = 6


def accuracy(
    forecast: pd.DataFrame,
    history: pd.DataFrame,
    calendar: Calendar,
    known_until: pd.Timestamp,
    interval_minutes: int,
) -> pd.DataFrame:
    """Hold a published forecast against a history that has since reached beyond it.

    Parameters
    ----------
    forecast
        FORECAST table: ``mean`` was published, ``statistical_mean`` stood before judgement.
    history
        HISTORY table. Intervals that the calendar marks as outage and the like are left out.
    known_until
        First instant that was not known when the forecast was made: the baselines are computed from what came before.

    Returns
    -------
    pd.DataFrame
        ``ACCURACY`` columns by series: ``hours`` with known volume and the ``cases`` in them, errors of the published
        forecast, of the statistical one and of both baselines, value added in points of WAPE. NaN: not defined.
    """
    forecast, history = checked(forecast, FORECAST), checked(history, HISTORY)
    index = pd.date_range(
        known_until, periods=1, freq=f"{interval_minutes}min", tz="UTC", unit="us"
    )
    known = history[(history["interval_start"] < known_until) & history["volume"].notna()]
    past = volumes_before(known, calendar, index) if len(known) else {}
    volume = history.set_index([*SERIES, "interval_start"])["volume"].sort_index()
    rows = []
    for key, published in forecast.groupby(SERIES):
        region, workstream = (str(name) for name in key)
        here = calendar.of_series(region, workstream)
        ahead = pd.date_range(
            published["interval_start"].min(),
            published["interval_start"].max(),
            freq=index.freq,
            unit="us",
        )
        at = pd.MultiIndex.from_product([[region], [workstream], ahead])
        actual = here.masked(pd.Series(volume.reindex(at).to_numpy(), index=ahead)).to_numpy()
        before = past.get((region, workstream))
        baselines = {
            method.name: method.fit(before, here).predict(ahead).mean
            if before is not None
            else np.full(len(ahead), np.nan)
            for method in (MEAN4, NAIVE)
        }
        shown = published.set_index("interval_start").reindex(ahead)
        rows.append(_row(region, workstream, shown, actual, baselines))
    return with_value_added(pd.DataFrame(rows)).loc[:, list(ACCURACY)]


def totals(table: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Return an accuracy table pooled over series: errors weigh by cases, coverage by hours."""
    weights = dict.fromkeys((*STEPS, "bias"), "cases") | {"coverage_80": "hours"}
    weighed = {
        name: (table[name] * table[weight]).where(table[weight] > 0, 0.0)
        for name, weight in weights.items()
    }
    grouped = table.assign(**weighed).groupby(by, as_index=False)
    found = grouped[["hours", "cases", *weights]].sum(skipna=False)
    shares = {
        name: found[name] / found[weight].where(found[weight] > 0)
        for name, weight in weights.items()
    }
    return with_value_added(found.assign(**shares))


def with_value_added(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with what statistics and judgement added, in points of WAPE."""
    return table.assign(
        statistics_added_points=100 * (table["naive_wape"] - table["statistical_wape"]),
        judgement_added_points=100 * (table["statistical_wape"] - table["wape"]),
    ).round(DIGITS)


def _row(
    region: str,
    workstream: str,
    published: pd.DataFrame,
    actual: np.ndarray,
    baselines: dict[str, np.ndarray],
) -> dict[str, object]:
    """Return the errors of one series."""
    mean = published["mean"].to_numpy()
    known = ~np.isnan(actual)
    return {
        "region": region,
        "workstream": workstream,
        "hours": int(known.sum()),
        "cases": float(actual[known].sum()),
        "wape": metrics.wape(actual, mean),
        "bias": metrics.bias(actual, mean),
        "coverage_80": metrics.coverage(
            actual, published["q10"].to_numpy(), published["q90"].to_numpy()
        ),
        "statistical_wape": metrics.wape(actual, published["statistical_mean"].to_numpy()),
        "mean4_wape": metrics.wape(actual, baselines[MEAN4.name]),
        "naive_wape": metrics.wape(actual, baselines[NAIVE.name]),
    }
