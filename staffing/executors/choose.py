"""An executor by its name: ``serial``, ``processes:4``, ``dask://host:8786``."""

from __future__ import annotations

import re
from collections.abc import Callable

from staffing.domain.errors import ProblemError, did_you_mean
from staffing.executors.auto import Auto
from staffing.executors.base import Executor
from staffing.executors.dask import Dask
from staffing.executors.processes import Processes
from staffing.executors.ray import Ray
from staffing.executors.serial import Serial

ALONE: dict[str, Callable[[], Executor]] = {"auto": Auto, "serial": Serial}
WITH_WORKERS: dict[str, Callable[[int | None], Executor]] = {
    "processes": Processes,
    "dask": lambda workers: Dask(workers=workers),
    "ray": lambda workers: Ray(workers=workers),
}
AT_ADDRESS: dict[str, Callable[[str], Executor]] = {"dask": Dask, "ray": Ray}
EXECUTORS = "auto, serial, processes, processes:4, dask, dask:4, dask://host:8786, ray, ray:4, ray://host:10001"


def executor_of(text: str) -> Executor:
    """Return the executor that a user means; workers start with the first task.

    Parameters
    ----------
    text
        A name, with a number of workers (``:4``) or the address of a cluster (``://host:port``) behind it where the
        kind has these.

    Raises
    ------
    ProblemError
        If there is no such executor, or its extra is not installed.
    """
    name, workers, address = _parts(text)
    if address and name in AT_ADDRESS:
        return AT_ADDRESS[name](address)
    if not address and name in WITH_WORKERS:
        return WITH_WORKERS[name](workers)
    if not address and not workers and name in ALONE:
        return ALONE[name]()
    known = {*ALONE, *WITH_WORKERS}
    hint = "" if name in known else did_you_mean(name, known, else_list=False)
    raise ProblemError(f"{text!r} is no executor.{hint} Known: {EXECUTORS}.")


def _parts(text: str) -> tuple[str, int | None, str | None]:
    """Return the name with the workers or the address behind it; the whole text as name where it has another form."""
    found = re.fullmatch(r"(\w+)(?::([1-9]\d*)|://([\w.-]+:\d+))?", text)
    if not found:
        return text, None, None
    name, workers, address = found.groups()
    return name, int(workers) if workers else None, address
