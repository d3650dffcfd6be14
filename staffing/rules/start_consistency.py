"""start_consistency: start times of a week close together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from pydantic import Field

from staffing.domain import clock
from staffing.domain.objective import Level, Tier
from staffing.domain.problem import Problem
from staffing.domain.result import Violation
from staffing.domain.roster import Roster
from staffing.domain.shifts import Duty
from staffing.model.forms import Choices, Spread
from staffing.rules.base import Rule


class StartConsistency(Rule):
    """Within each planned ISO week, latest less earliest wall-clock start is at most ``spread_minutes``.

    Starts are minutes of the local day, 0 to 1439, on a line and not on a circle: 23:00 and 01:00 are 22 h apart. The
    amount is what lies beyond in started steps of ``step_minutes``. The carry-in plays no part.
    """

    kind: ClassVar[str] = "start_consistency"
    says: ClassVar[str] = "spread of start times within a week"
    source: ClassVar[str] = "practice"
    tier: ClassVar[Tier] = Tier.BURNOUT
    unit: ClassVar[str] = "started steps beyond the limit"
    levels: ClassVar[tuple[Level, ...]] = (Level.SHOULD, Level.MUST)

    level: Literal[Level.SHOULD, Level.MUST] = Level.SHOULD
    weight: int = Field(default=10, ge=0)
    spread_minutes: int = Field(default=120, ge=0, lt=1440)
    step_minutes: int = Field(default=30, gt=0)

    def forms(self, problem: Problem, choices: Choices) -> Iterable[Spread]:
        """One spread a week over the open duties."""
        weeks: dict[str, list[tuple[int, int]]] = {}
        for position, duty in enumerate(choices.open, start=len(choices.carried)):
            weeks.setdefault(clock.week_of(duty.date), []).append((position, duty.start_local))
        for values in weeks.values():
            yield Spread(
                values=tuple(values),
                limit=self.spread_minutes,
                step=self.step_minutes,
                **self.form_fields(problem),
            )

    def check(self, problem: Problem, roster: Roster) -> Iterable[Violation]:
        """Compare earliest and latest start of every agent and week."""
        for agent in problem.agents:
            weeks: dict[str, list[Duty]] = {}
            for duty in roster.of(agent.agent_id):
                weeks.setdefault(clock.week_of(duty.date), []).append(duty)
            for duties in weeks.values():
                starts = sorted(duty.start_local for duty in duties)
                spread = starts[-1] - starts[0]
                if spread > self.spread_minutes:
                    yield self.violation(
                        problem,
                        agent_id=agent.agent_id,
                        start=duties[0].start,
                        end=duties[-1].end,
                        measured=spread,
                        limit=self.spread_minutes,
                        amount=-((self.spread_minutes - spread) // self.step_minutes),
                    )

    def explain(self, problem: Problem, violation: Violation) -> str:
        """Name the agent, the stretch and the spread."""
        return (
            f"{self._who(problem, violation)} has start times {violation.measured / 60:.1f} h apart from "
            f"{self._when(problem, violation.agent_id, violation.start)} to "
            f"{self._when(problem, violation.agent_id, violation.end)}; "
            f"{self.spread_minutes / 60:.1f} h are the limit ({self.source})."
        )
