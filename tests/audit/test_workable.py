"""When late work could have been done, by the opening hours of its site."""

from __future__ import annotations

import datetime as dt

from staffing.audit.workable import Workable, workable
from staffing.domain.clock import UTC, Horizon
from staffing.domain.work import Queue
from tests.queues import deferrable

DAY = Horizon(start=dt.datetime(2026, 11, 30, tzinfo=UTC), intervals=24)
NIGHT = (*range(8), *range(18, 24))
"""Closed but from 08:00 to 18:00."""


def mail(*, closed: tuple[int, ...] = NIGHT, **more: object) -> Queue:
    return deferrable(**more).changed(closed=closed)


def test_without_opening_hours_it_is_the_stretch():
    found = workable(DAY, mail(closed=(), arrivals={16: 60}), 20, 21)
    assert found == Workable(span=(1200, 1320), closed=0, intervals=2)


def test_what_falls_due_at_night_had_to_be_done_before():
    # Comes from 16:00 to 17:00, is due by 21:00; the site closes at 18:00.
    found = workable(DAY, mail(arrivals={16: 60}), 20, 20)
    assert found == Workable(span=(960, 1080), closed=1, intervals=1)
    assert found.is_before


def test_what_comes_and_falls_due_at_night_cannot_be_done():
    found = workable(DAY, mail(arrivals={19: 60}, due_hours=2), 21, 21)
    assert found.span is None
    assert not found.is_before


def test_backlog_could_be_done_from_the_start():
    # Due by 20:00: 08:00 to 18:00 were open.
    found = workable(DAY, mail(opening=[(1200, 60)]), 19, 19)
    assert found.span == (480, 1080)


def test_only_the_last_opening_before_it_counts():
    # Closed over noon: what comes at 10:00 and is due by 20:00 could be done until 18:00.
    found = workable(DAY, mail(closed=(*NIGHT, 12), arrivals={10: 60}, due_hours=9), 19, 19)
    assert found.span == (780, 1080)


def test_of_a_stretch_that_is_partly_closed_the_open_hours():
    found = workable(DAY, mail(arrivals={4: 60, 5: 60}, due_hours=3), 6, 8)
    assert found == Workable(span=(480, 540), closed=2, intervals=3)
    assert not found.is_before
