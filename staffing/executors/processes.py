"""Processes of this machine."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.connection import Connection

from staffing.executors.attempt import Outcome, attempt
from staffing.executors.base import R, T
from staffing.executors.pool import Pool
from staffing.executors.queue import WorkerLostError

LOST = "its process was killed, or never came up: a script must hold what it does under `if __name__ == '__main__':`"


class Processes(Pool["Future[Outcome]"]):
    """New Python processes beside this one, spawned and not forked: a fork copies the locks of threads.

    Workers end with the executor, when it is interrupted, and when this process dies, however it dies.

    Parameters
    ----------
    workers
        Number of processes; by default as many as this process has cores.
    """

    def __init__(self, workers: int | None = None) -> None:
        self._workers = workers or cores()
        self._started: _Workers | None = None

    @property
    def workers(self) -> int:
        """Number of processes."""
        return self._workers

    def close(self) -> None:
        """Let the workers end."""
        if self._started is not None:
            self._started.stop()
            self._started = None

    def _submit(self, function: Callable[[T], R], item: T) -> Future[Outcome]:
        if self._started is None:
            self._started = _Workers.start(self._workers)
        try:
            return self._started.pool.submit(attempt, function, item)
        except BrokenProcessPool:
            self.close()
            return self._submit(function, item)

    def _finished(self, running: Mapping[Future[Outcome], int]) -> set[Future[Outcome]]:
        return wait(running, return_when=FIRST_COMPLETED).done

    def _outcome(self, handle: Future[Outcome]) -> Outcome:
        try:
            return handle.result()
        except BrokenProcessPool as error:
            raise WorkerLostError(LOST) from error

    def _abandon(self, running: Mapping[Future[Outcome], int]) -> None:
        if self._started is not None:
            self._started.lifeline.close()
        self.close()


@dataclass(frozen=True)
class _Workers:
    """A pool of processes, and the line that they live on: when this end of it closes, they end at once."""

    pool: ProcessPoolExecutor
    lifeline: Connection
    far_end: Connection

    @classmethod
    def start(cls, workers: int) -> _Workers:
        far_end, lifeline = multiprocessing.Pipe(duplex=False)
        pool = ProcessPoolExecutor(
            workers,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_live_on,
            initargs=(far_end,),
        )
        return cls(pool, lifeline, far_end)

    def stop(self) -> None:
        """Wait until the processes have ended: at once where they are idle or the line is closed."""
        self.pool.shutdown(cancel_futures=True)
        self.lifeline.close()
        self.far_end.close()


def cores() -> int:
    """Return the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _live_on(line: Connection) -> None:
    """Prepare a worker: Ctrl-C is for the process that started it, and so is its life."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with, args=(line,), daemon=True).start()


def _die_with(line: Connection) -> None:
    line.poll(None)
    os._exit(1)
