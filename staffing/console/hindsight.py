"""How good forecasts were: in a backtest, and once published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from staffing.console.basics import narrow_table, out
from staffing.forecast.judged.accuracy import totals
from staffing.forecast.judged.backtest import Backtested
from staffing.report import backtest_tables as tables
from staffing.report.words import NONE, number, plain

WEEKS_SHOWN = 4


def show_backtest(backtested: Backtested) -> None:
    """Print the errors of every series beside those of two simple methods."""
    origins, days = backtested.forecasts["origin"].nunique(), backtested.forecasts["day"].max()
    shown = narrow_table(f"{origins} forecasts over {days} days each, held against what came")
    shown.add_column("workstream", overflow="fold")
    shown.add_column("region", overflow="fold")
    for heading in ("WAPE", "mean4", "naive", "better by", "bias", "80 %", "95 %"):
        shown.add_column(heading, justify="right")
    for row in tables.series_table(backtested.scores).to_dict("records"):
        shown.add_row(plain(row["workstream"]), row["region"], *_cells(row))
    total = {row["rival"]: row for row in tables.overall(backtested).to_dict("records")}
    ours, mean4, naive = total[tables.OURS], total["mean4"]["wape"], total["naive"]["wape"]
    whole = ours | {
        "mean4_wape": mean4,
        "naive_wape": naive,
        "better_by": tables.better_by(ours["wape"], mean4, naive),
    }
    shown.add_section()
    shown.add_row("All", "", *_cells(whole))
    out.print(shown)
    out.print(
        "WAPE: absolute error of the hourly forecast over cases, 0 is perfect. mean4: that of the mean of the last "
        "four weeks; naive: of repeating the week before; better by: less WAPE than the better of these. 80 %, 95 %: "
        "share of hours inside the band of that name."
    )


def show_accuracy(table: pd.DataFrame, waiting: tuple[str, ...]) -> None:
    """Print how the newest published weeks turned out, by series, and what each step of the forecast added."""
    if table.empty:
        out.print("No published forecast lies within the history yet.")
    else:
        weeks = sorted(set(table["week"]))[-WEEKS_SHOWN:]
        newest = table[table["week"].isin(weeks)]
        shown = narrow_table("Published forecasts against what came")
        shown.add_column("week and workstream", overflow="fold")
        shown.add_column("region", overflow="fold")
        for heading in ("cases", "WAPE", "bias", "80 %", "naive", "by stats", "by people"):
            shown.add_column(heading, justify="right")
        keys = ["week", "built_at"]
        for key, series in newest.groupby(keys):
            (total,) = totals(series, keys).to_dict("records")
            shown.add_row(str(key[0]), "all", *_values(total), style="bold")
            for row in series.sort_values(["workstream", "region"]).to_dict("records"):
                shown.add_row(plain(row["workstream"]), row["region"], *_values(row))
            shown.add_section()
        out.print(shown)
        out.print(
            "naive: WAPE of repeating the week before. by stats: points of WAPE by which the statistical forecast was "
            "better than that; by people: by which what was published was better than the statistical forecast."
        )
    if waiting:
        out.print(f"Not covered by the history: {', '.join(waiting)}.")


def _cells(row: Mapping[Any, Any]) -> tuple[str, ...]:
    names = ("wape", "mean4_wape", "naive_wape", "better_by")
    bands = (_share(row["coverage_80"]), _share(row["coverage_95"]))
    return (*(_share(row[name], 1) for name in names), _signed_share(row["bias"]), *bands)


def _values(row: Mapping[Any, Any]) -> tuple[str, ...]:
    return (
        number(row["cases"]),
        _share(row["wape"], 1),
        _signed_share(row["bias"]),
        _share(row["coverage_80"]),
        _share(row["naive_wape"], 1),
        _signed(row["statistics_added_points"]),
        _signed(row["judgement_added_points"]),
    )


def _share(value: float, digits: int = 0) -> str:
    """Return a fraction as percentage without a blank, so that narrow columns do not break."""
    return (number(100 * value, digits) + "%").replace(NONE + "%", NONE)


def _signed_share(value: float) -> str:
    return f"+{_share(value, 1)}" if value > 0 else _share(value, 1)


def _signed(value: float) -> str:
    """Return a number with its sign."""
    return f"+{number(value, 1)}" if value > 0 else number(value, 1)
