"""A Ray cluster: one of this machine's own, or one that is already there."""

from __future__ import annotations

import ipaddress
import logging
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any

from staffing.domain.errors import ProblemError
from staffing.executors.attempt import Outcome, attempt
from staffing.executors.base import R, T
from staffing.executors.pool import Pool
from staffing.executors.processes import cores
from staffing.executors.queue import WorkerLostError

KEPT_TO_ITSELF = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",  # in truth: on every system, loopback alone
}


class Ray(Pool[Any]):
    """Tasks on a Ray cluster; this package must be installed on its nodes, at the same version.

    A local cluster listens on loopback only, behind the token that Ray keeps in the home directory, has no dashboard,
    reports no usage, and ends with the executor. A process can be part of one Ray cluster at a time.

    Parameters
    ----------
    address
        ``host:port`` of a Ray client server; None starts a local cluster.
    workers
        Processes of a local cluster, by default as many as this process has cores. A remote one has what it has.

    Raises
    ------
    ProblemError
        If Ray is not installed.
    """

    tasks_a_worker = 2

    def __init__(self, address: str | None = None, workers: int | None = None) -> None:
        try:
            with _environment(KEPT_TO_ITSELF):
                import ray  # noqa: F401 - to say at once that it is missing; it reads the environment
        except ImportError as error:
            message = 'Ray is not installed. Maybe run: pip install "staffing[ray]"'
            raise ProblemError(message) from error
        self._address = address
        self._processes = workers or cores()
        self._task: Any = None
        self._to_close = ExitStack()

    @property
    def workers(self) -> int:
        """Processors of the cluster: a task takes one."""
        if self._address is None:
            return self._processes
        import ray

        self._connected()
        return max(1, int(ray.cluster_resources().get("CPU", 1)))

    def close(self) -> None:
        """Leave the cluster, and end it if it is our own."""
        self._to_close.close()
        self._task = None

    def _connected(self) -> Any:
        """Return `attempt` as a task of the cluster."""
        if self._task is None:
            import ray

            with ExitStack() as opened:
                _connect(self._address, self._processes, opened)
                opened.callback(ray.shutdown)
                self._task = ray.remote(max_retries=0)(attempt)
                self._to_close = opened.pop_all()
        return self._task

    def _submit(self, function: Callable[[T], R], item: T) -> Any:
        return self._connected().remote(function, item)

    def _finished(self, running: Mapping[Any, int]) -> Any:
        import ray

        return ray.wait(list(running))[0]

    def _outcome(self, handle: Any) -> Outcome:
        import ray
        from ray.exceptions import RayError, RayTaskError

        try:
            outcome: Outcome = ray.get(handle)
        except RayTaskError:
            raise
        except RayError as error:
            raise WorkerLostError(f"Ray: {error}") from error
        return outcome

    def _abandon(self, running: Mapping[Any, int]) -> None:
        import ray

        for handle in running:
            ray.cancel(handle, force=True)


def _connect(address: str | None, processes: int, opened: ExitStack) -> None:
    """Join a cluster, made for it where there is none; ``opened`` learns what is to be removed again."""
    import ray

    quiet = {"log_to_driver": False, "logging_level": logging.ERROR}
    if address is None:
        _check_loopback()
        folder = opened.enter_context(tempfile.TemporaryDirectory(prefix="staffing-ray-"))
        with _environment(KEPT_TO_ITSELF):
            ray.init(
                "local", num_cpus=processes, include_dashboard=False, _temp_dir=folder, **quiet
            )
        return
    try:
        ray.init(f"ray://{address}", **quiet)
    except ConnectionError as error:
        message = (
            f"No Ray client server lets us in at {address}. Maybe start one: ray start --head; "
            "where it asks for a token, set RAY_AUTH_MODE=token here."
        )
        raise ProblemError(message) from error


def _check_loopback() -> None:
    """Refuse to start where Ray would listen to the network: it was imported before it was told not to."""
    from ray.util import get_node_ip_address

    if not ipaddress.ip_address(get_node_ip_address()).is_loopback:
        kept = " ".join(f"{name}={value}" for name, value in KEPT_TO_ITSELF.items())
        raise ProblemError(
            "A local Ray cluster would be open to the network, as Ray was imported before this executor was made. "
            f"Maybe make it first, or set {kept}."
        )


@contextmanager
def _environment(variables: dict[str, str]) -> Iterator[None]:
    """Set environment variables within."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
