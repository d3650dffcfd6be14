"""A job in a process of its own: what it returns, and the peak memory of that process alone."""

from __future__ import annotations

import multiprocessing
import resource
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import TypeVar, TypeVarTuple

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
KIBIBYTE = 1024
STATUS = Path("/proc/self/status")


class LostError(Exception):
    """The process is gone, as when it has taken more memory than there is."""


def apart(job: Callable[[*Ts], T], *arguments: *Ts) -> tuple[T, float]:
    """Run a job in a fresh process.

    Parameters
    ----------
    job
        A function of a module; arguments and result are pickled.

    Returns
    -------
    result, float
        What it returned, and the peak memory of its process in MiB.

    Raises
    ------
    LostError
        If the process ended before the job did.
    """
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=fresh) as pool:
        try:
            return pool.submit(_measured, job, arguments).result()
        except BrokenProcessPool as error:
            raise LostError(
                "its process was ended from outside, maybe for want of memory"
            ) from error


def peak_mib() -> float:
    """Return the most memory that this process has held, in MiB.

    On Linux ``ru_maxrss`` of a process begins with that of the one that started it, so that /proc is asked there.
    """
    if STATUS.exists():
        line = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / KIBIBYTE
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / KIBIBYTE / (KIBIBYTE if sys.platform == "darwin" else 1)


def _measured(job: Callable[[*Ts], T], arguments: tuple[*Ts]) -> tuple[T, float]:
    return job(*arguments), peak_mib()
