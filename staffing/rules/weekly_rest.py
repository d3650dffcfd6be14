"""weekly_rest: one long unbroken rest in every seven days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from staffing.domain.objective import Level, Tier
from staffing.domain.people import Agent
from staffing.domain.problem import Problem
from staffing.domain.result import Violation
from staffing.domain.roster import Roster
from staffing.domain.shifts import Duty
from staffing.model.forms import Choices, FreeStretch
from staffing.rules.base import Rule


class WeeklyRest(Rule):
    """Every run of ``days`` local days holds an unbroken ``rest_minutes``, ``inside_minutes`` of it in those days.

    The directive asks for 24 hours in each seven-day period plus the 11 of the daily rest: the 24 must lie within the
    days, the 11 may reach over either end. All runs of seven days count whose last day is planned. Time before the
    known carry-in and after the last duty is free. Days that the carry-in alone has already spoilt are inherited.
    """

    kind: ClassVar[str] = "weekly_rest"
    says: ClassVar[str] = "one unbroken rest in every rolling 7 days"
    source: ClassVar[str] = "EU 2003/88 art. 5"
    tier: ClassVar[Tier] = Tier.BURNOUT
    unit: ClassVar[str] = "runs of days without it"
    levels: ClassVar[tuple[Level, ...]] = (Level.MUST, Level.SHOULD)

    level: Literal[Level.MUST, Level.SHOULD] = Level.MUST
    weight: int = Field(default=240, ge=0)
    days: int = Field(default=7, ge=2, le=14)
    rest_minutes: int = Field(default=2100, gt=0, le=7200)
    inside_minutes: int = Field(default=1440, gt=0, le=7200)

    @model_validator(mode="after")
    def _inside_the_rest(self) -> Self:
        if self.inside_minutes > self.rest_minutes:
            raise ValueError(
                f"inside_minutes ({self.inside_minutes}) exceeds rest_minutes ({self.rest_minutes})"
            )
        return self

    def forms(self, problem: Problem, choices: Choices) -> Iterable[FreeStretch]:
        """Let the rest begin from its outside part before the days to its inside part before their end."""
        outside = self.rest_minutes - self.inside_minutes
        windows = []
        for start, end in self._runs(problem, choices.agent):
            first, last = start - outside, end - self.inside_minutes
            begins = {first} | {duty.end for duty in choices.carried if first <= duty.end <= last}
            if any(
                not any(duty.overlaps(u, u + self.rest_minutes) for duty in choices.carried)
                for u in begins
            ):
                windows.append((first, last))
        yield FreeStretch(
            length=self.rest_minutes, windows=tuple(windows), **self.form_fields(problem)
        )

    def check(self, problem: Problem, roster: Roster) -> Iterable[Violation]:
        """Measure the longest rest of every run of days; less than the whole rest breaks the rule."""
        for agent in problem.agents:
            timeline = problem.timeline(roster, agent.agent_id)
            carried = [duty for duty, is_carried in timeline if is_carried]
            for start, end in self._runs(problem, agent):
                longest = self._longest([duty for duty, _ in timeline], start, end)
                if longest < self.rest_minutes:
                    yield self.violation(
                        problem,
                        agent_id=agent.agent_id,
                        start=start,
                        end=end,
                        measured=longest,
                        limit=self.rest_minutes,
                        amount=1,
                        inherited=self._longest(carried, start, end) < self.rest_minutes,
                    )

    def _runs(self, problem: Problem, agent: Agent) -> Iterable[tuple[int, int]]:
        """Yield first and one-past-last minute of every run of local days whose last day is planned."""
        zone = problem.site_of[agent.site].time_zone
        for last in problem.horizon.dates:
            start, _ = problem.horizon.day_bounds(last - dt.timedelta(days=self.days - 1), zone)
            _, end = problem.horizon.day_bounds(last, zone)
            yield start, end

    def _longest(self, duties: Sequence[Duty], start: int, end: int) -> int:
        """Return the longest rest in minutes of which no more than the outside part lies outside [start, end).

        Gaps between duties, given by start, are looked at one by one; what is not known is free.
        """
        outside = self.rest_minutes - self.inside_minutes
        far = self.rest_minutes + outside
        longest, free_from = 0, start - far
        for duty in [*duties, None]:
            free_to = end + far if duty is None else duty.start
            inside = min(free_to, end) - max(free_from, start)
            if free_to > free_from and inside >= 0:
                longest = max(longest, min(free_to - free_from, inside + outside))
            if duty is not None:
                free_from = max(free_from, duty.end)
        return longest

    def explain(self, problem: Problem, violation: Violation) -> str:
        """Name the agent, the days and the longest rest in them."""
        return (
            f"{self._who(problem, violation)} has no rest longer than {violation.measured / 60:.1f} h "
            f"from {self._when(problem, violation.agent_id, violation.start)} to "
            f"{self._when(problem, violation.agent_id, violation.end)}; "
            f"{self.rest_minutes / 60:.0f} h are needed, {self.inside_minutes / 60:.0f} h of them within "
            f"these {self.days} days ({self.source})."
        )
