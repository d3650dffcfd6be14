"""Options and exit statuses that the commands share."""

from __future__ import annotations

from enum import IntEnum
from pathlib import Path
from typing import Annotated

import typer

from staffing.executors.choose import EXECUTORS
from staffing.ingest.samples.write import SAMPLES
from staffing.solvers.budget import GREATEST_SEED, MOST_SECONDS


class Exit(IntEnum):
    """Exit status of every command."""

    FINE = 0
    BAD_INPUT = 2
    INFEASIBLE = 3
    AUDIT_FAILED = 4
    INTERRUPTED = 130


Folder = Annotated[Path, typer.Argument(help="Workspace folder.", show_default=False)]
Week = Annotated[
    str | None,
    typer.Option(
        help="ISO week such as 2026-W49; by default the one after the history and the carried duties."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object on stdout.")]
Seed = Annotated[int, typer.Option(help="Seed of every random choice.", min=0, max=GREATEST_SEED)]
PlanQuantile = Annotated[
    float | None,
    typer.Option(
        help="Quantile of the volume to size for, in place of that of the settings.",
        min=0.5,
        max=0.99,
        show_default=False,
    ),
]
TimeLimit = Annotated[
    float,
    typer.Option(help="Seconds of solving.", min=0, max=MOST_SECONDS),
]
Deterministic = Annotated[
    bool,
    typer.Option("--deterministic", help="Same input and seed, same schedule; may take longer."),
]
ExecutorName = Annotated[
    str, typer.Option("--executor", help=f"Where series are forecast: {EXECUTORS}.")
]
BuildExecutorName = Annotated[
    str,
    typer.Option(
        "--executor",
        help=f"Where series are forecast and, if it has workers, the schedule is found: {EXECUTORS}.",
    ),
]
Refresh = Annotated[
    bool,
    typer.Option(
        "--refresh", help="Keep what was learnt up to four weeks ago, add the weeks since."
    ),
]
Sample = Annotated[str, typer.Option(help=f"One of {', '.join(SAMPLES)}.")]
Output = Annotated[
    Path | None, typer.Option(help="File to write; in the folder of the build by default.")
]
