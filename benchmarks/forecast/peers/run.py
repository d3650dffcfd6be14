"""Forecast every task of a file with every peer: ``python -m benchmarks.forecast.peers.run TASKS ANSWERS``.

Runs in the environment of the peers, where the package is not installed; both files are JSON.
"""

from __future__ import annotations

import json
import resource
import sys
import warnings
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.forecast.peers.models import PEERS


def main() -> None:
    """Read the tasks, forecast them in parallel, write the answers."""
    asked = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    pairs = [(task, name) for task in asked["tasks"] for name in asked["models"]]
    with ProcessPoolExecutor(asked["workers"], initializer=_keep_quiet) as pool:
        answer = partial(_answer, hours=asked["hours"], levels=tuple(asked["levels"]))
        answers = list(pool.map(answer, pairs))
    Path(sys.argv[2]).write_text(json.dumps(answers), encoding="utf-8")


def _answer(
    pair: tuple[dict[str, Any], str], hours: int, levels: tuple[float, ...]
) -> dict[str, Any]:
    """Return what one peer says of one task, or ``fault``: why it says nothing."""
    task, name = pair
    index = pd.date_range(task["start"], periods=len(task["volume"]), freq="h")
    history = pd.Series(task["volume"], index=index, dtype=float)
    began = _cpu_seconds()
    try:
        mean, quantiles = PEERS[name](history, hours, levels, task["holidays"])
    except Exception as error:  # a peer may fail in any way, and the others go on
        return {"model": name, "fault": f"{type(error).__name__}: {error}"}
    return {
        "model": name,
        "mean": mean.round(4).tolist(),
        "quantiles": None if quantiles is None else quantiles.round(4).tolist(),
        "cpu_seconds": _cpu_seconds() - began,
    }


def _cpu_seconds() -> float:
    """Return what this process and the programs that it called took so far: Prophet calls one."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def _keep_quiet() -> None:
    warnings.simplefilter("ignore")
    np.seterr(all="ignore")


if __name__ == "__main__":
    main()
