"""``simulation.json`` in the folder of a build: what many lived weeks said of it; gone when the week is built anew."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from staffing.domain.errors import Fault, InputError
from staffing.simulate.habits import Habits
from staffing.simulate.result import Simulated
from staffing.store.folder import build_folder

SIMULATION_FILE = "simulation.json"
SCHEMA_VERSION = 1
TABLES = ("queues", "days", "misses", "backlog", "classes", "people", "remedies")
DAYS, STAMPS = ("date", "worst_day"), ("interval_start",)


def write_simulated(workspace: Path, week: str, lived: Simulated) -> Path:
    """Write the simulation of a build into its folder, aside first, then renamed.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    InputError
        If the place cannot be written to; an older simulation is kept then.
    """
    path = build_folder(workspace, week) / SIMULATION_FILE
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        aside.write_text(json.dumps(_as_json(lived), allow_nan=False) + "\n", encoding="utf-8")
        aside.replace(path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        message = f"cannot be written ({error.strerror}). Choose a workspace that is writable."
        raise InputError([Fault(file=str(path), message=message)]) from error
    return path


def read_simulated(workspace: Path, week: str) -> Simulated | None:
    """Read the simulation of a build back, None where there is none.

    Raises
    ------
    InputError
        If it is damaged, or was written by another version.
    """
    path = build_folder(workspace, week) / SIMULATION_FILE
    if not path.exists():
        return None
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content.pop("schema_version") == SCHEMA_VERSION:
            return _from_json(content)
        reason = "another version wrote it"
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        reason = str(error).partition("\n")[0]
    message = f"The simulation cannot be read ({reason}). Run: staffing simulate {workspace} --week {week}"
    raise InputError([Fault(file=str(path), message=message)])


def _as_json(lived: Simulated) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "replications": lived.replications,
        "seed": lived.seed,
        "cases": lived.cases,
        "habits": lived.habits.model_dump(mode="json"),
        "levels": [[_plain(level) for level in row] for row in lived.levels.tolist()],
        **{name: _columns(getattr(lived, name)) for name in TABLES},
    }


def _columns(table: pd.DataFrame) -> dict[str, list[Any]]:
    return {name: [_plain(value) for value in table[name].tolist()] for name in table.columns}


def _plain(value: Any) -> Any:
    """Return a cell as JSON knows it; what is not known is null."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return None if pd.isna(value) else value


def _from_json(content: dict[str, Any]) -> Simulated:
    return Simulated(
        replications=content["replications"],
        seed=content["seed"],
        cases=content["cases"],
        habits=Habits.model_validate(content["habits"]),
        levels=np.array(content["levels"], dtype=float),
        **{name: _table(content[name]) for name in TABLES},
    )


def _table(columns: dict[str, list[Any]]) -> pd.DataFrame:
    table = pd.DataFrame(columns)
    for name in table.columns:
        if name in DAYS:
            table[name] = [day and dt.date.fromisoformat(day) for day in columns[name]]
        elif name in STAMPS:
            table[name] = pd.to_datetime(table[name], utc=True).dt.as_unit("us")
        elif table[name].isna().all():
            table[name] = table[name].astype(float)
    return table
