"""What is due when, in which period of the target it counts, and how much of it may be late."""

from __future__ import annotations

from staffing.domain.clock import Horizon
from staffing.domain.work import PastService, Queue
from staffing.requirement.service import DueProfile, due_instants, due_profile
from tests.queues import deferrable


def profile(queue: Queue) -> DueProfile:
    hours = len(queue.volume)
    return due_profile(Horizon(start=Horizon.of_week("2026-W49").start, intervals=hours), queue)


def test_the_calendar_clock_is_so_many_hours_after_the_interval():
    queue = deferrable(arrivals={0: 10, 1: 20, 5: 40}, hours=6, due_hours=2, opening=[(60, 5)])
    horizon = Horizon(start=Horizon.of_week("2026-W49").start, intervals=6)
    assert due_instants(horizon, queue) == (180, 240, 300, 360, 420, 480)
    found = profile(queue)
    # The end of hour 0: 5 of the backlog; of hour 2: 10; of hour 3: 20. The 40 are due after the horizon.
    assert found.falling_due_minutes == (5, 0, 10, 20, 0, 0)
    assert found.not_due_minutes == (10, 30, 20, 0, 0, 40)
    assert (found.due_minutes, found.total_minutes) == (35, 75)


def test_a_clock_that_stands_still_makes_work_due_together():
    queue = deferrable(arrivals={0: 10, 1: 20, 2: 30}, hours=5).changed(
        due=(180, 180, 240, 300, 360)
    )
    found = profile(queue)
    assert found.falling_due_minutes == (0, 0, 30, 30, 0)
    assert found.not_due_minutes == (10, 30, 30, 0, 0)


def test_what_is_due_together_counts_with_the_youngest():
    # A period begins with hour 1: the 10 of hour 0 are due with the 20 of hour 1, and count there.
    queue = deferrable(
        arrivals={0: 10, 1: 20, 2: 30}, hours=5, target=0.5, opening=[(60, 8), (-60, 9)]
    )
    queue = queue.changed(due=(180, 180, 240, 300, 360), period_starts=(1, 2))
    first, second, third = profile(queue).periods
    assert [(p.start, p.first, p.end, p.due_minutes) for p in (first, second, third)] == [
        (0, 0, 2, 8),
        (60, 2, 3, 30),
        (120, 3, 5, 30),
    ]
    assert [p.allowance_minutes for p in (first, second, third)] == [4, 15, 15]


def test_a_period_with_nothing_due_is_left_out():
    queue = deferrable(arrivals={0: 10, 4: 10}, hours=5, due_hours=1).changed(period_starts=(2, 4))
    assert [period.due_minutes for period in profile(queue).periods] == [10]
    assert profile(deferrable()).periods == ()


def test_a_past_is_part_of_the_first_period():
    # 10 % of 900 and 100 may be late: 100, of which 70 have been.
    past = PastService(work_minutes=900, missed_minutes=70)
    queue = deferrable(arrivals={0: 100}, due_hours=1, target=0.9).changed(past=past)
    (period,) = profile(queue).periods
    assert period.allowance_minutes == 30
    assert period.on_time_fraction(30) == 0.9
    worse = PastService(work_minutes=900, missed_minutes=200)
    (period,) = profile(queue.changed(past=worse)).periods
    assert (period.allowance_minutes, period.on_time_fraction(0)) == (0, 0.8)


def test_what_nobody_could_still_do_may_be_left():
    # 40 arrive while closed at the end; of the 60 before them, half may be left.
    queue = deferrable(arrivals={19: 60, 22: 40}, due_hours=12)
    assert profile(queue).closing_minutes == 50
    assert profile(queue.changed(closed=(21, 22, 23))).closing_minutes == 40 + 30
    assert profile(queue.changed(closed=tuple(range(24)))).closing_minutes == 100
