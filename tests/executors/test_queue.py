import pytest

from staffing.domain.errors import StaffingError
from staffing.executors.attempt import Failure, Result
from staffing.executors.queue import Queue, WorkerLostError

LOST = WorkerLostError("it is gone")


def test_tasks_begin_in_order_as_there_is_room():
    queue = Queue(4, width=2)
    assert list(queue.begin()) == [0, 1]
    queue.end(1, Result("b"))
    assert list(queue.begin()) == [2]
    queue.end(0, Result("a"))
    queue.end(2, Result("c"))
    assert list(queue.begin()) == [3]
    queue.end(3, Result("d"))
    assert not queue.is_open
    assert queue.results() == ["a", "b", "c", "d"]


def test_after_a_failure_nothing_begins_and_the_first_in_order_is_raised():
    queue = Queue(4, width=2)
    assert list(queue.begin()) == [0, 1]
    queue.end(1, Failure(ValueError("second")))
    assert list(queue.begin()) == []
    assert queue.is_open  # the task before it may fail too, and would have been first
    queue.end(0, Failure(ValueError("first")))
    with pytest.raises(ValueError, match="first"):
        queue.results()


def test_a_task_lost_after_a_failure_is_let_go():
    queue = Queue(3, width=2)
    assert list(queue.begin()) == [0, 1]
    queue.end(0, Failure(ValueError("first")))
    queue.lose(1, LOST)
    assert not queue.is_open


def test_the_third_try_is_alone():
    queue = Queue(4, width=2)
    for _ in range(2):
        assert list(queue.begin()) == [0, 1]
        queue.lose(0, LOST)
        queue.lose(1, LOST)
    assert list(queue.begin()) == [0]
    queue.end(0, Result("a"))
    assert list(queue.begin()) == [1]
    assert list(queue.begin()) == []
    queue.end(1, Result("b"))
    assert list(queue.begin()) == [2, 3]


def test_a_task_lost_three_times_is_named():
    queue = Queue(5, width=1)
    queue.end(next(queue.begin()), Result("a"))
    for _ in range(2):
        assert list(queue.begin()) == [1]
        queue.lose(1, LOST)
    assert list(queue.begin()) == [1]
    with pytest.raises(StaffingError, match=r"Task 2 of 5 was begun 3 times.*it is gone"):
        queue.lose(1, LOST)
