"""From a history of volumes to a forecast of every series, by the method that would have done best."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pandas as pd

from staffing.domain.judgement import Adjustment
from staffing.domain.tables import BACKTEST, FORECAST, HISTORY, TOTALS, checked
from staffing.executors.base import Executor
from staffing.executors.serial import Serial
from staffing.forecast.calendar import Calendar, SeriesCalendar
from staffing.forecast.handle_time.handle_time import handle_times
from staffing.forecast.judged.backtest import compare
from staffing.forecast.judged.baselines import BASELINES, compare_with_baselines
from staffing.forecast.judged.scores import Score, picked
from staffing.forecast.method import Fitted, Method
from staffing.forecast.methods.mixture import Mixture
from staffing.forecast.outlook import Key, Outlook
from staffing.forecast.refresh import fit_or_refresh
from staffing.forecast.series import volumes_before
from staffing.forecast.threads import one_thread
from staffing.forecast.totals.hierarchy import Hierarchy
from staffing.forecast.totals.reconcile import reconciled

METHODS: tuple[Method, ...] = (Mixture(), *BASELINES)


@dataclass(frozen=True)
class Forecasted:
    """What the future looks like, and how well the methods did before.

    Parameters
    ----------
    table
        FORECAST table: exactly the asked intervals of every series of the history.
    backtest
        BACKTEST table: one row per series and method, ``picked`` marks the one in use.
    totals
        TOTALS table: the sums of the series, ``*`` in place of a region or a workstream stands for all; quantiles from
        the past errors of these sums. Empty for a single series.
    outlooks
        The statistical forecast of every series with all that is known of its errors: what sample paths are drawn from.
    adjustments
        What judgement did to the table, override by override.
    """

    table: pd.DataFrame
    backtest: pd.DataFrame
    totals: pd.DataFrame
    outlooks: dict[Key, Outlook]
    adjustments: tuple[Adjustment, ...] = ()


@dataclass(frozen=True)
class SeriesTask:
    """All that the forecast of one series needs, so that it can be made in another process."""

    volume: pd.Series
    calendar: SeriesCalendar
    methods: tuple[Method, ...]
    index: pd.DatetimeIndex
    kept_in: Path | None = None


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
    kept_in: Path | None = None,
) -> Forecasted:
    """Forecast every (region, workstream) of a history, such that regions, workstreams and the total add up.

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
    kept_in
        Folder of what was learnt up to four weeks ago, see `staffing.forecast.refresh`; None: learn anew.

    Raises
    ------
    ProblemError
        If a series has no known volume before ``start``, a negative one, or another grid.
    """
    history = checked(history, HISTORY)
    index = pd.date_range(start, periods=intervals, freq=f"{interval_minutes}min", unit="us")
    volumes = volumes_before(history, calendar, index)
    times = handle_times(history, volumes, calendar, index)
    hierarchy = Hierarchy.of(volumes)
    above = hierarchy.histories(volumes)
    calendars = {key: calendar.of_series(*key) for key in volumes}
    calendars |= {key: hierarchy.calendar(key, calendar) for key in above}
    histories = volumes | above
    tasks = [
        SeriesTask(volume.rename("/".join(key)), calendars[key], tuple(methods), index, kept_in)
        for key, volume in histories.items()
    ]
    made = dict(zip(histories, (executor or Serial()).map(forecast_series, tasks), strict=True))
    outlooks = reconciled(
        hierarchy, {key: outlook for key, (outlook, _) in made.items()}, histories
    )
    table = pd.concat(
        outlooks[key]
        .rows(key)
        .assign(
            aht_minutes=times[key].aht_minutes,
            aht_cv=times[key].cv,
            statistical_mean=outlooks[key].mean,
        )
        for key in volumes
    )
    backtest = pd.concat(made[key][1].assign(region=key[0], workstream=key[1]) for key in volumes)
    nothing = pd.DataFrame(columns=list(TOTALS)).astype({"interval_start": index.dtype})
    totals = pd.concat([outlooks[key].rows(key) for key in above]) if above else nothing
    return Forecasted(
        table=checked(table, FORECAST),
        backtest=checked(backtest, BACKTEST),
        totals=checked(totals, TOTALS),
        outlooks={key: outlooks[key] for key in volumes},
    )


def forecast_series(task: SeriesTask) -> tuple[Outlook, pd.DataFrame]:
    """Return the forecast of a series on its own, and its rows for the BACKTEST table without the keys."""
    with one_thread():
        fitted, name, scores = _fit_best(task)
        predicted = fitted.predict(task.index)
    outlook = Outlook(
        index=task.index,
        mean=predicted.mean,
        quantiles=predicted.quantiles,
        spread=fitted.spread,
        errors=getattr(fitted, "errors", None),  # methods that backtest themselves have some
        time_zone=task.calendar.region.time_zone,
    )
    backtest = pd.DataFrame([asdict(score) for score in scores]).assign(
        picked=[score.method == name for score in scores]
    )
    return outlook, backtest


def _fit_best(task: SeriesTask) -> tuple[Fitted, str, tuple[Score, ...]]:
    """Fit the method that would have done best before, or the first where that cannot be told.

    A preferred method that has left its past forecasts behind is held against the baselines as it is; else each method
    is fitted anew from past origins.
    """
    preferred, *others = task.methods
    fitted = fit_or_refresh(preferred, task.volume, task.calendar, task.kept_in)
    errors = getattr(fitted, "errors", None)
    if errors is not None and tuple(others) == BASELINES:
        scores = compare_with_baselines(preferred.name, errors, task.volume, task.calendar)
        best = (preferred, *BASELINES)[picked(scores)]
    else:
        best, scores = compare(task.volume, task.calendar, task.methods)
    if best != preferred:
        fitted = best.fit(task.volume, task.calendar)
    return fitted, best.name, scores
