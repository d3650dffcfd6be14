"""The folder of a build, ``out/<week>/``: everything that report, export and audit need, written aside then renamed."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from staffing.domain.build import Build, Shortage
from staffing.domain.errors import Fault, InputError
from staffing.domain.judgement import Adjustment
from staffing.domain.problem import Problem
from staffing.domain.rehearsal import Rehearsal
from staffing.domain.result import Bill, Solution, Unavoidable
from staffing.domain.tables import BACKTEST, FORECAST, HISTORY
from staffing.domain.tiers import TierProof

SCHEMA_VERSION = 2
BUILD_FILE, ROSTER_FILE = "build.json", "roster.csv"
MOST_RIVALS = 10
"""Other processes that may put a build of the same week in place at the same moment."""
TABLES = ("history", "forecast", "backtest")
NAMES = ("region", "workstream", "method", "days")
NUMBERS = tuple(sorted({*HISTORY, *FORECAST, *BACKTEST} - {*NAMES, "interval_start", "picked"}))


def build_folder(workspace: Path, week: str) -> Path:
    """Return where the build of a week lies."""
    return workspace / "out" / week


def write_build(workspace: Path, build: Build, files: Mapping[str, bytes]) -> Path:
    """Write a build; an older one of the same week is replaced as a whole.

    Parameters
    ----------
    files
        Other files that belong to it, by name, such as ``roster.csv``.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    InputError
        If the place cannot be written to; nothing is lost then.
    """
    folder = build_folder(workspace, build.problem.week)
    aside = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    old = folder.with_name(f".{folder.name}.{os.getpid()}.old")
    try:
        aside.mkdir(parents=True)
        (aside / BUILD_FILE).write_text(json.dumps(_as_json(build)) + "\n", encoding="utf-8")
        for name in TABLES:
            getattr(build, name).to_csv(aside / f"{name}.csv", index=False)
        for name, content in files.items():
            (aside / name).write_bytes(content)
        _put_in_place(aside, folder, old)
    except OSError as error:
        message = f"cannot be written ({error.strerror}). Choose a workspace that is writable."
        raise InputError([Fault(file=str(folder), message=message)]) from error
    finally:
        if old.exists() and not folder.exists():
            old.rename(folder)
        for leftover in (aside, old):
            shutil.rmtree(leftover, ignore_errors=True)
    return folder


def _put_in_place(aside: Path, folder: Path, old: Path) -> None:
    """Move a finished folder to its place, what lay there out of the way; another process may do the same meanwhile."""
    for rivals_left in reversed(range(MOST_RIVALS)):
        with contextlib.suppress(FileNotFoundError):
            folder.rename(old)
        try:
            aside.rename(folder)
            return
        except OSError:
            if not (rivals_left and folder.exists()):
                raise
        shutil.rmtree(old, ignore_errors=True)


def read_build(workspace: Path, week: str) -> Build:
    """Read the build of a week back.

    Raises
    ------
    InputError
        If there is none, it is damaged, or it was written by a newer version.
    """
    folder = build_folder(workspace, week)
    path = folder / BUILD_FILE
    if not path.exists():
        message = f"There is no build of {week}. Run: staffing build {workspace} --week {week}"
        raise InputError([Fault(file=str(folder), message=message)])
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        layout = content.get("schema_version")
        if layout == SCHEMA_VERSION:
            return _from_json(content, folder)
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        reason = str(error).partition("\n")[0]
        message = f"The build cannot be read ({reason}). Build the week again."
        raise InputError([Fault(file=str(path), message=message)]) from error
    message = f"It has layout {layout}, {SCHEMA_VERSION} is read. Build again."
    raise InputError([Fault(file=str(path), message=message)])


def _from_json(content: dict[str, Any], folder: Path) -> Build:
    rehearsal, unavoidable = content.get("rehearsal"), content.get("unavoidable")
    tiers = content.get("tiers")
    history, forecast, backtest = (read_table(folder / f"{name}.csv") for name in TABLES)
    return Build(
        organisation=content["organisation"],
        problem=Problem.model_validate(content["problem"]),
        history=history,
        forecast=forecast,
        backtest=backtest,
        solution=Solution.model_validate(content["solution"]),
        bill=Bill.model_validate(content["bill"]),
        shortages=tuple(Shortage.model_validate(entry) for entry in content["shortages"]),
        seed=content["seed"],
        adjustments=tuple(Adjustment.model_validate(entry) for entry in content["adjustments"]),
        seconds=content["seconds"],
        peak_rss_bytes=content["peak_rss_bytes"],
        rehearsal=Rehearsal.model_validate(rehearsal) if rehearsal else None,
        unavoidable=Unavoidable.model_validate(unavoidable) if unavoidable else None,
        tiers=TierProof.model_validate(tiers) if tiers else None,
    )


def _as_json(build: Build) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "organisation": build.organisation,
        "seed": build.seed,
        "adjustments": [entry.model_dump(mode="json") for entry in build.adjustments],
        "seconds": build.seconds,
        "peak_rss_bytes": build.peak_rss_bytes,
        "problem": build.problem.model_dump(mode="json"),
        "solution": build.solution.model_dump(mode="json"),
        "bill": build.bill.model_dump(mode="json"),
        "shortages": [shortage.model_dump(mode="json") for shortage in build.shortages],
        "rehearsal": build.rehearsal and build.rehearsal.model_dump(mode="json"),
        "unavoidable": build.unavoidable and build.unavoidable.model_dump(),
        "tiers": build.tiers and build.tiers.model_dump(mode="json"),
    }


def read_table(path: Path) -> pd.DataFrame:
    """Read a table as it was: names are text (``NA`` is a region, ``007`` no number)."""
    table = pd.read_csv(
        path,
        dtype=dict.fromkeys(NAMES, "str"),
        keep_default_na=False,
        na_values={column: [""] for column in NUMBERS},
    )
    if "interval_start" in table.columns:
        table["interval_start"] = pd.to_datetime(table["interval_start"], utc=True).dt.as_unit("us")
    return table
