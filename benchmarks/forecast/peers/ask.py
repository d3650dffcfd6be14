"""Ask the peers, in their own environment, for forecasts of our tasks."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.environment import ROOT, PeersError, last_line
from benchmarks.forecast.ours import LEVELS, Forecast
from benchmarks.forecast.sets import HORIZON_HOURS, WEEK_HOURS, Task, filled

MEDIAN = "median of four peers"
FOUR = (
    "statsforecast SeasonalNaive",
    "statsforecast MSTL + AutoETS",
    "Prophet with holidays",
    "mlforecast LightGBM",
)

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")


def ask_peers(
    python: Path, tasks: Sequence[Task], names: Sequence[str], workers: int
) -> tuple[dict[str, list[Forecast]], tuple[str, ...]]:
    """Return by peer, and for the median of four of them, the forecasts of all tasks; and what went wrong.

    Parameters
    ----------
    python
        Interpreter of the environment of the peers.
    names
        Peers to ask.

    Raises
    ------
    PeersError
        If their process ends without answers.
    """
    asked = {
        "tasks": [_told(task) for task in tasks],
        "models": names,
        "hours": HORIZON_HOURS,
        "levels": LEVELS,
        "workers": workers,
    }
    with tempfile.TemporaryDirectory() as folder:
        questions, answers = Path(folder, "tasks.json"), Path(folder, "answers.json")
        questions.write_text(json.dumps(asked), encoding="utf-8")
        done = subprocess.run(
            [python, "-m", "benchmarks.forecast.peers.run", questions, answers],
            cwd=ROOT,
            env=os.environ | ONE_THREAD,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        if done.returncode:
            raise PeersError(last_line(done.stderr))
        found = json.loads(answers.read_text(encoding="utf-8"))
    forecasts: dict[str, list[Forecast]] = {}
    for answer in found:
        forecasts.setdefault(answer["model"], []).append(_forecast(answer))
    if set(FOUR) <= set(forecasts):
        forecasts[MEDIAN] = [_median(four) for four in zip(*map(forecasts.get, FOUR), strict=True)]
    faults = {f"{answer['model']}: {answer['fault']}" for answer in found if "fault" in answer}
    return forecasts, tuple(sorted(faults))


def complete(history: pd.Series) -> pd.Series:
    """Fill gaps from what was known at the time: like hours within four weeks, else of all weeks, else 0."""
    history = filled(history)
    like_hours = np.arange(len(history)) % WEEK_HOURS
    usual = history.groupby(like_hours).transform("median")
    return history.fillna(usual).fillna(0.0)


def _median(forecasts: Sequence[Forecast]) -> Forecast:
    mean = np.median([forecast.mean for forecast in forecasts], axis=0)
    return Forecast(mean, None, sum(forecast.cpu_seconds for forecast in forecasts))


def _told(task: Task) -> dict[str, Any]:
    years = tuple(range(task.history.index[0].year, task.index[-1].year + 1))
    holidays = task.calendar.region.holidays(years)
    return {
        "start": f"{task.history.index[0]:%Y-%m-%d %H:%M}",
        "volume": complete(task.history).tolist(),
        "holidays": [(str(date), name) for date in sorted(holidays) for name in holidays[date]],
    }


def _forecast(answer: dict[str, Any]) -> Forecast:
    if "fault" in answer:
        return Forecast(np.full(HORIZON_HOURS, np.nan), None, np.nan)
    quantiles = answer["quantiles"]
    return Forecast(
        np.array(answer["mean"]),
        None if quantiles is None else np.array(quantiles),
        answer["cpu_seconds"],
    )
