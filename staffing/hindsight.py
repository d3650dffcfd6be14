"""Looking back: what a workspace's methods would have said of the past, and how its published forecasts turned out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from staffing.domain.errors import Fault, InputError, ProblemError, did_you_mean
from staffing.executors.base import Executor
from staffing.export.writer import write_aside
from staffing.forecast.calendar import Calendar
from staffing.forecast.judged.accuracy import accuracy
from staffing.forecast.judged.backtest import Backtested, Plan, backtest
from staffing.forecast.judged.baselines import BASELINES
from staffing.forecast.method import Method
from staffing.forecast.methods.every_method import EVERY_METHOD
from staffing.forecast.run import METHODS
from staffing.policy.forecasting import calendar_of
from staffing.policy.workspace import Workspace
from staffing.store.published import (
    Published,
    accuracy_file,
    merged,
    read_accuracy,
    read_published,
)


@dataclass(frozen=True)
class Tracked:
    """How published forecasts turned out.

    Parameters
    ----------
    table
        ``week`` and ``built_at`` of the build, then the columns of `staffing.forecast.accuracy.accuracy`, by series.
    waiting
        Weeks of builds that the history does not cover yet, or no more.
    notes
        Builds that cannot be read, as sentences.
    """

    table: pd.DataFrame
    waiting: tuple[str, ...]
    notes: tuple[str, ...]


def methods_named(names: Sequence[str] | None) -> tuple[Method, ...]:
    """Return methods by their names, by default all that a forecast tries; both baselines are always among them.

    Raises
    ------
    InputError
        With every name that no method has.
    """
    known = {method.name: method for method in EVERY_METHOD}
    wanted = tuple(names or [method.name for method in METHODS])
    faults = [
        Fault(
            file="--methods",
            value=name,
            message=f"No method has this name.{did_you_mean(name, known)} Choose from {', '.join(known)}.",
        )
        for name in wanted
        if name not in known
    ]
    if faults:
        raise InputError(faults)
    return tuple(known[name] for name in dict.fromkeys((*wanted, *(m.name for m in BASELINES))))


def backtest_workspace(
    workspace: Workspace,
    plan: Plan,
    methods: Sequence[Method] | None = None,
    executor: Executor | None = None,
) -> Backtested:
    """Forecast the past of a workspace from rolling origins, each from what was known then.

    Parameters
    ----------
    methods
        The preferred one first; by default those that a forecast tries.
    executor
        Where the series are computed; by default here.

    Raises
    ------
    InputError
        If the history is too short.
    """
    try:
        return backtest(
            workspace.history,
            _calendar(workspace),
            workspace.settings.interval_minutes,
            methods or methods_named(None),
            plan,
            executor,
        )
    except ProblemError as error:
        raise InputError([Fault(file="cases", message=str(error))]) from error


def track_accuracy(workspace: Workspace) -> Tracked:
    """Hold the forecast of every build against the history, as soon as it covers the week, and keep the outcome.

    ``out/accuracy.csv`` is brought up to date: one entry a week and build, which outlasts the folder of the week.

    Raises
    ------
    InputError
        If that file cannot be read or written.
    """
    minutes = workspace.settings.interval_minutes
    builds, notes = read_published(workspace.folder, minutes)
    kept, calendar = read_accuracy(workspace.folder), _calendar(workspace)
    covered = [build for build in builds if _covers(workspace, build)]
    found = [
        accuracy(build.forecast, workspace.history, calendar, build.known_until, minutes).assign(
            week=build.week, built_at=build.built_at.isoformat()
        )
        for build in covered
    ]
    table = merged(kept, pd.concat(found)) if found else kept
    if found:
        content = table.to_csv(index=False).encode()
        write_aside({accuracy_file(workspace.folder): content}, overwrite=True)
    waiting = tuple(build.week for build in builds if build not in covered)
    return Tracked(table, waiting, notes)


def _covers(workspace: Workspace, build: Published) -> bool:
    """Tell whether the history reaches from a week before the build was made to the last day of the build's week.

    The very end may be missing: a history of single cases ends with the last of them.
    """
    stamps, week = workspace.history["interval_start"], build.forecast["interval_start"]
    before = build.known_until - pd.Timedelta(weeks=1)
    return bool(stamps.min() <= before and stamps.max() > week.max() - pd.Timedelta(days=1))


def _calendar(workspace: Workspace) -> Calendar:
    settings = workspace.settings
    return calendar_of(settings.sites, settings.forecast, workspace.events)
