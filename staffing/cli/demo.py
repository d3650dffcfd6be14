"""``demo``: all steps on a sample organisation."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from staffing.cli.steps import build_and_write, leave, open_week
from staffing.console import basics as console
from staffing.console.schedules import show_build
from staffing.export.profile import read_profile
from staffing.export.writer import write_export
from staffing.ingest.samples.write import write_sample
from staffing.options import Sample, Seed, TimeLimit
from staffing.report.document import write_report
from staffing.store.folder import ROSTER_FILE, build_folder


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
    workspace, week = open_week(place, None)
    console.err.print(f"{workspace.settings.name}: building {week} in {place}", markup=False)
    built = build_and_write(workspace, week, seed, time_limit)
    show_build(built)
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
    leave(built)
