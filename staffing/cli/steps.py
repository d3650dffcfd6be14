"""Steps that several commands share: open a workspace, make a folder, build a week, leave with its status."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import typer

from staffing import pipeline
from staffing.console import basics as console
from staffing.console.schedules import show_progress
from staffing.domain.build import Build
from staffing.domain.errors import Fault, InputError
from staffing.executors.base import Executor
from staffing.options import Exit
from staffing.policy.workspace import Workspace


def open_week(
    folder: Path, week: str | None, plan_quantile: float | None = None
) -> tuple[Workspace, str]:
    """Read a workspace; return it with the week asked for, by default the next one.

    Parameters
    ----------
    plan_quantile
        In place of that of the settings.
    """
    workspace = pipeline.read_workspace(folder)
    if plan_quantile is not None:
        settings = workspace.settings.changed(plan_quantile=plan_quantile)
        workspace = replace(workspace, settings=settings)
    return workspace, week or pipeline.next_week(workspace)


def prepared(target: Path) -> Path:
    """Return a folder for output, made if need be."""
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"cannot be made ({error.strerror}). Choose a workspace that is writable."
        raise InputError([Fault(file=str(target), message=message)]) from error
    return target


def build_and_write(
    workspace: Workspace,
    week: str,
    seed: int,
    time_limit: float,
    *,
    deterministic: bool = False,
    executor: Executor | None = None,
    aim: pipeline.Aim | None = None,
) -> Build:
    """Build a week with progress on stderr, and put the build in its folder."""
    budget = pipeline.Budget(
        seconds=time_limit,
        seed=seed,
        deterministic=deterministic,
        workers=min(2, os.cpu_count() or 1),
    )
    built = pipeline.build_week(workspace, week, budget, show_progress, executor, aim)
    pipeline.write_build(workspace.folder, built)
    return built


def leave(built: Build) -> None:
    """Exit with the status of a build, if it is not 0."""
    if built.solution.interrupted:
        console.err.print("Interrupted: this is the best schedule so far.")
        raise typer.Exit(Exit.INTERRUPTED)
    if built.solution.roster is None:
        raise typer.Exit(Exit.INFEASIBLE)
    if built.bill.must_violations:
        raise typer.Exit(Exit.AUDIT_FAILED)
