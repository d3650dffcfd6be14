"""rest_after_nights: a long rest after a run of nights."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import ClassVar, Literal

from pydantic import Field

from staffing.domain.objective import Level, Tier
from staffing.domain.problem import Problem
from staffing.domain.result import Violation
from staffing.domain.roster import Roster
from staffing.model.forms import Choices, Succession
from staffing.rules.base import Rule


class RestAfterNights(Rule):
    """At least ``rest_minutes`` between the last night duty of a run and the duty that follows it.

    A run of nights ends where the next duty is not a night duty, however short the run; days off between two night
    duties do not end it. The amount is the missing rest in started hours.
    """

    kind: ClassVar[str] = "rest_after_nights"
    says: ClassVar[str] = "unbroken rest after a run of nights"
    source: ClassVar[str] = "HSE: two full nights of sleep"
    tier: ClassVar[Tier] = Tier.BURNOUT
    unit: ClassVar[str] = "started hours of missing rest"
    levels: ClassVar[tuple[Level, ...]] = (Level.SHOULD, Level.MUST)

    level: Literal[Level.SHOULD, Level.MUST] = Level.SHOULD
    weight: int = Field(default=3, ge=0)
    rest_minutes: int = Field(default=2880, gt=0, le=7200)

    def forms(self, problem: Problem, choices: Choices) -> Iterable[Succession]:
        """Every night duty with every later day duty that comes too soon."""
        night = [duty.is_night for duty in choices.duties]
        pairs = tuple(
            (i, j, -((gap - self.rest_minutes) // 60))
            for i, j, gap in choices.followers(self.rest_minutes)
            if night[i] and not night[j]
        )
        yield Succession(pairs=pairs, **self.form_fields(problem))

    def check(self, problem: Problem, roster: Roster) -> Iterable[Violation]:
        """Look at every night duty of the timeline whose next duty is not one."""
        for agent in problem.agents:
            timeline = problem.timeline(roster, agent.agent_id)
            for (night, _), (later, inherited) in pairwise(timeline):
                rest = later.start - night.end
                if night.is_night and not later.is_night and 0 <= rest < self.rest_minutes:
                    whole, started = divmod(self.rest_minutes - rest, 60)
                    yield self.violation(
                        problem,
                        agent_id=agent.agent_id,
                        start=night.end,
                        end=later.start,
                        measured=rest,
                        limit=self.rest_minutes,
                        amount=whole + (started > 0),
                        inherited=inherited,
                    )

    def explain(self, problem: Problem, violation: Violation) -> str:
        """Name the agent, the two times and the rest."""
        return (
            f"{self._who(problem, violation)} rests {violation.measured / 60:.1f} h after nights, from "
            f"{self._when(problem, violation.agent_id, violation.start)} to "
            f"{self._when(problem, violation.agent_id, violation.end)}; "
            f"{self.rest_minutes / 60:.0f} h are asked for ({self.source})."
        )
