from __future__ import annotations

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


@pytest.mark.parametrize(
    ("clock", "source"), [("wall", "monotonic"), ("processor", "process_time")]
)
def test_the_seconds_of_a_budget_are_of_its_clock(monkeypatch, clock, source):
    now = [100.0]
    monkeypatch.setattr(f"staffing.solvers.budget.time.{source}", lambda: now[0])
    watch = Budget(seconds=10, clock=clock).watch()
    now[0] = 104.0
    assert (watch.spent, watch.left, watch.part) == (4.0, 6.0, 0.4)
