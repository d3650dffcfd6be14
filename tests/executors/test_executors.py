"""What holds for every executor."""

from __future__ import annotations

import pytest

from staffing.domain.errors import InputError, StaffingError
from tests.executors.tasks import (
    failing_from_two,
    killed_at_first,
    slow_at_first,
    square,
    unportable,
)


def test_results_come_in_the_order_of_the_items(executor):
    assert executor.map(slow_at_first, range(5)) == [0, 1, 2, 3, 4]


def test_more_tasks_than_workers(executor):
    assert executor.map(square, range(50)) == [number**2 for number in range(50)]


def test_no_items(executor):
    assert executor.map(square, []) == []


def test_the_error_of_the_first_failing_task_arrives_as_itself(executor):
    with pytest.raises(InputError) as caught:
        executor.map(failing_from_two, range(8))
    assert str(caught.value) == "cases.csv: cannot do 2."
    assert caught.value.faults[0].file == "cases.csv"


def test_after_an_error_the_executor_goes_on(executor):
    with pytest.raises(InputError):
        executor.map(failing_from_two, range(8))
    assert executor.map(square, [3]) == [9]


def test_an_error_that_cannot_travel_arrives_in_words(executor):
    with pytest.raises((StaffingError, ValueError), match="a thing that no pickle takes"):
        executor.map(unportable, range(2))


def test_a_task_whose_worker_is_killed_is_done_again(executor, tmp_path):
    if executor.workers == 1:
        pytest.skip("the only worker is this process")
    tasks = [(number, tmp_path / "killed") for number in range(6)]
    assert executor.map(killed_at_first, tasks) == list(range(6))
    assert (tmp_path / "killed").exists()
