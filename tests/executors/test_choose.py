import sys

import pytest

from staffing.domain.errors import ProblemError
from staffing.executors.auto import Auto
from staffing.executors.choose import executor_of
from staffing.executors.dask import Dask
from staffing.executors.processes import Processes, cores
from staffing.executors.ray import Ray
from staffing.executors.serial import Serial
from tests.executors.conftest import skip_without


@pytest.mark.parametrize(
    ("text", "kind", "workers"),
    [
        ("auto", Auto, cores()),
        ("serial", Serial, 1),
        ("processes", Processes, cores()),
        ("processes:4", Processes, 4),
        ("dask", Dask, cores()),
        ("dask:3", Dask, 3),
        ("ray", Ray, cores()),
        ("ray:3", Ray, 3),
    ],
)
def test_names(text, kind, workers):
    skip_without(text)
    with executor_of(text) as made:
        assert type(made) is kind
        assert made.workers == workers


@pytest.mark.parametrize(
    ("text", "kind"), [("dask://host:8786", Dask), ("ray://10.0.0.1:10001", Ray)]
)
def test_addresses_are_not_called_before_the_first_task(text, kind):
    skip_without(text)
    with executor_of(text) as made:
        assert type(made) is kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "proceses",
        "serial:2",
        "auto:2",
        "processes:0",
        "processes://host:1",
        "dask://host",
        "dask:",
    ],
)
def test_what_is_none_is_refused_with_all_there_are(text):
    with pytest.raises(ProblemError, match=r"no executor\..* Known: auto, serial, processes,"):
        executor_of(text)


def test_a_slip_of_the_pen():
    with pytest.raises(ProblemError, match="Did you mean 'processes'"):
        executor_of("proceses:2")


@pytest.mark.parametrize(("name", "library"), [("dask", "distributed"), ("ray", "ray")])
def test_a_missing_extra_is_named(name, library, monkeypatch):
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ProblemError, match=rf'pip install "staffing\[{name}\]"'):
        executor_of(name)


def test_ray_never_listens_to_the_network(monkeypatch):
    skip_without("ray")
    with executor_of("ray:1") as made:
        monkeypatch.setattr("ray.util.get_node_ip_address", lambda: "192.0.2.7")
        with pytest.raises(ProblemError, match="open to the network"):
            made.map(abs, [1])


def test_no_scheduler_at_an_address(monkeypatch):
    monkeypatch.setattr("staffing.executors.dask.SECONDS_TO_CONNECT", 0.2)
    with executor_of("dask://127.0.0.1:9") as made, pytest.raises(ProblemError, match="No Dask"):
        made.map(abs, [1])
