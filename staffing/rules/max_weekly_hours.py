"""max_weekly_hours: hours in a week, and on average over a reference period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import ClassVar, Literal

from pydantic import Field

from staffing.domain.objective import Level, Tier
from staffing.domain.people import Agent
from staffing.domain.problem import Problem
from staffing.domain.result import Violation
from staffing.domain.roster import Roster
from staffing.model.forms import Choices, Total
from staffing.rules.base import Rule

WEEK = dt.timedelta(days=7)


class MaxWeeklyHours(Rule):
    """Paid minutes by local start date: at most ``week_minutes`` an ISO week, ``average_minutes`` on average.

    The average runs over ``reference_weeks``, the planned week the last of them. A past week in which the carry-in
    shows no duty of the agent (leave, or older than the carry-in) counts with the contract hours, which keeps leave
    neutral (art. 16 (b)). Hours that the carry-in alone has beyond a limit are inherited.
    """

    kind: ClassVar[str] = "max_weekly_hours"
    says: ClassVar[str] = (
        "hours per week, and the average over a reference period that reads the history"
    )
    source: ClassVar[str] = "EU 2003/88 art. 6 and 16; UK 17-week reference"
    tier: ClassVar[Tier] = Tier.BURNOUT
    unit: ClassVar[str] = "minutes over the limit"
    levels: ClassVar[tuple[Level, ...]] = (Level.MUST, Level.SHOULD)

    level: Literal[Level.MUST, Level.SHOULD] = Level.MUST
    week_minutes: int = Field(default=3600, gt=0)
    average_minutes: int = Field(default=2880, gt=0)
    reference_weeks: int = Field(default=17, ge=2, le=52)

    def forms(self, problem: Problem, choices: Choices) -> Iterable[Total]:
        """Yield two sums for every planned ISO week: of the week, and of the reference period that ends with it."""
        limits = ((1, self.week_minutes), (self.reference_weeks, self._reference_minutes))
        known = {_monday(duty.date) for duty in choices.carried}
        first, last = _monday(problem.horizon.dates[0]), _monday(problem.horizon.dates[-1])
        for planned in range((last - first).days // 7 + 1):
            for weeks, upper in limits:
                end = first + (planned + 1) * WEEK
                mondays = [end - back * WEEK for back in range(1, weeks + 1)]
                unknown = sum(monday < first and monday not in known for monday in mondays)
                groups = tuple(
                    ((position,), choices.duties[position].paid_minutes)
                    for date, positions in choices.by_date.items()
                    if mondays[-1] <= date < end
                    for position in positions
                )
                yield Total(
                    groups=groups,
                    constant=unknown * choices.agent.weekly_minutes,
                    upper=upper,
                    **self.form_fields(problem),
                )

    @property
    def _reference_minutes(self) -> int:
        return self.reference_weeks * self.average_minutes

    def check(self, problem: Problem, roster: Roster) -> Iterable[Violation]:
        """Add up the hours week by week, then over the weeks of the reference period."""
        for agent in problem.agents:
            carried, planned = self._by_week(problem, roster, agent)
            for monday in sorted({_monday(date) for date in problem.horizon.dates}):
                for weeks, limit in (
                    (1, self.week_minutes),
                    (self.reference_weeks, self._reference_minutes),
                ):
                    period = [monday - back * WEEK for back in range(weeks)]
                    had = sum(carried.get(week, 0) for week in period)
                    total = had + sum(planned.get(week, 0) for week in period)
                    if total <= limit:
                        continue
                    new = total - max(had, limit)
                    zone = problem.site_of[agent.site].time_zone
                    yield self.violation(
                        problem,
                        agent_id=agent.agent_id,
                        start=problem.horizon.day_bounds(period[-1], zone)[0],
                        end=problem.horizon.day_bounds(monday + WEEK, zone)[0],
                        measured=total / weeks,
                        limit=limit / weeks,
                        amount=new or total - limit,
                        inherited=new == 0,
                    )

    def _by_week(
        self, problem: Problem, roster: Roster, agent: Agent
    ) -> tuple[dict[dt.date, int], dict[dt.date, int]]:
        """Return carried and planned minutes of an agent by Monday; unknown past weeks hold the contract hours."""
        carried: dict[dt.date, int] = {}
        planned: dict[dt.date, int] = {}
        for duty, is_carried in problem.timeline(roster, agent.agent_id):
            minutes = carried if is_carried else planned
            week = _monday(duty.date)
            minutes[week] = minutes.get(week, 0) + duty.paid_minutes
        for back in range(1, self.reference_weeks):
            week = _monday(problem.horizon.dates[0]) - back * WEEK
            carried.setdefault(week, agent.weekly_minutes)
        return carried, planned

    def explain(self, problem: Problem, violation: Violation) -> str:
        """Name the agent, the period and the hours."""
        weeks = round((violation.end - violation.start) / (7 * 24 * 60))
        what = "in the week" if weeks == 1 else f"a week on average over the {weeks} weeks"
        return (
            f"{self._who(problem, violation)} works {violation.measured / 60:.1f} h {what} from "
            f"{self._when(problem, violation.agent_id, violation.start)} to "
            f"{self._when(problem, violation.agent_id, violation.end)}; "
            f"{violation.limit / 60:.0f} h are the limit ({self.source})."
        )


def _monday(date: dt.date) -> dt.date:
    """Return the Monday of the ISO week of a date."""
    return date - dt.timedelta(days=date.weekday())
