"""``simulate``: a built week, lived many times with random cases, and kept beside the build for its report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from staffing import pipeline
from staffing.cli.steps import open_week
from staffing.console import basics as console
from staffing.console.days import show_days
from staffing.console.simulation import show_simulated, simulated_record
from staffing.domain.build import Build
from staffing.domain.errors import ProblemError, did_you_mean
from staffing.executors.choose import executor_of
from staffing.options import ExecutorName, Folder, Json, Seed, Week
from staffing.report.days import lived_days
from staffing.simulate.habits import ORDERS, OVERRUNS, Habits
from staffing.simulate.remedy import with_remedies
from staffing.simulate.run import simulate_build
from staffing.store.folder import BUILD_FILE
from staffing.store.simulated import write_simulated


def simulate(
    folder: Folder,
    week: Week = None,
    replications: Annotated[int, typer.Option(help="Weeks to live.", min=1, max=100_000)] = 200,
    seed: Seed = 1,
    order: Annotated[
        str, typer.Option(help=f"Which deferrable case is next: {', '.join(ORDERS)}.")
    ] = "due",
    overrun: Annotated[
        str, typer.Option(help=f"A case that outlasts its duty: {', '.join(OVERRUNS)}.")
    ] = "finish",
    absence_fraction: Annotated[
        float, typer.Option(help="Share of duties for which nobody turns up.", min=0, max=0.99)
    ] = 0.0,
    keep_free_below: Annotated[
        float,
        typer.Option(help="People are kept free for immediate work of a shorter threshold.", min=0),
    ] = 5.0,
    executor: ExecutorName = "serial",
    as_json: Json = False,
) -> None:
    """Live a built week many times with random cases, and hold its service against what the plan believes."""
    habits = Habits.model_validate(
        {
            "order": _known("order", order, ORDERS),
            "overrun": _known("overrun", overrun, OVERRUNS),
            "absence_fraction": absence_fraction,
            "keep_free_below_minutes": keep_free_below,
        }
    )
    workspace, build = _build(folder, week)
    with executor_of(executor) as workers:
        lived = simulate_build(
            build, replications=replications, seed=seed, habits=habits, executor=workers
        )
        lived = with_remedies(build, lived, executor=workers)
    write_simulated(workspace, build.problem.week, lived)
    if as_json:
        console.show_json(simulated_record(build.problem.week, lived))
    else:
        show_simulated(build.problem.week, lived)
        show_days(lived_days(build.problem, lived.days))


def _build(folder: Path, week: str | None) -> tuple[Path, Build]:
    """Return a workspace and its build, also by the build's own folder ``out/<week>``."""
    if (folder / BUILD_FILE).exists():
        home = folder.resolve()
        return home.parents[1], pipeline.read_build(home.parents[1], home.name)
    _, week = open_week(folder, week)
    return folder, pipeline.read_build(folder, week)


def _known(option: str, value: str, known: dict[str, int]) -> str:
    if value not in known:
        raise ProblemError(f"{value!r} is no {option}.{did_you_mean(value, known)}")
    return value
