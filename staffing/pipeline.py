"""The way of the data, step by step: what the command line, the notebooks and later the web page call.

>>> from pathlib import Path
>>> from staffing import pipeline
>>> workspace = pipeline.read_workspace(Path("my-team"))              # doctest: +SKIP
>>> build = pipeline.build_week(workspace, "2026-W49")                # doctest: +SKIP
>>> pipeline.write_build(workspace.folder, build)                     # doctest: +SKIP
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pandas as pd

from staffing.audit.agreement import agreed_bill
from staffing.audit.check import Audited, audit
from staffing.audit.explain import shortages
from staffing.domain.build import Build
from staffing.domain.clock import Horizon
from staffing.domain.errors import Fault, InputError
from staffing.domain.problem import Problem
from staffing.domain.rehearsal import Aim, Rehearsal
from staffing.domain.result import Progress, Solution
from staffing.domain.roster import Roster
from staffing.domain.tiers import TierProof
from staffing.executors.auto import Auto
from staffing.executors.base import Executor
from staffing.executors.measure import Steps, peak_rss_bytes
from staffing.executors.pool import Pool
from staffing.export.roster_csv import roster_bytes
from staffing.forecast.calendar import Calendar
from staffing.forecast.care.history_care import history_care
from staffing.forecast.judgement import adjusted, summed
from staffing.forecast.outlook import Key, Outlook
from staffing.forecast.refresh import folder_of_user
from staffing.forecast.run import Forecasted, forecast
from staffing.ingest.duties import read_duties, to_roster
from staffing.policy.forecasting import calendar_of
from staffing.policy.problem import problem_of
from staffing.policy.reach import FARTHEST_WEEKS, check_reach, history_end, next_week
from staffing.policy.workspace import Workspace, read_workspace
from staffing.rehearsal.rounds import rehearse
from staffing.requirement.plan_quantile import at_quantile
from staffing.requirement.sizing import build_queues
from staffing.simulate.demand import outlooks_of
from staffing.solvers.budget import Budget
from staffing.solvers.service_bound import least_charge, service_bound
from staffing.solvers.solve import solve
from staffing.solvers.tiers import keep_tiers
from staffing.store import folder as store
from staffing.store.folder import read_build

__all__ = [
    "Aim",
    "Budget",
    "audit_roster",
    "build_week",
    "care_of_history",
    "forecast_week",
    "next_week",
    "problem_of_week",
    "read_build",
    "read_workspace",
    "write_build",
]

HISTORY_SHOWN = dt.timedelta(weeks=2)
OnProgress = Callable[[Progress], None]


def forecast_week(
    workspace: Workspace,
    week: str,
    *,
    seed: int = 0,
    executor: Executor | None = None,
    refresh: bool = False,
) -> Forecasted:
    """Forecast every region and workstream over the UTC hours of a week, judgement of ``overrides.csv`` included.

    Parameters
    ----------
    executor
        Where the series are forecast: by default in processes if there are many.
    refresh
        Bring up to date what this user has learnt of the same history up to four weeks ago, in place of learning anew.

    Raises
    ------
    InputError
        If the week lies in the history's past or more than four weeks after its end.
    """
    settings = workspace.settings
    horizon = Horizon.of_week(week, settings.interval_minutes)
    check_reach(workspace, horizon, week)
    with Auto() if executor is None else nullcontext(executor) as workers:
        found = forecast(
            workspace.history,
            _calendar(workspace),
            horizon.start,
            horizon.intervals,
            horizon.interval_minutes,
            seed=seed,
            executor=workers,
            kept_in=folder_of_user() if refresh else None,
        )
    table, adjustments = adjusted(found.table, workspace.overrides, horizon.interval_minutes)
    totals = summed(found.totals, table) if adjustments else found.totals
    return replace(found, table=table, totals=totals, adjustments=adjustments)


def care_of_history(workspace: Workspace) -> pd.DataFrame:
    """Return what is worth knowing of the history, a CARE table (`staffing.forecast.care.history_care`)."""
    minutes = workspace.settings.interval_minutes
    return history_care(workspace.history, _calendar(workspace), minutes)


def problem_of_week(
    workspace: Workspace,
    week: str,
    table: pd.DataFrame,
    outlooks: Mapping[Key, Outlook] | None = None,
) -> Problem:
    """Size the work of a forecast and put everything together that a schedule must respect.

    Parameters
    ----------
    table
        FORECAST table of the week.
    outlooks
        The statistical forecast behind it: what a ``plan_quantile`` of the settings is taken of. Without it, how far
        volumes may be off is read from the quantiles of the table.
    """
    settings = workspace.settings
    horizon = Horizon.of_week(week, settings.interval_minutes)
    queues = build_queues(
        table,
        workspace.open_cases,
        history_end(workspace),
        settings.workstreams,
        horizon,
        settings.sites,
        workspace.service_history,
    )
    if settings.plan_quantile is not None:
        known = outlooks_of(table, outlooks)
        queues = at_quantile(queues, horizon, known, settings.plan_quantile)
    return problem_of(workspace, week, queues)


def build_week(
    workspace: Workspace,
    week: str,
    budget: Budget | None = None,
    on_progress: OnProgress | None = None,
    executor: Executor | None = None,
    aim: Aim | None = None,
) -> Build:
    """Forecast, size, schedule, audit and explain a week.

    Parameters
    ----------
    executor
        Where the series are forecast (see `forecast_week`) and, if it has workers, the schedule is searched for (see
        `staffing.solvers.solve.solve`) and lived.
    aim
        Live the schedule and build it again until its targets hold so surely (`staffing.rehearsal.rounds.rehearse`);
        the rounds have half of the budget. Otherwise the tiers are kept strictly (`staffing.solvers.tiers`).

    Raises
    ------
    InputError
        If the inputs do not allow a build of that week.
    AuditError
        If the audit's objective is not the solver's, or below the bound: a fault of this package, never to be hidden.
    """
    budget, book = budget or Budget(), workspace.settings.book
    steps = Steps(on_progress)
    with steps.timed("forecast"):
        forecasted = forecast_week(workspace, week, seed=budget.seed, executor=executor)
        workers = executor if isinstance(executor, Pool) else None
        if executor is not None and workers is None:
            executor.close()  # Idle, what it started would only take memory from the solve.
    with steps.timed("requirement"):
        problem = problem_of_week(workspace, week, forecasted.table, forecasted.outlooks)
    with steps.timed("solve"):
        share = budget if aim is None else budget.changed(seconds=budget.seconds / 2)
        solution = solve(problem, book, share, on_progress=on_progress, executor=workers)
    rehearsal: Rehearsal | None = None
    if aim is not None and solution.roster is not None and not solution.interrupted:
        with steps.timed("rehearsal"):
            solution, rehearsal = rehearse(
                problem,
                book,
                solution,
                share,
                aim,
                forecast=forecasted.table,
                executor=workers,
                on_progress=on_progress,
            )
    with steps.timed("audit"):
        bill = agreed_bill(problem, book, solution)
        is_short = solution.roster is not None and bill.missing_minutes > 0
        asked = is_short and not solution.interrupted
        unavoidable = service_bound(problem, book, budget, bill.lacking) if asked else None
    tiers: TierProof | None = None
    if aim is None:
        with steps.timed("tiers"):
            solution, tiers = keep_tiers(
                problem,
                solution,
                budget,
                lambda other, part, start: solve(other, book, part, start, executor=workers),
                lambda roster, plan: audit(problem, book, roster, plan).bill,
                [least_charge(problem, unavoidable)] if unavoidable else (),
            )
            bill = agreed_bill(problem, book, solution)
    with steps.timed("explain"):
        roster = solution.roster
        short = () if roster is None else shortages(problem, book, roster, bill)
    since = pd.Timestamp(problem.horizon.start - HISTORY_SHOWN - dt.timedelta(weeks=FARTHEST_WEEKS))
    return Build(
        organisation=workspace.settings.name,
        problem=problem,
        history=workspace.history.loc[workspace.history["interval_start"] >= since],
        forecast=forecasted.table,
        backtest=forecasted.backtest,
        solution=solution,
        bill=bill,
        shortages=short,
        seed=budget.seed,
        adjustments=forecasted.adjustments,
        seconds=steps.seconds,
        peak_rss_bytes=peak_rss_bytes(),
        rehearsal=rehearsal,
        unavoidable=unavoidable if bill.missing_minutes else None,
        tiers=tiers,
    )


def write_build(workspace: Path, build: Build) -> Path:
    """Write a build with its ``roster.csv`` into ``out/<week>/`` of a workspace folder; return that folder.

    Raises
    ------
    InputError
        If the place cannot be written to; nothing is lost then.
    """
    roster = build.solution.roster or Roster(duties={})
    content = roster_bytes(build.problem, roster)
    return store.write_build(workspace, build, {store.ROSTER_FILE: content})


def audit_roster(
    workspace: Workspace, problem: Problem, path: Path, built: Solution | None = None
) -> Audited:
    """Audit a roster from a CSV file, typed by hand or exported.

    Parameters
    ----------
    built
        A solution of the same problem: if the file holds its roster, its plan of work is audited with it; for any other
        roster the audit looks for the best plan itself.

    Raises
    ------
    InputError
        With every fault of the file.
    """
    faults: list[Fault] = []
    rows = read_duties(path, workspace.context, faults)
    if faults:
        raise InputError(faults)
    settings = workspace.settings
    roster = to_roster(rows, problem.horizon, settings.sites, settings.templates)
    is_built = built is not None and built.roster is not None and _same(built.roster, roster)
    plan = built.allocation if built is not None and is_built else None
    return audit(problem, settings.book, roster, plan)


def _same(one: Roster, other: Roster) -> bool:
    """Tell whether two rosters hold the same duties, whoever else they list without any."""
    return list(one.rows()) == list(other.rows())


def _calendar(workspace: Workspace) -> Calendar:
    """Return the calendar that the forecast of a workspace learns from."""
    settings = workspace.settings
    return calendar_of(settings.sites, settings.forecast, workspace.events)
