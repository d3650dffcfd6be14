"""Which weeks can be forecast from the history of a workspace, and which comes next."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from staffing.domain import clock
from staffing.domain.clock import Horizon
from staffing.domain.errors import Fault, InputError
from staffing.policy.workspace import Workspace

FARTHEST_WEEKS = 4


def next_week(workspace: Workspace) -> str:
    """Return the week to build: the one after the week in which the history or the carried duties end.

    A history whose last case is of a Sunday ends in the old week; the duties already published say which week is next.
    They count as far as the forecast reaches.
    """
    end = history_end(workspace)
    farthest = (end + dt.timedelta(weeks=FARTHEST_WEEKS - 1)).date()
    published = (row.date for row in workspace.carry_in if row.date <= farthest)
    return clock.week_of(max([end.date(), *published]) + dt.timedelta(days=7))


def history_end(workspace: Workspace) -> dt.datetime:
    """Return the first instant after the history."""
    last: pd.Timestamp = workspace.history["interval_start"].max()
    return last.to_pydatetime() + dt.timedelta(minutes=workspace.settings.interval_minutes)


def check_reach(workspace: Workspace, horizon: Horizon, week: str) -> None:
    """Refuse a week that lies before two weeks of history, or more than four weeks after it.

    Raises
    ------
    InputError
        With the week that can be built.
    """
    end = history_end(workspace)
    first = workspace.history["interval_start"].min()
    if horizon.start > end + dt.timedelta(weeks=FARTHEST_WEEKS):
        message = (
            f"{week} begins more than {FARTHEST_WEEKS} weeks after the history ends ({end:%Y-%m-%d}). "
            f"Add newer cases, or build {next_week(workspace)}."
        )
        raise InputError([Fault(file="cases", column="week", value=week, message=message)])
    if horizon.start < first + pd.Timedelta(weeks=2):
        message = (
            f"{week} begins before two weeks of history are known (it begins {first:%Y-%m-%d}). "
            f"Build {next_week(workspace)}."
        )
        raise InputError([Fault(file="cases", column="week", value=week, message=message)])
