"""The command line: one command per step. Data goes to stdout, progress and messages to stderr."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from staffing import console, pipeline
from staffing.domain.build import Build
from staffing.domain.errors import AuditError, Fault, InputError, StaffingError
from staffing.export.profile import read_profile
from staffing.export.writer import write_aside, write_export
from staffing.ingest.samples.write import write_sample
from staffing.options import (
    Deterministic,
    Exit,
    Folder,
    Json,
    Output,
    Sample,
    Seed,
    TimeLimit,
    Week,
)
from staffing.policy.problem import week_warnings
from staffing.policy.workspace import Workspace
from staffing.report.document import write_report
from staffing.report.machine import build_summary
from staffing.requirement.sizing import requirement_table
from staffing.store.folder import BUILD_FILE, ROSTER_FILE, build_folder

app = typer.Typer(
    help="From a history of cases to an audited weekly schedule that follows the sun.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _command(function: Callable[..., None]) -> Callable[..., None]:
    """Register a command whose errors become messages and exit statuses."""

    @wraps(function)
    def guarded(*args: Any, **kwargs: Any) -> None:
        try:
            function(*args, **kwargs)
        except InputError as error:
            console.show_faults(error)
            raise typer.Exit(Exit.BAD_INPUT) from None
        except StaffingError as error:
            console.err.print(str(error), markup=False)
            failed = isinstance(error, AuditError)
            raise typer.Exit(Exit.AUDIT_FAILED if failed else Exit.BAD_INPUT) from None
        except KeyboardInterrupt:
            console.err.print("Interrupted; nothing was written.")
            raise typer.Exit(Exit.INTERRUPTED) from None

    return app.command()(guarded)


@_command
def init(
    folder: Folder,
    sample: Sample = "trust-safety",
    people: Annotated[int | None, typer.Option(help="Size of the organisation.")] = None,
    seed: Seed = 1,
) -> None:
    """Write a complete sample workspace into a new folder."""
    write_sample(folder, sample, people=people, seed=seed)
    console.out.print(
        f"Wrote the sample {sample} to {folder}. Next: staffing check {folder}", markup=False
    )


@_command
def check(folder: Folder, as_json: Json = False) -> None:
    """Read and check every file of a workspace."""
    workspace = pipeline.read_workspace(folder)
    week = pipeline.next_week(workspace)
    warnings = (*workspace.warnings, *week_warnings(workspace, week))
    console.show_warnings(warnings)
    if as_json:
        console.show_json({"faults": 0, "warnings": list(warnings), "next_week": week})
    else:
        console.show_workspace(workspace)
        console.out.print(f"Next: staffing build {folder} --week {week}", markup=False)


@_command
def forecast(folder: Folder, week: Week = None, as_json: Json = False) -> None:
    """Forecast the cases of a week per region, workstream and hour."""
    workspace, week = _open(folder, week)
    found = pipeline.forecast_week(workspace, week)
    target = _prepared(folder, week) / "forecast.csv"
    write_aside({target: found.table.to_csv(index=False).encode()}, overwrite=True)
    if as_json:
        console.show_json(
            {"week": week, "forecast": str(target), "backtest": found.backtest.to_dict("records")}
        )
    else:
        console.show_forecast(found.table, found.backtest)
        console.out.print(f"Hour by hour, with quantiles: {target}", markup=False)


@_command
def require(folder: Folder, week: Week = None, as_json: Json = False) -> None:
    """Say what must be on duty in a week: heads, arriving work and its due times."""
    workspace, week = _open(folder, week)
    problem = pipeline.problem_of_week(
        workspace, week, pipeline.forecast_week(workspace, week).table
    )
    table = requirement_table(problem.queues, problem.horizon, problem.shrinkage_fraction)
    target = _prepared(folder, week) / "requirement.csv"
    write_aside({target: table.to_csv(index=False).encode()}, overwrite=True)
    if as_json:
        console.show_json({"week": week, "requirement": str(target)})
    else:
        console.show_requirement(problem)
        console.out.print(f"Hour by hour: {target}", markup=False)


@_command
def build(
    folder: Folder,
    week: Week = None,
    seed: Seed = 1,
    time_limit: TimeLimit = 60.0,
    deterministic: Deterministic = False,
    as_json: Json = False,
) -> None:
    """Build the schedule of a week, audit it, and say what is short and why."""
    workspace, week = _open(folder, week)
    console.show_warnings((*workspace.warnings, *week_warnings(workspace, week)))
    built = _build(workspace, week, seed, time_limit, deterministic=deterministic)
    if as_json:
        console.show_json(build_summary(built, build_folder(folder, week) / ROSTER_FILE))
    else:
        console.show_build(built)
        console.out.print(f"Roster: {build_folder(folder, week) / ROSTER_FILE}", markup=False)
    _leave(built)


@_command
def audit(
    folder: Folder,
    week: Week = None,
    roster: Annotated[
        Path | None, typer.Option(help="A roster CSV; that of the build by default.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Recompute every rule, the service and the objective of a roster; exit status 4 when a must-rule is broken."""
    workspace, week = _open(folder, week)
    built = None
    if (build_folder(folder, week) / BUILD_FILE).exists():
        known = pipeline.read_build(folder, week)
        problem, built = known.problem, known.solution
    else:
        problem = pipeline.problem_of_week(
            workspace, week, pipeline.forecast_week(workspace, week).table
        )
    path = roster or build_folder(folder, week) / ROSTER_FILE
    audited = pipeline.audit_roster(workspace, problem, path, built)
    if as_json:
        console.show_json(audited.model_dump(mode="json", exclude={"allocation"}))
    else:
        console.show_audit(audited)
    if not audited.is_clean:
        raise typer.Exit(Exit.AUDIT_FAILED)


@_command
def report(folder: Folder, week: Week = None, output: Output = None) -> None:
    """Write one HTML file of a build, which opens without a network."""
    workspace, week = _open(folder, week)
    target = output or build_folder(folder, week) / "report.html"
    write_report(target, pipeline.read_build(folder, week), workspace.settings.book)
    console.out.print(str(target), markup=False)


@_command
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
    _, week = _open(folder, week)
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


@_command
def demo(
    folder: Annotated[Path, typer.Option(help="Where to put the sample workspace.")] = Path("demo"),
    sample: Sample = "trust-safety",
    seed: Seed = 1,
    time_limit: TimeLimit = 60.0,
    open_report: Annotated[
        bool, typer.Option("--open/--no-open", help="Open the report in a browser.")
    ] = True,
) -> None:
    """Do all of it on a sample organisation: forecast, build, audit, export, report."""
    place = folder / sample
    if not (place / "staffing.toml").exists():
        write_sample(place, sample, seed=seed)
    workspace, week = _open(place, None)
    console.err.print(f"{workspace.settings.name}: building {week} in {place}", markup=False)
    built = _build(workspace, week, seed, time_limit)
    console.show_build(built)
    target = build_folder(place, week)
    if built.solution.roster is not None:
        write_export(
            target / "generic.csv",
            built.problem,
            built.solution.roster,
            read_profile("generic"),
            overwrite=True,
        )
    write_report(target / "report.html", built, workspace.settings.book)
    console.out.print(f"Roster: {target / ROSTER_FILE}", markup=False)
    console.out.print(f"For HR: {target / 'generic.csv'}", markup=False)
    console.out.print(f"Report: {target / 'report.html'}", markup=False)
    if open_report:
        console.open_in_browser(target / "report.html")
    _leave(built)


def _open(folder: Path, week: str | None) -> tuple[Workspace, str]:
    workspace = pipeline.read_workspace(folder)
    return workspace, week or pipeline.next_week(workspace)


def _prepared(folder: Path, week: str) -> Path:
    """Return the folder of a week's output, made if need be."""
    target = build_folder(folder, week)
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"cannot be made ({error.strerror}). Choose a workspace that is writable."
        raise InputError([Fault(file=str(target), message=message)]) from error
    return target


def _build(
    workspace: Workspace, week: str, seed: int, time_limit: float, *, deterministic: bool = False
) -> Build:
    budget = pipeline.Budget(
        seconds=time_limit,
        seed=seed,
        deterministic=deterministic,
        workers=min(2, os.cpu_count() or 1),
    )
    built = pipeline.build_week(workspace, week, budget, on_progress=console.show_progress)
    pipeline.write_build(workspace.folder, built)
    return built


def _leave(built: Build) -> None:
    """Exit with the status of a build, if it is not 0."""
    if built.solution.interrupted:
        console.err.print("Interrupted: this is the best schedule so far.")
        raise typer.Exit(Exit.INTERRUPTED)
    if built.solution.roster is None:
        raise typer.Exit(Exit.INFEASIBLE)
    if built.bill.must_violations:
        raise typer.Exit(Exit.AUDIT_FAILED)


def main() -> None:
    """Run the command line."""
    app()
