"""Made-up times: shift types without a start get a slot of the day each, so that a cover is about one interval."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from benchmarks.rostering.instance import Grid
from staffing.domain.clock import DAY_MINUTES, GRIDS, Horizon
from staffing.domain.people import Site
from staffing.domain.problem import Problem
from staffing.domain.roster import Roster
from staffing.domain.shifts import Duty, ShiftTemplate, duty_on

MONDAY = dt.date(2024, 1, 1)
"""Day 0 of every instance."""
WEEK = "2024-W01"
SITE = Site(site="ward", region="ALL", time_zone="UTC", country="GB")


@dataclass(frozen=True)
class Slots:
    """A horizon in which the k-th shift type of a day fills the k-th interval of that day.

    Parameters
    ----------
    days
        Length of the horizon.
    shifts
        Shift types; intervals are as wide as leaves room for all of them in a day.
    """

    days: int
    shifts: tuple[str, ...]

    @cached_property
    def interval_minutes(self) -> int:
        """Width of a slot."""
        return max(width for width in GRIDS if width * len(self.shifts) <= DAY_MINUTES)

    @cached_property
    def horizon(self) -> Horizon:
        """The horizon, from a Monday on, in UTC."""
        return Horizon(
            start=dt.datetime.combine(MONDAY, dt.time(), dt.UTC),
            interval_minutes=self.interval_minutes,
            intervals=self.days * self._slots_a_day,
        )

    @cached_property
    def templates(self) -> tuple[ShiftTemplate, ...]:
        """One template a shift type, named like it."""
        width = self.interval_minutes
        return tuple(
            ShiftTemplate(template=shift, start=_clock(k * width), end=_clock((k + 1) * width))
            for k, shift in enumerate(self.shifts)
        )

    def interval(self, day: int, shift: str) -> int:
        """Return the interval that a shift type fills on a day."""
        return day * self._slots_a_day + self.shifts.index(shift)

    def duty(self, day: int, shift: str) -> Duty:
        """Return the duty of a shift type on a day; days before 0 lie before the horizon."""
        return duty_on(self.horizon, SITE, self.templates[self.shifts.index(shift)], date_of(day))

    def roster(self, grid: Grid) -> Roster:
        """Return the roster of a grid whose first column is day 0."""
        return Roster(
            duties={
                person: tuple(
                    self.duty(day, shift) for day, shift in enumerate(days) if shift is not None
                )
                for person, days in grid.items()
            }
        )

    def grid(self, problem: Problem, roster: Roster) -> dict[str, tuple[str | None, ...]]:
        """Return the shift of every agent on every day of the horizon."""
        return {
            agent.agent_id: self._days({d.date: d.template for d in roster.of(agent.agent_id)})
            for agent in problem.agents
        }

    def _days(self, held: Mapping[dt.date, str]) -> tuple[str | None, ...]:
        return tuple(held.get(date_of(day)) for day in range(self.days))

    @cached_property
    def _slots_a_day(self) -> int:
        return DAY_MINUTES // self.interval_minutes


def date_of(day: int) -> dt.date:
    """Return the date of a day of the horizon."""
    return MONDAY + dt.timedelta(days=day)


def _clock(minute: int) -> dt.time:
    return dt.time(minute // 60 % 24, minute % 60)
