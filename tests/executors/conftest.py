"""One executor of each kind for a module: clusters take seconds to start, and are not left to stand in the way."""

from __future__ import annotations

import importlib.util
import ipaddress

import psutil
import pytest

from staffing.executors.choose import executor_of

KINDS = ("serial", "processes:2", "dask:2", "ray:2")
LIBRARIES = {"dask": "distributed", "ray": "ray"}


def listening() -> set[tuple[str, int]]:
    """Addresses on which this process and those below it wait for connections."""
    here = psutil.Process()
    found = set()
    for process in (here, *here.children(recursive=True)):
        try:
            connections = process.net_connections("tcp")
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
        found |= {
            tuple(connection.laddr) for connection in connections if connection.status == "LISTEN"
        }
    return found


def is_loopback(address: str) -> bool:
    known = ipaddress.ip_address(address)
    return (getattr(known, "ipv4_mapped", None) or known).is_loopback


def skip_without(text: str) -> None:
    """Skip where the library of an executor is not installed: Ray has no wheels for every platform."""
    library = LIBRARIES.get(text.partition(":")[0])
    if library and importlib.util.find_spec(library) is None:  # not imported: Ray looks around then
        pytest.skip(f"{library} is not installed")


@pytest.fixture(scope="module", params=KINDS)
def executor(request):
    """An executor, and proof that nothing of it is left: no port, no process."""
    skip_without(request.param)
    ports, children = listening(), set(psutil.Process().children(recursive=True))
    with executor_of(request.param) as made:
        yield made
        opened = listening() - ports
    left = set(psutil.Process().children(recursive=True)) - children
    assert {address for address, _ in opened if not is_loopback(address)} == set()
    assert listening() - ports == set()
    assert {
        child.name() for child in left if "resource_tracker" not in " ".join(child.cmdline())
    } == set()
