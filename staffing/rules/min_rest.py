"""min_rest: consecutive hours between two duties."""

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


class MinRest(Rule):
    """At least ``rest_minutes`` between the end of a duty and the start of the next."""

    kind: ClassVar[str] = "min_rest"
    says: ClassVar[str] = "consecutive rest between two duties"
    source: ClassVar[str] = "EU 2003/88 art. 3"
    tier: ClassVar[Tier] = Tier.BURNOUT
    unit: ClassVar[str] = "minutes of missing rest"
    levels: ClassVar[tuple[Level, ...]] = (Level.MUST, Level.SHOULD)

    level: Literal[Level.MUST, Level.SHOULD] = Level.MUST
    rest_minutes: int = Field(default=660, gt=0, le=2880)

    def forms(self, problem: Problem, choices: Choices) -> Iterable[Succession]:
        """Every pair with a gap below the rest, overlaps left to `one_duty_at_a_time`."""
        pairs = tuple(
            (earlier, later, self.rest_minutes - gap)
            for earlier, later, gap in choices.followers(self.rest_minutes)
        )
        yield Succession(pairs=pairs, **self.form_fields(problem))

    def check(self, problem: Problem, roster: Roster) -> Iterable[Violation]:
        """Look at every two neighbours of the timeline."""
        for agent in problem.agents:
            timeline = problem.timeline(roster, agent.agent_id)
            for (earlier, _), (later, inherited) in pairwise(timeline):
                rest = later.start - earlier.end
                if 0 <= rest < self.rest_minutes:
                    yield self.violation(
                        problem,
                        agent_id=agent.agent_id,
                        start=earlier.end,
                        end=later.start,
                        measured=rest,
                        limit=self.rest_minutes,
                        amount=self.rest_minutes - rest,
                        inherited=inherited,
                    )

    def explain(self, problem: Problem, violation: Violation) -> str:
        """Name the agent, the two times and the rest."""
        return (
            f"{self._who(problem, violation)} rests {violation.measured / 60:.1f} h from "
            f"{self._when(problem, violation.agent_id, violation.start)} to "
            f"{self._when(problem, violation.agent_id, violation.end)}; "
            f"{self.rest_minutes / 60:.0f} h are needed ({self.source})."
        )
