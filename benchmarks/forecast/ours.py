"""The methods of the package on every task, in parallel."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from benchmarks.forecast.one_sigma import Mean4OneSigma
from benchmarks.forecast.sets import Task
from staffing.executors.base import Executor
from staffing.executors.choose import executor_of
from staffing.forecast.method import Method
from staffing.forecast.methods.every_method import EVERY_METHOD
from staffing.forecast.methods.mixture import Mixture
from staffing.forecast.threads import one_thread

LEVELS = (0.025, *(round(0.1 * tenth, 1) for tenth in range(1, 10)), 0.975)
METHODS: tuple[Method | Mean4OneSigma, ...] = (*EVERY_METHOD, Mean4OneSigma())
NAMES = tuple(method.name for method in METHODS)
OURS, BASE, PLAIN_BASE = Mixture().name, "mean4", Mean4OneSigma().name


@dataclass(frozen=True)
class Forecast:
    """What one model says of one task.

    Parameters
    ----------
    mean
        ``mean[hour]``.
    quantiles
        ``quantiles[hour, level]`` for `LEVELS`; None from a model that has none.
    cpu_seconds
        Processor time of learning and forecasting.
    """

    mean: np.ndarray
    quantiles: np.ndarray | None
    cpu_seconds: float


def forecast_all(
    tasks: Sequence[Task], names: Sequence[str], workers: int
) -> dict[str, list[Forecast]]:
    """Return by method the forecasts of all tasks, in their order."""
    with executor_with(workers) as executor:
        found = executor.map(partial(_forecast, names), tasks)
    return {name: [forecasts[name] for forecasts in found] for name in names}


def executor_with(workers: int) -> Executor:
    """Return processes, or this one where a single worker is asked for."""
    return executor_of(f"processes:{workers}" if workers > 1 else "serial")


def _forecast(names: Sequence[str], task: Task) -> dict[str, Forecast]:
    found = {}
    with one_thread():
        for method in METHODS:
            if method.name in names:
                began = time.process_time()
                fitted = method.fit(task.history, task.calendar)
                predicted = fitted.predict(task.index, LEVELS)
                spent = time.process_time() - began
                found[method.name] = Forecast(predicted.mean, predicted.quantiles, spent)
    return found
