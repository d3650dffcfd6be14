"""The week of a sample organisation in any size, as the package itself makes it: written, read, forecast and sized."""

from __future__ import annotations

import tempfile
from pathlib import Path

from staffing.domain.clock import Horizon
from staffing.domain.problem import Problem
from staffing.executors.serial import Serial
from staffing.forecast.methods.mean4 import Mean4
from staffing.forecast.run import forecast
from staffing.ingest.samples import write_sample
from staffing.pipeline import forecast_week, problem_of_week
from staffing.policy.forecasting import calendar_of
from staffing.policy.workspace import read_workspace
from staffing.rules.book import RuleBook

WEEK = "2026-W49"


def sample_week(
    sample: str, people: int | None = None, *, seed: int = 1, plainly: bool = False
) -> tuple[Problem, RuleBook]:
    """Return the week that a sample plans, and its rule book.

    Parameters
    ----------
    people
        None is the size of the sample; sites, seats and volume keep their proportions.
    plainly
        Forecast by the mean of the last four weeks, which takes no time, in place of the package's own forecast.
    """
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, sample)
        write_sample(folder, sample, people=people, seed=seed)
        workspace = read_workspace(folder)
    settings = workspace.settings
    if not plainly:
        table = forecast_week(workspace, WEEK, seed=seed, executor=Serial()).table
        return problem_of_week(workspace, WEEK, table), settings.book
    horizon = Horizon.of_week(WEEK, settings.interval_minutes)
    table = forecast(
        workspace.history,
        calendar_of(settings.sites, settings.forecast, workspace.events),
        horizon.start,
        horizon.intervals,
        horizon.interval_minutes,
        methods=(Mean4(),),
    ).table
    return problem_of_week(workspace, WEEK, table), settings.book
