"""Weeks of a sample organisation in any size, as the package itself makes them: written, read, forecast and sized."""

from __future__ import annotations

import tempfile
from pathlib import Path

from staffing.domain.clock import Horizon
from staffing.domain.problem import Problem
from staffing.executors.serial import Serial
from staffing.forecast.methods.mean4 import Mean4
from staffing.forecast.run import forecast
from staffing.ingest.samples import write_sample
from staffing.ingest.wishes import preferences_for
from staffing.pipeline import forecast_week, problem_of_week
from staffing.policy.forecasting import calendar_of
from staffing.policy.problem import problem_of
from staffing.policy.reach import history_end
from staffing.policy.workspace import Workspace, read_workspace
from staffing.requirement.sizing import build_queues
from staffing.rules.book import RuleBook

WEEK = "2026-W49"
"""The first week of every problem."""


def sample_week(sample: str, people: int | None = None, seed: int = 1) -> tuple[Problem, RuleBook]:
    """Return the week that a sample plans as ``staffing build`` states it, and its rule book.

    Parameters
    ----------
    people
        None is the size of the sample; sites, seats and volume keep their proportions.
    """
    workspace = workspace_of(sample, people, seed)
    table = forecast_week(workspace, WEEK, seed=seed, executor=Serial()).table
    return problem_of_week(workspace, WEEK, table), workspace.settings.book


def sample_weeks(
    sample: str, people: int | None = None, weeks: int = 1, seed: int = 1
) -> tuple[Problem, RuleBook]:
    """Return some weeks as one problem, forecast by the mean of the last four like hours, which takes no time.

    Carry-in, pins and leave are those of the sample: leave and pins of later weeks are as few as its files name.
    """
    workspace = workspace_of(sample, people, seed)
    settings = workspace.settings
    horizon = Horizon.of_week(WEEK, settings.interval_minutes, weeks)
    table = forecast(
        workspace.history,
        calendar_of(settings.sites, settings.forecast, workspace.events),
        horizon.start,
        horizon.intervals,
        horizon.interval_minutes,
        methods=(Mean4(),),
    ).table
    queues = build_queues(
        table,
        workspace.open_cases,
        history_end(workspace),
        settings.workstreams,
        horizon,
        settings.sites,
        workspace.service_history,
    )
    problem = problem_of(workspace, WEEK, queues)
    wishes = preferences_for(workspace.preferences, horizon.dates)
    return problem.changed(horizon=horizon, preferences=wishes), settings.book


def workspace_of(sample: str, people: int | None, seed: int) -> Workspace:
    """Return the workspace of a sample, written for the occasion."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, sample)
        write_sample(folder, sample, people=people, seed=seed)
        return read_workspace(folder)
