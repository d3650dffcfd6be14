"""forward_rotation: starts move later, not earlier, from one working day to the next."""

from __future__ import annotations

import datetime as dt
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

DAY = dt.timedelta(days=1)


class ForwardRotation(Rule):
    """On consecutive local dates the later duty starts no more than ``tolerance_minutes`` earlier by the wall clock.

    A day off in between resets. Each step backwards counts 1, however long it is.
    """

    kind: ClassVar[str] = "forward_rotation"
    says: ClassVar[str] = "starts move later, not earlier, from one working day to the next"
    source: ClassVar[str] = "HSE"
    tier: ClassVar[Tier] = Tier.BURNOUT
    unit: ClassVar[str] = "steps backwards"
    levels: ClassVar[tuple[Level, ...]] = (Level.SHOULD, Level.MUST)

    level: Literal[Level.SHOULD, Level.MUST] = Level.SHOULD
    weight: int = Field(default=30, ge=0)
    tolerance_minutes: int = Field(default=0, ge=0, lt=1440)

    def forms(self, problem: Problem, choices: Choices) -> Iterable[Succession]:
        """Every two duties of consecutive dates that step backwards."""
        duties = choices.duties
        pairs = tuple(
            (i, j, 1)
            for date, positions in choices.by_date.items()
            for i in positions
            for j in choices.by_date.get(date + DAY, ())
            if duties[i].start_local - duties[j].start_local > self.tolerance_minutes
            and not choices.is_carried(j)
        )
        yield Succession(pairs=pairs, **self.form_fields(problem))

    def check(self, problem: Problem, roster: Roster) -> Iterable[Violation]:
        """Compare the wall-clock starts of every two neighbours one day apart."""
        for agent in problem.agents:
            timeline = problem.timeline(roster, agent.agent_id)
            for (earlier, _), (later, inherited) in pairwise(timeline):
                back = earlier.start_local - later.start_local
                if later.date == earlier.date + DAY and back > self.tolerance_minutes:
                    yield self.violation(
                        problem,
                        agent_id=agent.agent_id,
                        start=earlier.start,
                        end=later.end,
                        measured=back,
                        limit=self.tolerance_minutes,
                        amount=1,
                        inherited=inherited,
                    )

    def explain(self, problem: Problem, violation: Violation) -> str:
        """Name the agent, the first start and how far the next one moves back."""
        return (
            f"{self._who(problem, violation)} starts {violation.measured / 60:.1f} h earlier by the clock "
            f"on the day after {self._when(problem, violation.agent_id, violation.start)}; "
            f"{self.tolerance_minutes / 60:.1f} h are the limit ({self.source})."
        )
