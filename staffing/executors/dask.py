"""A Dask cluster: one of this machine's own, or one that is already there."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import Any

from staffing.domain.errors import ProblemError
from staffing.executors.attempt import Outcome, attempt
from staffing.executors.base import R, T
from staffing.executors.pool import Pool
from staffing.executors.processes import cores
from staffing.executors.queue import WorkerLostError

SECONDS_TO_CONNECT = 10


class Dask(Pool[Any]):
    """Tasks on a Dask cluster; this package must be installed on its workers, at the same version.

    A local cluster listens on loopback only, has no dashboard, and ends with the executor. Whoever may log in to this
    machine could send it work: on a machine shared with strangers take processes.

    Parameters
    ----------
    address
        ``host:port`` of a scheduler; None starts a local cluster.
    workers
        Processes of a local cluster, by default as many as this process has cores. A remote one has what it has.

    Raises
    ------
    ProblemError
        If Dask is not installed.
    """

    tasks_a_worker = 2

    def __init__(self, address: str | None = None, workers: int | None = None) -> None:
        try:
            import distributed  # noqa: F401 - to say at once that it is missing
        except ImportError as error:
            message = 'Dask is not installed. Maybe run: pip install "staffing[dask]"'
            raise ProblemError(message) from error
        self._address = address
        self._processes = workers or cores()
        self._client: Any = None
        self._to_close = ExitStack()

    @property
    def workers(self) -> int:
        """Threads of the cluster's workers; one each in a local cluster."""
        if self._address is None:
            return self._processes
        return max(1, int(sum(self._connected().nthreads().values())))

    def close(self) -> None:
        """Leave the cluster, and end it if it is our own."""
        self._to_close.close()
        self._client = None

    def _connected(self) -> Any:
        if self._client is None:
            with ExitStack() as opened:
                self._client = _client(self._address, self._processes, opened)
                self._to_close = opened.pop_all()
        return self._client

    def _submit(self, function: Callable[[T], R], item: T) -> Any:
        return self._connected().submit(attempt, function, item, pure=False)

    def _finished(self, running: Mapping[Any, int]) -> Any:
        from distributed import wait

        with self._client.as_current():
            return wait(list(running), return_when="FIRST_COMPLETED").done

    def _outcome(self, handle: Any) -> Outcome:
        from distributed import KilledWorker

        try:
            outcome: Outcome = handle.result()
        except KilledWorker as error:
            raise WorkerLostError("Dask: its worker was killed") from error
        return outcome

    def _abandon(self, running: Mapping[Any, int]) -> None:
        if self._client is not None:
            self._client.cancel(list(running), force=True)


def _client(address: str | None, processes: int, opened: ExitStack) -> Any:
    """Connect to a cluster, made for it where there is none; ``opened`` learns what is to be closed again."""
    from distributed import Client

    try:
        client = Client(
            f"tcp://{address}" if address else _local_cluster(processes, opened),
            set_as_default=False,
            timeout=SECONDS_TO_CONNECT,
        )
    except OSError as error:
        message = f"No Dask scheduler answers at {address}. Maybe start one: dask scheduler"
        raise ProblemError(message) from error
    opened.callback(client.close)
    return client


def _local_cluster(processes: int, opened: ExitStack) -> Any:
    """Start a cluster that leaves the retries to us and opens no port beyond loopback."""
    import dask.config
    from distributed import LocalCluster

    folder = opened.enter_context(tempfile.TemporaryDirectory(prefix="staffing-dask-"))
    without = {"distributed.scheduler.allowed-failures": 0, "distributed.scheduler.http.routes": []}
    with dask.config.set(without):
        return opened.enter_context(
            LocalCluster(
                n_workers=processes,
                threads_per_worker=1,
                memory_limit=0,
                host="127.0.0.1",
                dashboard_address="127.0.0.1:0",
                scheduler_kwargs={"dashboard": False},
                local_directory=folder,
                silence_logs="CRITICAL",
            )
        )
