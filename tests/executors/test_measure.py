"""What a run takes."""

from __future__ import annotations

from staffing.domain.result import Progress
from staffing.executors.measure import Steps, peak_rss_bytes


def test_steps_are_told_as_they_begin_and_add_up():
    told: list[Progress] = []
    steps = Steps(told.append)
    with steps.timed("forecast"):
        assert steps.seconds == {}
    with steps.timed("solve"):
        assert [point.phase for point in told] == ["forecast", "solve"]
    assert list(steps.seconds) == ["forecast", "solve"]
    assert told[1].seconds == round(steps.seconds["forecast"], 2)


def test_steps_without_a_listener_are_kept_all_the_same():
    steps = Steps(None)
    with steps.timed("audit"):
        pass
    assert list(steps.seconds) == ["audit"]


def test_the_most_memory_does_not_fall():
    before = peak_rss_bytes()
    assert 0 <= before <= peak_rss_bytes()
