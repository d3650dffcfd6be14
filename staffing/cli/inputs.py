"""``init`` and ``check``: a workspace before anything is computed."""

from __future__ import annotations

from typing import Annotated

import typer

from staffing import pipeline
from staffing.console import basics as console
from staffing.console.history import care_records, show_care_in_brief
from staffing.console.inputs import show_workspace
from staffing.ingest.samples.write import write_sample
from staffing.options import Folder, Json, Sample, Seed
from staffing.policy.problem import week_warnings


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


def check(folder: Folder, as_json: Json = False) -> None:
    """Read and check every file of a workspace."""
    workspace = pipeline.read_workspace(folder)
    week = pipeline.next_week(workspace)
    warnings = (*workspace.warnings, *week_warnings(workspace, week))
    console.show_warnings(warnings)
    care = pipeline.care_of_history(workspace)
    if as_json:
        console.show_json(
            {
                "faults": 0,
                "warnings": list(warnings),
                "next_week": week,
                "history": care_records(care),
            }
        )
    else:
        show_workspace(workspace)
        show_care_in_brief(care)
        console.out.print(f"Next: staffing build {folder} --week {week}", markup=False)
