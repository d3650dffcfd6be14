from __future__ import annotations

import time

import pytest
from pydantic import ValidationError

from staffing.solvers.budget import Budget, Watch


@pytest.mark.parametrize(
    "wrong",
    [
        {"seconds": -1},
        {"seconds": float("nan")},
        {"seconds": float("inf")},
        {"seed": -1},
        {"seed": 2**31},
        {"workers": 0},
    ],
)
def test_impossible_budgets_are_refused(wrong):
    with pytest.raises(ValidationError):
        Budget(**wrong)


def test_no_seconds_are_a_budget():
    assert Budget(seconds=0).seconds == 0


def test_a_watch_never_shows_less_than_nothing_left():
    watch = Watch(0)
    assert watch.left == 0
    assert watch.spent >= 0
    assert Watch(1000).left > 0


def test_a_paused_watch_stands_still():
    now = [100.0]
    watch = Watch(10, lambda: now[0])
    now[0] = 102.0
    with watch.paused():
        now[0] = 150.0
    now[0] = 151.0
    # 2 s before the pause and 1 s after it.
    assert (watch.spent, watch.left) == (3.0, 7.0)


def test_processor_time_does_not_go_on_while_nothing_is_done():
    wall = Budget(seconds=10).watch()
    busy = Budget(seconds=10, clock="processor").watch()
    time.sleep(0.5)
    assert wall.spent >= 0.5
    assert busy.spent < 0.25
