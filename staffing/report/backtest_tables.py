"""Tables of a backtest as an ops manager asks for them: per series, per day ahead, per hour of the week, per band."""

from __future__ import annotations

import numpy as np
import pandas as pd

from staffing.forecast.judged import metrics
from staffing.forecast.judged.backtest import LEVEL_COLUMNS, Backtested
from staffing.forecast.judged.baselines import MEAN4, NAIVE
from staffing.forecast.judged.scores import LEVELS

SERIES = ["workstream", "region"]
OURS = "forecast"
COLUMN_OF = {MEAN4.name: "mean4", NAIVE.name: "naive"}
BANDS = {
    0.2: ("q400", "q600"),
    0.4: ("q300", "q700"),
    0.6: ("q200", "q800"),
    0.8: ("q100", "q900"),
    0.95: ("q025", "q975"),
}


def whole_horizon(scores: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a BACKTEST table that are about all days ahead."""
    spans = [int(last) - int(first) for first, last in scores["days"].str.split("-")]
    return scores[[span == max(spans) for span in spans]]


def series_table(scores: pd.DataFrame) -> pd.DataFrame:
    """Return one row per series: the method taken with its errors, beside those of the two simple ones.

    Returns
    -------
    pd.DataFrame
        BACKTEST columns of the picked rows over the whole horizon, ``mean4_wape``, ``naive_wape`` and ``better_by``:
        by what share its WAPE is less than the better of these two.
    """
    whole = whole_horizon(scores)
    table = whole[whole["picked"].astype(bool)]
    for method, column in COLUMN_OF.items():
        rival = whole.loc[whole["method"] == method, [*SERIES, "wape"]]
        table = table.merge(rival.rename(columns={"wape": f"{column}_wape"}), on=SERIES, how="left")
    wapes = zip(table["wape"], table["mean4_wape"], table["naive_wape"], strict=True)
    gains = [better_by(*row) for row in wapes]
    return table.assign(better_by=gains).sort_values(SERIES, ignore_index=True)


def better_by(wape: float, *simple: float) -> float:
    """Return by what share a WAPE is less than the best of others; NaN where there is none."""
    best = min((other for other in simple if other > 0), default=np.nan)
    return 1 - wape / best


def rivals(backtested: Backtested) -> dict[str, pd.DataFrame]:
    """Return the forecasts of the method taken for each series, and those of the two simple ones, by a short name."""
    picks = series_table(backtested.scores)[[*SERIES, "method"]]
    forecasts = backtested.forecasts
    others = {
        column: forecasts[forecasts["method"] == method] for method, column in COLUMN_OF.items()
    }
    return {OURS: forecasts.merge(picks, on=[*SERIES, "method"]), **others}


def overall(backtested: Backtested) -> pd.DataFrame:
    """Return one row per rival over all series.

    Returns
    -------
    pd.DataFrame
        ``rival, wape, daily_wape, bias, mwql, coverage_80, coverage_95``; ``daily_wape`` is that of whole
        days, every interval of which is known.
    """
    rows = []
    for name, table in rivals(backtested).items():
        actual, mean = table["actual"].to_numpy(), table["mean"].to_numpy()
        quantiles = table[list(LEVEL_COLUMNS)].to_numpy()
        rows.append(
            {
                "rival": name,
                "wape": metrics.wape(actual, mean),
                "daily_wape": _daily_wape(table),
                "bias": metrics.bias(actual, mean),
                "mwql": metrics.mwql(actual, quantiles[:, 1:-1]),
                "coverage_80": metrics.coverage_80(actual, quantiles[:, 1:-1]),
                "coverage_95": metrics.coverage(actual, quantiles[:, 0], quantiles[:, -1]),
            }
        )
    return pd.DataFrame(rows)


def _daily_wape(table: pd.DataFrame) -> float:
    days = table.groupby([*SERIES, "origin", "day"])[["actual", "mean"]].sum(skipna=False)
    return metrics.wape(days["actual"].to_numpy(), days["mean"].to_numpy())


def by_day(backtested: Backtested) -> pd.DataFrame:
    """Return ``wape[day ahead, rival]`` over all series and origins."""
    return pd.DataFrame(
        {
            name: table.groupby("day")[["actual", "mean"]].apply(
                lambda rows: metrics.wape(rows["actual"].to_numpy(), rows["mean"].to_numpy())
            )
            for name, table in rivals(backtested).items()
        }
    )


def by_hour_of_week(backtested: Backtested) -> np.ndarray:
    """Return ``error[weekday, hour]``: mean cases too many (above 0) or too few an interval, UTC, over all series."""
    table = rivals(backtested)[OURS].dropna(subset=["actual"])
    total = table.groupby(["origin", "interval_start"])[["mean", "actual"]].sum()
    stamps = pd.DatetimeIndex(total.index.get_level_values("interval_start"))
    error = (total["mean"] - total["actual"]).groupby([stamps.day_of_week, stamps.hour]).mean()
    found = np.full((7, 24), np.nan)
    weekdays, hours = (error.index.get_level_values(level) for level in (0, 1))
    found[weekdays, hours] = error
    return found


def last_forecast(forecasts: pd.DataFrame) -> pd.DataFrame:
    """Return the newest forecast by interval, several series summed up: ``mean``, ``actual``, quantiles.

    Their errors count as independent: distances of the quantiles from the mean add up in squares. An interval is
    unknown where any series is.
    """
    last = forecasts[forecasts["origin"] == forecasts["origin"].max()]
    by_interval = last.groupby("interval_start")
    mean = by_interval["mean"].sum()
    found = {"mean": mean, "actual": by_interval["actual"].sum(skipna=False)}
    for name in LEVEL_COLUMNS:
        distance = last[name] - last["mean"]
        spread = (distance**2).groupby(last["interval_start"]).sum() ** 0.5
        is_low = LEVELS[LEVEL_COLUMNS.index(name)] < 0.5
        found[name] = (mean - spread).clip(lower=0) if is_low else mean + spread
    return pd.DataFrame(found)


def calibration(backtested: Backtested) -> pd.DataFrame:
    """Return ``coverage[nominal share, rival]`` over all series: how often each band held."""
    return pd.DataFrame(
        {
            name: [
                metrics.coverage(*(table[column].to_numpy() for column in ("actual", low, high)))
                for low, high in BANDS.values()
            ]
            for name, table in rivals(backtested).items()
        },
        index=pd.Index(BANDS, name="nominal"),
    )
