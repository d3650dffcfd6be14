"""The backtest as one self-contained HTML file."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from staffing.forecast.judged.backtest import Backtested
from staffing.report import backtest_tables as tables
from staffing.report import figures_backtest as figures
from staffing.report.page import Panel, page, panel, rows_of, write_page
from staffing.report.words import percent, plain, plural

MOST_PANELS = 12


def write_backtest(path: Path, organisation: str, backtested: Backtested) -> None:
    """Write the page of a backtest; a file of that name is replaced.

    Raises
    ------
    InputError
        If the place cannot be written to.
    """
    write_page(path, render_backtest(organisation, backtested))


def render_backtest(organisation: str, backtested: Backtested) -> str:
    """Return the page of a backtest as HTML text; everything of the user's is escaped."""
    series = tables.series_table(backtested.scores)
    overall = {row["rival"]: row for row in rows_of(tables.overall(backtested))}
    gain = tables.better_by(*(overall[name]["wape"] for name in (tables.OURS, "mean4", "naive")))
    origins = sorted(set(backtested.forecasts["origin"]))
    return page(
        "backtest.html.j2",
        organisation=organisation,
        origins=origins,
        days=int(backtested.forecasts["day"].max()),
        ours=overall[tables.OURS],
        overall=overall,
        better_by=gain,
        lead=list(sentences(series, overall[tables.OURS], gain)),
        series=rows_of(series),
        scores=rows_of(backtested.scores.sort_values([*tables.SERIES, "method"], kind="stable")),
        fans=list(_fans(backtested)),
        days_ahead=panel("days", "Days ahead", figures.day_figure(tables.by_day(backtested))),
        week=panel("week", "Week", figures.week_figure(tables.by_hour_of_week(backtested))),
        bands=panel("bands", "Bands", figures.calibration_figure(tables.calibration(backtested))),
    )


def sentences(series: pd.DataFrame, ours: dict[str, Any], gain: float) -> Iterator[str]:
    """Yield what a reader should know first.

    Parameters
    ----------
    ours
        The row of the forecast in `backtest_tables.overall`.
    gain
        `backtest_tables.better_by` over all series.
    """
    if math.isnan(ours["wape"]):
        yield "No cases came in the weeks that were forecast: there is nothing to hold the forecast against."
        return
    word = "less" if gain >= 0 else "more"
    simple = f", {percent(abs(gain))} {word} than the better of two simple methods"
    compared = "" if math.isnan(gain) else simple
    yield f"Hour by hour the forecast missed by {percent(ours['wape'])} of the cases{compared}."
    yield f"Day by day it missed by {percent(ours['daily_wape'])}."
    better = int((series["better_by"] > 0).sum())
    yield f"It is the better one in {better} of {plural(len(series), 'series', 'series')}."
    side = "too many" if ours["bias"] >= 0 else "too few"
    yield (
        f"In the sum it said {percent(abs(ours['bias']))} {side}; its 80 % band held "
        f"{percent(ours['coverage_80'], 0)} of the hours, its 95 % band {percent(ours['coverage_95'], 0)}."
    )


def _fans(backtested: Backtested) -> Iterator[Panel]:
    """Yield the newest forecast of all work, then of the busiest series."""
    ours = tables.rivals(backtested)[tables.OURS]
    yield panel("fan-all", "All work", figures.fan_figure(tables.last_forecast(ours)))
    busiest = ours.groupby(tables.SERIES)["actual"].sum().sort_values(ascending=False)
    if len(busiest) > 1:
        by_series = dict(iter(ours.groupby(tables.SERIES)))
        for place, key in enumerate(busiest.index[: MOST_PANELS - 1]):
            figure = figures.fan_figure(tables.last_forecast(by_series[key]))
            yield panel(f"fan-{place}", f"{plain(key[0])}, {key[1]}", figure)
