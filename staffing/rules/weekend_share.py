"""weekend_share: weekends worked, and whole weekends off."""

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

DAY = dt.timedelta(days=1)
WEEK = dt.timedelta(days=7)
SATURDAY = 5


class WeekendShare(Rule):
    """At most ``max_weekends`` of ``reference_weekends`` worked, and both days of a weekend or none.

    A weekend is Saturday and Sunday and is worked when a duty starts on either, by local date. Each planned weekend is
    judged with those before it; what is older than the carry-in counts as free. One weekend too many counts 1, and a
    weekend with exactly one day worked counts 1.
    """

    kind: ClassVar[str] = "weekend_share"
    says: ClassVar[str] = "weekends worked, whole weekends off"
    source: ClassVar[str] = "practice; DE: 15 free Sundays a year"
    tier: ClassVar[Tier] = Tier.FAIRNESS
    unit: ClassVar[str] = "weekends"
    levels: ClassVar[tuple[Level, ...]] = (Level.SHOULD, Level.MUST)

    level: Literal[Level.SHOULD, Level.MUST] = Level.SHOULD
    weight: int = Field(default=60, ge=0)
    max_weekends: int = Field(default=2, ge=0)
    reference_weekends: int = Field(default=4, ge=1, le=26)

    def forms(self, problem: Problem, choices: Choices) -> Iterable[Total]:
        """Count each weekend with those before it, and *any day* twice less *each day*: 1 for a half weekend."""
        fields = self.form_fields(problem)
        for saturday in _saturdays(problem):
            days = [
                (choices.by_date.get(day, ()), choices.by_date.get(day + DAY, ()))
                for day in (saturday - back * WEEK for back in range(self.reference_weekends))
            ]
            share = tuple((sat + sun, 1) for sat, sun in days if sat + sun)
            yield Total(groups=share, upper=self.max_weekends, **fields)
            sat, sun = days[0]
            yield Total(groups=((sat + sun, 2), (sat, -1), (sun, -1)), upper=0, **fields)

    def check(self, problem: Problem, roster: Roster) -> Iterable[Violation]:
        """Look at each planned weekend, and at the weekends before it."""
        for agent in problem.agents:
            timeline = problem.timeline(roster, agent.agent_id)
            worked = {duty.date for duty, _ in timeline}
            carried = {duty.date for duty, is_carried in timeline if is_carried}
            for saturday in _saturdays(problem):
                period = [saturday - back * WEEK for back in range(self.reference_weekends)]
                count, had = (
                    sum(not {day, day + DAY}.isdisjoint(dates) for day in period)
                    for dates in (worked, carried)
                )
                new = count - max(had, self.max_weekends)
                if count > self.max_weekends:
                    yield self._broken(
                        problem,
                        agent,
                        (period[-1], saturday),
                        (count, self.max_weekends),
                        new if new > 0 else count - self.max_weekends,
                        inherited=new <= 0,
                    )
                on_duty = {saturday, saturday + DAY} & worked
                if len(on_duty) == 1:
                    yield self._broken(
                        problem,
                        agent,
                        (saturday, saturday),
                        (1, 0),
                        1,
                        inherited=on_duty <= carried,
                    )

    def _broken(
        self,
        problem: Problem,
        agent: Agent,
        saturdays: tuple[dt.date, dt.date],
        found: tuple[int, int],
        amount: int,
        *,
        inherited: bool,
    ) -> Violation:
        """Build a violation from the first to the last weekend; ``found`` is (measured, limit)."""
        zone = problem.site_of[agent.site].time_zone
        return self.violation(
            problem,
            agent_id=agent.agent_id,
            start=problem.horizon.day_bounds(saturdays[0], zone)[0],
            end=problem.horizon.day_bounds(saturdays[1] + DAY, zone)[1],
            measured=found[0],
            limit=found[1],
            amount=amount,
            inherited=inherited,
        )

    def explain(self, problem: Problem, violation: Violation) -> str:
        """Name the agent and either the half weekend or the count."""
        start = self._when(problem, violation.agent_id, violation.start)
        end = self._when(problem, violation.agent_id, violation.end)
        if violation.end - violation.start < 3 * 24 * 60:
            what = "works one day of the weekend"
            asked = "both days or none are asked for"
        else:
            what = f"works {violation.measured:.0f} weekends"
            asked = f"{self.max_weekends} of {self.reference_weekends} are the limit"
        return f"{self._who(problem, violation)} {what} from {start} to {end}; {asked} ({self.source})."


def _saturdays(problem: Problem) -> list[dt.date]:
    """Return the planned Saturdays."""
    return [date for date in problem.horizon.dates if date.weekday() == SATURDAY]
