"""Targets that hold for each day, day by day: a table has room for the worst one only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from staffing.domain.build import Build
from staffing.domain.problem import Problem
from staffing.domain.work import Queue
from staffing.report.words import day


@dataclass(frozen=True)
class TargetDay:
    """A day of a daily target.

    Parameters
    ----------
    date
        Local day of the site whose opening hours the target has, else the UTC day.
    fraction
        Share of the day's work on time.
    is_met
        True if that is what the target asks for.
    """

    date: dt.date
    fraction: float
    is_met: bool

    @property
    def label(self) -> str:
        """``Mon 30 Nov``."""
        return day(self.date)


@dataclass(frozen=True)
class TargetDays:
    """A daily target with all its days in order."""

    queue: str
    target_fraction: float
    days: tuple[TargetDay, ...]


def planned_days(build: Build) -> Iterator[TargetDays]:
    """Yield the daily targets of a build, as planned: days on which nothing falls due are left out."""
    problem = build.problem
    queues = {queue.queue: queue for queue in problem.queues}
    for line in build.bill.service:
        queue = queues[line.queue]
        if is_daily(queue):
            zone = _zone(problem, queue)
            shares = [
                (problem.horizon.local_date(period.start, zone), period.expected_fraction)
                for period in line.periods
            ]
            yield _days(queue, shares)


def lived_days(problem: Problem, days: pd.DataFrame) -> Iterator[TargetDays]:
    """Yield the daily targets of a simulation, the mean of all weeks lived, by UTC day (``Simulated.days``)."""
    for queue in filter(is_daily, problem.queues):
        own = days[(days["queue"] == queue.queue) & days["mean"].notna()]
        yield _days(queue, list(zip(own["date"], own["mean"], strict=True)))


def is_daily(queue: Queue) -> bool:
    """Tell whether the target of a queue holds for each day."""
    return queue.workstream.period == "day"


def _days(queue: Queue, shares: list[tuple[dt.date, float]]) -> TargetDays:
    target = queue.workstream.target_fraction
    days = tuple(TargetDay(date, share, share >= target - 1e-9) for date, share in shares)
    return TargetDays(queue.queue, target, days)


def _zone(problem: Problem, queue: Queue) -> str:
    opening = queue.workstream.opening
    return problem.site_of[opening.site].time_zone if opening else "UTC"
