"""``backtest`` and ``accuracy``: what a forecast would have been worth, and what the published ones were."""

from __future__ import annotations

from typing import Annotated

import typer

from staffing import hindsight, pipeline
from staffing.cli.steps import prepared
from staffing.console import basics as console
from staffing.console.hindsight import show_accuracy, show_backtest
from staffing.executors.choose import executor_of
from staffing.export.writer import write_aside
from staffing.forecast.judged.accuracy import totals
from staffing.forecast.judged.backtest import Plan
from staffing.options import ExecutorName, Folder, Json
from staffing.report.backtest_page import write_backtest
from staffing.report.backtest_tables import overall, series_table
from staffing.store.published import accuracy_file


def backtest(
    folder: Folder,
    origins: Annotated[int, typer.Option(help="Forecasts to make.", min=1, max=520)] = 8,
    every_days: Annotated[
        int, typer.Option(help="Days from one forecast to the next.", min=1, max=366)
    ] = 7,
    days: Annotated[int, typer.Option(help="Days that each forecasts.", min=1, max=366)] = 14,
    methods: Annotated[
        str | None, typer.Option(help="Names, the preferred first, with commas between.")
    ] = None,
    executor: ExecutorName = "auto",
    as_json: Json = False,
) -> None:
    """Forecast weeks that have passed from what was known before them, and say how good that was."""
    chosen = hindsight.methods_named(methods.split(",") if methods else None)
    workspace = pipeline.read_workspace(folder)
    plan = Plan(origins=origins, every_days=every_days, days=days)
    with executor_of(executor) as workers:
        found = hindsight.backtest_workspace(workspace, plan, chosen, workers)
    target = prepared(folder / "out" / "backtest")
    tables = {
        target / "scores.csv": found.scores.to_csv(index=False).encode(),
        target / "forecasts.csv": found.forecasts.to_csv(index=False, float_format="%.4f").encode(),
    }
    write_aside(tables, overwrite=True)
    write_backtest(target / "report.html", workspace.settings.name, found)
    if as_json:
        console.show_json(
            {
                "report": str(target / "report.html"),
                "scores": found.scores.to_dict("records"),
                "series": series_table(found.scores).to_dict("records"),
                "overall": overall(found).to_dict("records"),
            }
        )
    else:
        show_backtest(found)
        console.out.print(f"Report: {target / 'report.html'}", markup=False)


def accuracy(folder: Folder, as_json: Json = False) -> None:
    """Hold the forecasts of past builds against what came since, and say what each step of them was worth."""
    workspace = pipeline.read_workspace(folder)
    tracked = hindsight.track_accuracy(workspace)
    console.show_warnings(tracked.notes)
    if as_json:
        console.show_json(
            {
                "accuracy": str(accuracy_file(folder)),
                "series": tracked.table.to_dict("records"),
                "weeks": totals(tracked.table, ["week", "built_at"]).to_dict("records"),
                "waiting": list(tracked.waiting),
            }
        )
    else:
        show_accuracy(tracked.table, tracked.waiting)
        if len(tracked.table):
            console.out.print(f"All weeks: {accuracy_file(folder)}", markup=False)
