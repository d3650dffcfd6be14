from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from staffing.domain.errors import StaffingError
from staffing.executors.processes import Processes
from tests.executors.tasks import killed_always, process, square

SLEEPERS = """
from pathlib import Path
from staffing.executors.processes import Processes
from tests.executors.tasks import tell_and_sleep

if __name__ == "__main__":
    with Processes(2) as executor:
        executor.map(tell_and_sleep, [Path({folder!r})] * 4)
"""


def test_tasks_run_in_other_processes_which_stay_for_the_next_call():
    with Processes(1) as executor:
        first, second = (executor.map(process, [0, 1]) for _ in range(2))
    assert len({*first, *second}) == 1
    assert os.getpid() not in first


def test_closed_it_starts_anew():
    with Processes(1) as executor:
        assert executor.map(square, [2]) == [4]
        executor.close()
        assert executor.map(square, [3]) == [9]


def test_a_task_that_always_kills_its_worker_is_named():
    with Processes(2) as executor, pytest.raises(StaffingError, match="Task 4 of 6 was begun 3"):
        executor.map(killed_always, range(6))


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGKILL])
def test_workers_end_with_the_process_that_started_them(tmp_path, blow):
    script = tmp_path / "sleepers.py"
    script.write_text(SLEEPERS.format(folder=str(tmp_path)), encoding="utf-8")
    ended = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    parent = subprocess.Popen(
        [sys.executable, str(script)], env=os.environ | ended, stderr=subprocess.PIPE, text=True
    )
    while len(pids := [int(path.stem) for path in tmp_path.glob("*.pid")]) < 2:
        assert parent.poll() is None
        time.sleep(0.01)
    parent.send_signal(blow)
    _, errors = parent.communicate()
    assert parent.returncode == -blow
    assert errors.count("Traceback") == (1 if blow == signal.SIGINT else 0)
    for pid in pids:
        try:
            psutil.Process(pid).wait(timeout=30)
        except psutil.NoSuchProcess:
            continue
