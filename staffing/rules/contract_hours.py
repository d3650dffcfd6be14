"""contract_hours: planned hours against contract, under and over."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from pydantic import Field

from staffing.domain.objective import Level, Tier
from staffing.domain.problem import Problem
from staffing.domain.result import Violation
from staffing.domain.roster import Roster
from staffing.model.forms import Choices, Total
from staffing.rules.base import Rule


class ContractHours(Rule):
    """Paid minutes of the planned duties are the contract minutes of the horizon, ``tolerance_minutes`` either way.

    Contract minutes count employed days only, and each approved weekday off takes a fifth of the week. Every minute
    under costs ``weight``, every minute over ``overtime_weight``.
    """

    kind: ClassVar[str] = "contract_hours"
    says: ClassVar[str] = "weekly hours against contract, under and over"
    source: ClassVar[str] = "contract"
    tier: ClassVar[Tier] = Tier.BURNOUT
    unit: ClassVar[str] = "minutes under or over"
    levels: ClassVar[tuple[Level, ...]] = (Level.SHOULD,)

    level: Literal[Level.SHOULD] = Level.SHOULD
    overtime_weight: int = Field(default=1, ge=0)
    tolerance_minutes: int = Field(default=0, ge=0)

    def forms(self, problem: Problem, choices: Choices) -> Iterable[Total]:
        """Yield the same sum twice: from below at one price, from above at another."""
        contract = problem.contract_minutes(choices.agent)
        carried = len(choices.carried)
        groups = tuple(((carried + k,), duty.paid_minutes) for k, duty in enumerate(choices.open))
        fields = self.form_fields(problem)
        yield Total(groups=groups, lower=contract - self.tolerance_minutes, **fields)
        fields["unit_cost"] = self._overtime_cost(problem)
        yield Total(groups=groups, upper=contract + self.tolerance_minutes, **fields)

    def check(self, problem: Problem, roster: Roster) -> Iterable[Violation]:
        """Hold the planned minutes of every agent against the contract."""
        for agent in problem.agents:
            planned = sum(duty.paid_minutes for duty in roster.of(agent.agent_id))
            contract = problem.contract_minutes(agent)
            beyond = abs(planned - contract) - self.tolerance_minutes
            if beyond <= 0:
                continue
            zone = problem.site_of[agent.site].time_zone
            dates = problem.horizon.dates
            yield self.violation(
                problem,
                agent_id=agent.agent_id,
                start=problem.horizon.day_bounds(dates[0], zone)[0],
                end=problem.horizon.day_bounds(dates[-1], zone)[1],
                measured=planned,
                limit=contract,
                amount=beyond,
                unit_cost=self._overtime_cost(problem) if planned > contract else None,
            )

    def _overtime_cost(self, problem: Problem) -> int:
        return self.overtime_weight * problem.price(self.tier)

    def explain(self, problem: Problem, violation: Violation) -> str:
        """Name the agent, the hours planned and those of the contract."""
        side = "over" if violation.measured > violation.limit else "under"
        return (
            f"{self._who(problem, violation)} is planned for {violation.measured / 60:.1f} h from "
            f"{self._when(problem, violation.agent_id, violation.start)} to "
            f"{self._when(problem, violation.agent_id, violation.end)}, "
            f"{abs(violation.measured - violation.limit) / 60:.1f} h {side} the "
            f"{violation.limit / 60:.1f} h of the contract."
        )
