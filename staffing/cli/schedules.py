"""``build``, ``audit``, ``report`` and ``export``: the schedule of a week."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from staffing import pipeline
from staffing.cli.steps import build_and_write, leave, open_week
from staffing.console import basics as console
from staffing.console.rehearsal import show_rehearsal
from staffing.console.schedules import show_audit, show_build
from staffing.executors.choose import executor_of
from staffing.export.profile import read_profile
from staffing.export.writer import write_export
from staffing.options import (
    BuildExecutorName,
    Deterministic,
    Exit,
    Folder,
    Json,
    Output,
    PlanQuantile,
    Seed,
    TimeLimit,
    Week,
)
from staffing.policy.problem import week_warnings
from staffing.report.document import write_report
from staffing.report.machine import build_summary
from staffing.report.rehearsal import rehearsal_section
from staffing.store.folder import BUILD_FILE, ROSTER_FILE, build_folder
from staffing.store.simulated import read_simulated


def build(
    folder: Folder,
    week: Week = None,
    seed: Seed = 1,
    time_limit: TimeLimit = 60.0,
    deterministic: Deterministic = False,
    confidence: Annotated[
        float | None,
        typer.Option(
            help="Live the schedule, and build again until each target holds with this chance.",
            min=0.5,
            max=0.99,
            show_default=False,
        ),
    ] = None,
    rounds: Annotated[int, typer.Option(help="How often again at most.", min=1, max=20)] = 3,
    plan_quantile: PlanQuantile = None,
    executor: BuildExecutorName = "auto",
    as_json: Json = False,
) -> None:
    """Build the schedule of a week, audit it, and say what is short and why."""
    workspace, week = open_week(folder, week, plan_quantile)
    console.show_warnings((*workspace.warnings, *week_warnings(workspace, week)))
    aim = None if confidence is None else pipeline.Aim(confidence=confidence, rounds=rounds)
    with executor_of(executor) as workers:
        built = build_and_write(
            workspace,
            week,
            seed,
            time_limit,
            deterministic=deterministic,
            executor=workers,
            aim=aim,
        )
    if as_json:
        console.show_json(build_summary(built, build_folder(folder, week) / ROSTER_FILE))
    else:
        show_build(built)
        section = rehearsal_section(built)
        if section is not None:
            show_rehearsal(section)
        console.out.print(f"Roster: {build_folder(folder, week) / ROSTER_FILE}", markup=False)
    leave(built)


def audit(
    folder: Folder,
    week: Week = None,
    roster: Annotated[
        Path | None, typer.Option(help="A roster CSV; that of the build by default.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Recompute every rule, the service and the objective of a roster; exit status 4 when a must-rule is broken."""
    workspace, week = open_week(folder, week)
    built = None
    if (build_folder(folder, week) / BUILD_FILE).exists():
        known = pipeline.read_build(folder, week)
        problem, built = known.problem, known.solution
    else:
        found = pipeline.forecast_week(workspace, week)
        problem = pipeline.problem_of_week(workspace, week, found.table, found.outlooks)
    path = roster or build_folder(folder, week) / ROSTER_FILE
    audited = pipeline.audit_roster(workspace, problem, path, built)
    if as_json:
        console.show_json(audited.model_dump(mode="json", exclude={"allocation"}))
    else:
        show_audit(audited)
    if not audited.is_clean:
        raise typer.Exit(Exit.AUDIT_FAILED)


def report(folder: Folder, week: Week = None, output: Output = None) -> None:
    """Write one HTML file of a build, and of its simulation if there is one; it opens without a network."""
    workspace, week = open_week(folder, week)
    target = output or build_folder(folder, week) / "report.html"
    built, lived = pipeline.read_build(folder, week), read_simulated(folder, week)
    write_report(target, built, workspace.settings.book, lived)
    console.out.print(str(target), markup=False)


def export(
    folder: Folder,
    week: Week = None,
    profile: Annotated[str, typer.Option(help="Format of the receiving tool.")] = "generic",
    output: Output = None,
    bom: Annotated[
        bool, typer.Option("--bom", help="Start with a byte order mark, for Excel.")
    ] = False,
    crlf: Annotated[bool, typer.Option("--crlf", help="End lines with CR LF.")] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace a file of that name.")
    ] = False,
) -> None:
    """Write the roster of a build as CSV for an HR tool, with its totals beside it."""
    _, week = open_week(folder, week)
    built = pipeline.read_build(folder, week)
    if built.solution.roster is None:
        console.err.print(f"The build of {week} has no roster.")
        raise typer.Exit(Exit.INFEASIBLE)
    target = output or build_folder(folder, week) / f"{profile}.csv"
    totals = write_export(
        target,
        built.problem,
        built.solution.roster,
        read_profile(profile),
        bom=bom,
        crlf=crlf,
        overwrite=overwrite,
    )
    console.out.print(
        f"{target}: {totals.rows} duties, {totals.hours:,.2f} paid hours", markup=False
    )
