"""From a history of volumes to a forecast of every series, by the method that would have done best."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import pandas as pd

from staffing.domain.tables import BACKTEST, FORECAST, HISTORY, QUANTILE_COLUMNS, checked
from staffing.forecast.backtest import compare
from staffing.forecast.calendar import Calendar
from staffing.forecast.handle_time import USUAL_CV, handle_minutes
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


def forecast(
    history: pd.DataFrame,
    calendar: Calendar,
    start: dt.datetime,
    intervals: int,
    interval_minutes: int,
    *,
    seed: int = 0,
    methods: Sequence[Method] = METHODS,
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

    Raises
    ------
    ProblemError
        If a series has no known volume before ``start``, a negative one, or another grid.
    """
    history = checked(history, HISTORY)
    index = pd.date_range(start, periods=intervals, freq=f"{interval_minutes}min", unit="us")
    aht_minutes = handle_minutes(history[history["interval_start"] < start])
    tables, scores = [], []
    for (region, workstream), volume in volumes_before(history, calendar, index).items():
        here = calendar.of_series(region, workstream)
        with one_thread():
            method, series_scores = compare(volume, here, methods)
            predicted = method.fit(volume, here).predict(index)
        tables.append(
            pd.DataFrame(predicted.quantiles, columns=list(QUANTILE_COLUMNS)).assign(
                region=region,
                workstream=workstream,
                interval_start=index,
                mean=predicted.mean,
                aht_minutes=aht_minutes[region, workstream],
                aht_cv=USUAL_CV,
                statistical_mean=predicted.mean,
            )
        )
        scores += [
            {"region": region, "workstream": workstream, "picked": score.method == method.name}
            | asdict(score)
            for score in series_scores
        ]
    return Forecasted(
        table=checked(pd.concat(tables), FORECAST), backtest=checked(pd.DataFrame(scores), BACKTEST)
    )
