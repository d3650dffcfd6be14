"""isolated_days: single working days and single days off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import ClassVar, Literal

from pydantic import Field

from staffing.domain.objective import Level, Tier
from staffing.domain.problem import Problem
from staffing.domain.result import Violation
from staffing.domain.roster import Roster
from staffing.model.forms import Choices, Run
from staffing.rules.base import Rule

DAY = dt.timedelta(days=1)
WORKING, OFF = "working days missing", "days off missing"


class IsolatedDays(Rule):
    """Working days come ``days_on_at_least`` in a row, days off ``days_off_at_least``; each day missing counts 1.

    A working day is a local date on which a duty starts, every other date is a day off, leave included; 1 switches a
    side off. A run counts in the week in which it ends, with its days before the week: one that goes on at the end
    of the week may yet be long enough. What lies before the first duty carried in is not known, without any carried
    duty what lies before the week: a run that reaches back to there is long enough.
    """

    kind: ClassVar[str] = "isolated_days"
    says: ClassVar[str] = "single working days, single days off"
    source: ClassVar[str] = "practice"
    tier: ClassVar[Tier] = Tier.BURNOUT
    unit: ClassVar[str] = "days missing"
    levels: ClassVar[tuple[Level, ...]] = (Level.SHOULD,)
    by_default: ClassVar[bool] = False

    level: Literal[Level.SHOULD] = Level.SHOULD
    weight: int = Field(default=30, ge=0)
    days_on_at_least: int = Field(default=2, ge=1, le=7)
    days_off_at_least: int = Field(default=2, ge=1, le=7)

    def forms(self, problem: Problem, choices: Choices) -> Iterable[Run]:
        """One run of work and one of days off, each led by the days that join on to the week."""
        first, last = problem.horizon.dates[0], problem.horizon.dates[-1]
        carried = {duty.date for duty in choices.carried}
        on_since, off_since = first, max(carried, default=first - DAY) + DAY
        while on_since - DAY in carried:
            on_since -= DAY
        work = (on_since, self.days_on_at_least, False, min(carried, default=first) == on_since)
        off = (off_since, self.days_off_at_least, True, not carried)
        for since, at_least, free, open_start in (work, off):
            if at_least > 1:
                yield Run(
                    days=tuple(choices.by_date.get(date, ()) for date in _dates(since, last)),
                    at_least=at_least,
                    free=free,
                    open_start=open_start,
                    **self.form_fields(problem),
                )

    def check(self, problem: Problem, roster: Roster) -> Iterable[Violation]:
        """Cut all known days into runs of work and runs of days off, and measure those with both ends in sight."""
        first, last = problem.horizon.dates[0], problem.horizon.dates[-1]
        for agent in problem.agents:
            zone = problem.site_of[agent.site].time_zone
            worked = {duty.date for duty, _ in problem.timeline(roster, agent.agent_id)}
            known = min((duty.date for duty in problem.carry_in.of(agent.agent_id)), default=first)
            for is_on, days in groupby(_dates(known, last), key=worked.__contains__):
                run = list(days)
                at_least = self.days_on_at_least if is_on else self.days_off_at_least
                if run[0] > known and run[-1] < last and len(run) < at_least:
                    yield self.violation(
                        problem,
                        agent_id=agent.agent_id,
                        start=problem.horizon.day_bounds(run[0], zone)[0],
                        end=problem.horizon.day_bounds(run[-1], zone)[1],
                        measured=len(run),
                        limit=at_least,
                        amount=at_least - len(run),
                        inherited=run[-1] + DAY < first,
                        unit=WORKING if is_on else OFF,
                    )

    def explain(self, problem: Problem, violation: Violation) -> str:
        """Name the agent, the days and how many in a row are asked for."""
        what = "working day" if violation.unit == WORKING else "day off"
        several = "working days" if violation.unit == WORKING else "days off"
        return (
            f"{self._who(problem, violation)} has only {violation.measured:.0f} "
            f"{what if violation.measured == 1 else several} in a row, from "
            f"{self._when(problem, violation.agent_id, violation.start)} to "
            f"{self._when(problem, violation.agent_id, violation.end)}; "
            f"{violation.limit:.0f} {several} in a row are asked for ({self.source})."
        )


def _dates(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Yield the dates from first to last."""
    for day in range((last - first).days + 1):
        yield first + day * DAY
