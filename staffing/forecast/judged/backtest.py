"""Rolling origins: what each method would have said before, held against what came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from staffing.domain.errors import ProblemError
from staffing.domain.tables import BACKTEST, HISTORY, checked
from staffing.executors.base import Executor
from staffing.executors.serial import Serial
from staffing.forecast.calendar import Calendar, SeriesCalendar
from staffing.forecast.judged.scores import (
    LEVELS,
    Rolled,
    Score,
    buckets,
    naive_changes,
    picked,
    score,
)
from staffing.forecast.method import Method
from staffing.forecast.past_errors import PastErrors
from staffing.forecast.series import volumes_before
from staffing.forecast.threads import one_thread
from staffing.forecast.weeks import interval_of, slots_a_week

A_DAY = pd.Timedelta(days=1)
LEVEL_COLUMNS = tuple(f"q{round(1000 * level):03d}" for level in LEVELS)
FORECASTS = (
    *("region", "workstream", "method", "origin", "interval_start", "day", "actual", "mean"),
    *LEVEL_COLUMNS,
)
LONG_HISTORY_DAYS = 42


@dataclass(frozen=True)
class Plan:
    """Look back with ``origins`` forecasts over ``days``, ``every_days`` apart, the last ending with the history."""

    origins: int = 4
    every_days: int = 14
    days: int = 14

    def starts(self, first: pd.Timestamp, end: pd.Timestamp) -> tuple[pd.Timestamp, ...]:
        """Return the origins within a history from ``first`` to ``end``, oldest first, each a midnight UTC.

        At least a week, and as much as is forecast, comes before the first; a history that is too short has none.
        """
        last = (end - self.days * A_DAY).floor("D")
        known = max(7, self.days) * A_DAY
        back = (last - place * self.every_days * A_DAY for place in reversed(range(self.origins)))
        return tuple(start for start in back if start - first >= known)


@dataclass(frozen=True)
class Backtested:
    """Scores, and every forecast that they were taken from.

    Parameters
    ----------
    scores
        BACKTEST table: by series, method and days ahead; ``picked`` marks the method that the whole horizon speaks for.
    forecasts
        By series, method, ``origin`` and ``interval_start``: ``day`` ahead (from 1), ``actual``, ``mean`` and
        quantiles (``q025`` is that of 2.5 %, ``q100`` of 10 %) in cases; NaN: unknown.
    """

    scores: pd.DataFrame
    forecasts: pd.DataFrame


@dataclass(frozen=True)
class RollTask:
    """All that the backtest of one series needs, so that it can be made in another process."""

    region: str
    workstream: str
    volume: pd.Series
    calendar: SeriesCalendar
    methods: tuple[Method, ...]
    starts: tuple[pd.Timestamp, ...]
    days: int


def roll(
    history: pd.Series,
    calendar: SeriesCalendar,
    method: Method,
    starts: Sequence[pd.Timestamp],
    days: int,
) -> Rolled:
    """Fit and forecast anew from every origin, each from what came before it alone.

    An origin before which nothing is known is left out.
    """
    index, interval = pd.DatetimeIndex(history.index), interval_of(history.index)
    steps = int(days * A_DAY // interval)
    made = []
    for start in starts:
        past = history.iloc[: index.searchsorted(start)]
        if past.notna().any():
            ahead = pd.date_range(start, periods=steps, freq=index.freq, unit="us")
            actual = history.reindex(ahead).to_numpy()
            made.append((start, actual, method.fit(past, calendar).predict(ahead, LEVELS)))
    known = tuple(start for start, _, _ in made)
    shape = (len(made), steps)
    return Rolled(
        method=method.name,
        past=PastErrors(
            starts=known,
            actual=np.array([actual for _, actual, _ in made]).reshape(shape),
            mean=np.array([predicted.mean for _, _, predicted in made]).reshape(shape),
        ),
        quantiles=np.array([p.quantiles for _, _, p in made]).reshape(*shape, len(LEVELS)),
        naive_change=naive_changes(history, known),
        steps_a_day=slots_a_week(index) // 7,
    )


def compare(
    history: pd.Series, calendar: SeriesCalendar, methods: Sequence[Method]
) -> tuple[Method, tuple[Score, ...]]:
    """Score every method on the last eight weeks of a history, and pick one.

    Four forecasts over two weeks each; over one week where the history is shorter than six weeks.
    """
    first, end = history.index[0], history.index[-1] + interval_of(history.index)
    days = 14 if end - first >= LONG_HISTORY_DAYS * A_DAY else 7
    starts = Plan(every_days=days, days=days).starts(first, end)
    scores = tuple(score(roll(history, calendar, method, starts, days)) for method in methods)
    return methods[picked(scores)], scores


def backtest(
    history: pd.DataFrame,
    calendar: Calendar,
    interval_minutes: int,
    methods: Sequence[Method],
    plan: Plan,
    executor: Executor | None = None,
) -> Backtested:
    """Forecast the past of every (region, workstream) from rolling origins.

    Parameters
    ----------
    history
        HISTORY table; NaN or absent: unknown.
    methods
        The preferred one first.
    executor
        Where the series are computed, side by side; by default one after the other, here.

    Raises
    ------
    ProblemError
        If the history is too short for a single origin, or not a regular grid of counts.
    """
    history = checked(history, HISTORY)
    interval = pd.Timedelta(minutes=interval_minutes)
    first, end = history["interval_start"].min(), history["interval_start"].max() + interval
    starts = plan.starts(first, end)
    if not starts:
        raise ProblemError(
            f"a history from {first:%Y-%m-%d} to {end:%Y-%m-%d} is too short for a backtest over {plan.days} days: "
            f"it takes {max(7, plan.days) + plan.days}. Maybe ask for fewer days."
        )
    after = pd.date_range(end, periods=1, freq=f"{interval_minutes}min", unit="us")
    tasks = [
        RollTask(*key, volume, calendar.of_series(*key), tuple(methods), starts, plan.days)
        for key, volume in volumes_before(history, calendar, after).items()
    ]
    parts = (executor or Serial()).map(backtest_series, tasks)
    return Backtested(
        scores=checked(pd.concat([part.scores for part in parts]), BACKTEST),
        forecasts=pd.concat([part.forecasts for part in parts], ignore_index=True)[[*FORECASTS]],
    )


def backtest_series(task: RollTask) -> Backtested:
    """Roll every method over one series."""
    with one_thread():
        rolled = [
            roll(task.volume, task.calendar, method, task.starts, task.days)
            for method in task.methods
        ]
    best = rolled[picked([score(one) for one in rolled])].method
    scores = pd.DataFrame(
        [asdict(score(one, *bucket)) for one in rolled for bucket in buckets(task.days)]
    )
    names = {"region": task.region, "workstream": task.workstream}
    return Backtested(
        scores=scores.assign(**names, picked=scores["method"] == best),
        forecasts=pd.concat([forecasts_of(one, task.volume) for one in rolled]).assign(**names),
    )


def forecasts_of(rolled: Rolled, history: pd.Series) -> pd.DataFrame:
    """Return the forecasts as a long table, one row per origin and interval."""
    count, steps = rolled.past.mean.shape
    step = np.tile(np.arange(steps), count)
    origin = pd.to_datetime(list(rolled.past.starts), utc=True).as_unit("us").repeat(steps)
    table = pd.DataFrame(rolled.quantiles.reshape(count * steps, -1), columns=list(LEVEL_COLUMNS))
    return table.assign(
        method=rolled.method,
        origin=origin,
        interval_start=origin + step * interval_of(history.index),
        day=step // rolled.steps_a_day + 1,
        actual=rolled.past.actual.ravel(),
        mean=rolled.past.mean.ravel(),
    )
