import os

import pytest

from staffing.executors.auto import Auto
from tests.executors.tasks import process


@pytest.mark.parametrize(("tasks", "here"), [(2, True), (3, False)])
def test_processes_are_for_many_tasks(tasks, here, monkeypatch):
    monkeypatch.setattr("staffing.executors.processes.cores", lambda: 2)
    with Auto(many=3) as executor:
        assert (set(executor.map(process, range(tasks))) == {os.getpid()}) is here


def test_one_core_needs_no_processes(monkeypatch):
    monkeypatch.setattr("staffing.executors.processes.cores", lambda: 1)
    with Auto(many=1) as executor:
        assert executor.map(process, [0, 1]) == [os.getpid()] * 2
