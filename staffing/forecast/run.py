"""From a history of volumes to a forecast of every series, by the method that would have done best."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import pandas as pd

from staffing.domain.tables import BACKTEST, FORECAST, HISTORY, QUANTILE_COLUMNS, checked
from staffing.executors.base import Executor
from staffing.executors.serial import Serial
from staffing.forecast.backtest import compare
from staffing.forecast.calendar import Calendar, SeriesCalendar
from staffing.forecast.handle_time import handle_times
from staffing.forecast.method import Method
from staffing.forecast.poisson_ridge import PoissonRidge
from staffing.forecast.recent_mean import RecentMean
from staffing.forecast.seasonal_naive import SeasonalNaive
from staffing.forecast.series import volumes_before
from staffing.forecast.threads import one_thread

METHODS: tuple[Method, ...] = (PoissonRidge(), RecentMean(), SeasonalNaive())


@dataclass(frozen=True)
class Forecasted:
    """What the future looks like, and how well the methods did before.

    Parameters
    ----------
    table
        FORECAST table: exactly the asked intervals of every series of the history.
    backtest
        BACKTEST table: one row per series and method, ``picked`` marks the one in use.
    """

    table: pd.DataFrame
    backtest: pd.DataFrame


@dataclass(frozen=True)
class SeriesTask:
    """All that the forecast of one series needs, so that it can be made in another process."""

    region: str
    workstream: str
    volume: pd.Series
    calendar: SeriesCalendar
    methods: tuple[Method, ...]
    index: pd.DatetimeIndex


def forecast(
    history: pd.DataFrame,
    calendar: Calendar,
    start: dt.datetime,
    intervals: int,
    interval_minutes: int,
    *,
    seed: int = 0,
    methods: Sequence[Method] = METHODS,
    executor: Executor | None = None,
) -> Forecasted:
    """Forecast every (region, workstream) of a history.

    Rows at or after ``start`` are not looked at. Between the end of the history and ``start`` there may be a gap, of up
    to four weeks say: what lies in it is not known. A series too short for a backtest takes the first method.

    Parameters
    ----------
    history
        HISTORY table on a regular grid; NaN or absent: unknown.
    start, intervals, interval_minutes
        The UTC grid to forecast.
    seed
        For methods that draw random numbers; those of ``METHODS`` draw none.
    methods
        Candidates, the preferred one first.
    executor
        Where the series are forecast, side by side; by default one after the other, here.

    Raises
    ------
    ProblemError
        If a series has no known volume before ``start``, a negative one, or another grid.
    """
    history = checked(history, HISTORY)
    index = pd.date_range(start, periods=intervals, freq=f"{interval_minutes}min", unit="us")
    volumes = volumes_before(history, calendar, index)
    times = handle_times(history, volumes, calendar, index)
    tasks = [
        SeriesTask(*key, volume, calendar.of_series(*key), tuple(methods), index)
        for key, volume in volumes.items()
    ]
    made = (executor or Serial()).map(forecast_series, tasks)
    tables = [
        table.assign(aht_minutes=times[key].aht_minutes, aht_cv=times[key].cv)
        for key, (table, _) in zip(volumes, made, strict=True)
    ]
    return Forecasted(
        table=checked(pd.concat(tables), FORECAST),
        backtest=checked(pd.concat([backtest for _, backtest in made]), BACKTEST),
    )


def forecast_series(task: SeriesTask) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows of a series for the FORECAST table, without handle times, and for the BACKTEST table."""
    with one_thread():
        method, scores = compare(task.volume, task.calendar, task.methods)
        predicted = method.fit(task.volume, task.calendar).predict(task.index)
    table = pd.DataFrame(predicted.quantiles, columns=list(QUANTILE_COLUMNS)).assign(
        region=task.region,
        workstream=task.workstream,
        interval_start=task.index,
        mean=predicted.mean,
        statistical_mean=predicted.mean,
    )
    backtest = pd.DataFrame([asdict(score) for score in scores]).assign(
        region=task.region,
        workstream=task.workstream,
        picked=[score.method == method.name for score in scores],
    )
    return table, backtest
