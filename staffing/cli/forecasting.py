"""``forecast`` and ``require``: what a week will bring, and what must be on duty for it."""

from __future__ import annotations

from staffing import pipeline
from staffing.cli.steps import open_week, prepared
from staffing.console import basics as console
from staffing.console.forecasts import (
    adjustment_records,
    show_adjustments,
    show_forecast,
    show_requirement,
)
from staffing.console.history import care_records, show_care
from staffing.console.totals import show_totals
from staffing.executors.choose import executor_of
from staffing.export.writer import write_aside
from staffing.forecast.outlook import at_means
from staffing.forecast.totals.horizon_totals import horizon_totals
from staffing.options import ExecutorName, Folder, Json, PlanQuantile, Refresh, Week
from staffing.requirement.sizing import requirement_table
from staffing.store.folder import build_folder


def forecast(
    folder: Folder,
    week: Week = None,
    executor: ExecutorName = "auto",
    refresh: Refresh = False,
    as_json: Json = False,
) -> None:
    """Forecast the cases of a week per region, workstream and hour."""
    workspace, week = open_week(folder, week)
    with executor_of(executor) as workers:
        found = pipeline.forecast_week(workspace, week, executor=workers, refresh=refresh)
    totals = horizon_totals(at_means(found.outlooks, found.table))
    care = pipeline.care_of_history(workspace)
    target = prepared(build_folder(folder, week)) / "forecast-preview.csv"
    write_aside({target: found.table.to_csv(index=False).encode()}, overwrite=True)
    if as_json:
        console.show_json(
            {
                "week": week,
                "forecast": str(target),
                "totals": totals.to_dict("records"),
                "backtest": found.backtest.to_dict("records"),
                "overrides": adjustment_records(found.adjustments),
                "history": care_records(care),
            }
        )
    else:
        show_care(care)
        show_forecast(found.table, found.backtest)
        show_totals(totals)
        show_adjustments(found.adjustments)
        console.out.print(f"Hour by hour, with quantiles: {target}", markup=False)


def require(
    folder: Folder,
    week: Week = None,
    plan_quantile: PlanQuantile = None,
    executor: ExecutorName = "auto",
    refresh: Refresh = False,
    as_json: Json = False,
) -> None:
    """Say what must be on duty in a week: heads, arriving work and its due times."""
    workspace, week = open_week(folder, week, plan_quantile)
    with executor_of(executor) as workers:
        found = pipeline.forecast_week(workspace, week, executor=workers, refresh=refresh)
    problem = pipeline.problem_of_week(workspace, week, found.table, found.outlooks)
    table = requirement_table(problem.queues, problem.horizon, problem.shrinkage_fraction)
    table = table.assign(plan_quantile=problem.plan_quantile)
    target = prepared(build_folder(folder, week)) / "requirement.csv"
    write_aside({target: table.to_csv(index=False).encode()}, overwrite=True)
    if as_json:
        sized_for = {"plan_quantile": problem.plan_quantile}
        console.show_json({"week": week, "requirement": str(target), **sized_for})
    else:
        show_requirement(problem)
        console.out.print(f"Hour by hour: {target}", markup=False)
