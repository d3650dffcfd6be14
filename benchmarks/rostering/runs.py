"""Days in a row as instances limit them: at least and at most, of work, of a shift type, or off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import ClassVar

from benchmarks.rostering.rules import DAY, InstanceRule
from staffing.domain.base import Frozen
from staffing.domain.problem import Problem
from staffing.domain.result import Violation
from staffing.domain.roster import Roster
from staffing.domain.shifts import Duty
from staffing.model.forms import Choices, Run


class RunLimits(Frozen):
    """Shortest and longest run in days; None: as long as you like."""

    at_least: int = 0
    limit: int | None = None


class Runs(InstanceRule):
    """Lengths of the runs of days with a duty of some shift types, or without any duty.

    What the carry-in had before the horizon counts for the run that touches its start, and what it alone had too much
    does not. A run that touches the end may go on.

    Parameters
    ----------
    limits
        By agent.
    shifts
        Shift types that make a day count.
    is_off
        Days without such a duty count instead.
    open_start
        Nothing is known of the time before the horizon: a run that touches its start is never too short.
    last
        Last day that is looked at, that of the horizon where nothing is said; a run that touches it may go on.
    """

    kind: ClassVar[str] = "runs"
    says: ClassVar[str] = "days in a row"
    unit: ClassVar[str] = "days beyond or short"

    limits: Mapping[str, RunLimits]
    shifts: frozenset[str]
    is_off: bool = False
    open_start: bool = False
    last: dt.date | None = None

    def forms(self, problem: Problem, choices: Choices) -> Iterable[Run]:
        """One run over the planned days, led by those before it that join on to them."""
        known = _days_before(
            choices.carried, self.shifts, problem.horizon.first_date, is_off=self.is_off
        )
        first = problem.horizon.first_date - known * DAY
        yield Run(
            days=tuple(
                tuple(
                    position
                    for position in choices.by_date.get(first + day * DAY, ())
                    if choices.duties[position].template in self.shifts
                )
                for day in range(known + len(self._dates(problem)))
            ),
            free=self.is_off,
            open_start=self.open_start,
            **self.limits[choices.agent.agent_id].model_dump(),
            **self.form_fields(problem),
        )

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        """Walk along every run of days that count, by the date of its last day."""
        for agent in problem.agents:
            limits = self.limits[agent.agent_id]
            carried, planned = problem.carry_in.of(agent.agent_id), roster.of(agent.agent_id)
            worked = {d.date for d in (*carried, *planned) if d.template in self.shifts}
            for run in self._runs(problem, carried, worked):
                new = [date for date in run if date >= problem.horizon.first_date]
                days = (run[0], run[-1])
                if limits.limit is not None and len(run) > limits.limit and new:
                    over = min(len(run) - limits.limit, len(new))
                    yield self.broken(problem, agent.agent_id, days, (len(run), limits.limit), over)
                may_be_longer = run[-1] == self._dates(problem)[-1] or (
                    self.open_start and run[0] == problem.horizon.first_date
                )
                if not may_be_longer and len(run) < limits.at_least:
                    short = limits.at_least - len(run)
                    found = (len(run), limits.at_least)
                    yield self.broken(problem, agent.agent_id, days, found, short)

    def _dates(self, problem: Problem) -> tuple[dt.date, ...]:
        """Return the days of the horizon that are looked at."""
        dates = problem.horizon.dates
        return dates if self.last is None else tuple(day for day in dates if day <= self.last)

    def _runs(
        self, problem: Problem, carried: tuple[Duty, ...], worked: set[dt.date]
    ) -> Iterator[list[dt.date]]:
        """Yield the maximal runs that reach the day before the horizon or lie in it."""
        before = _days_before(carried, self.shifts, problem.horizon.first_date, is_off=self.is_off)
        dates = [problem.horizon.first_date - back * DAY for back in range(before, 0, -1)]
        dates += self._dates(problem)
        for counts, run in groupby(dates, key=lambda date: (date in worked) != self.is_off):
            if counts:
                yield list(run)


def _days_before(
    carried: tuple[Duty, ...], shifts: frozenset[str], first: dt.date, *, is_off: bool
) -> int:
    """Return the length of the run that ends on the day before the horizon; days off begin after a duty carried in."""
    worked = {duty.date for duty in carried if duty.template in shifts}
    if is_off:
        return (first - max(worked)).days - 1 if worked else 0
    known = 0
    while first - (known + 1) * DAY in worked:
        known += 1
    return known
