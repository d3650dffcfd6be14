"""What a rule is: declare, forms, check, explain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, ClassVar

from pydantic import Field

from staffing.domain import clock
from staffing.domain.base import Frozen
from staffing.domain.objective import Level, Tier
from staffing.domain.people import Agent
from staffing.domain.problem import Problem
from staffing.domain.result import Violation
from staffing.domain.roster import Roster
from staffing.domain.shifts import Duty
from staffing.model.forms import Choices, Cover, PersonalForm


class Rule(Frozen):
    """A work rule or burnout rule: one file, one frozen model.

    Class attributes
    ----------------
    kind
        The one name: file, TOML key, code in exports, heading in the docs.
    says, source
        One sentence for the catalogue, and where the number comes from.
    tier, unit
        Tier of a priced violation, and what its amount counts.
    levels
        Levels that it may have.
    by_default
        Is it in force where nobody lists the rules?

    Parameters
    ----------
    level
        ``must``, ``should`` or (service only) ``elastic``.
    weight
        Price of one unit of the amount in minutes of its tier; ignored for ``must``.
    """

    kind: ClassVar[str]
    says: ClassVar[str]
    source: ClassVar[str] = "–"
    tier: ClassVar[Tier]
    unit: ClassVar[str]
    levels: ClassVar[tuple[Level, ...]]
    by_default: ClassVar[bool] = True

    level: Level = Level.MUST
    weight: int = Field(default=1, ge=0)

    def admits(self, problem: Problem, agent: Agent, duty: Duty) -> bool:
        """Tell whether the agent may hold the duty at all; what cannot be never becomes a variable."""
        return True

    def forms(self, problem: Problem, choices: Choices) -> Iterable[PersonalForm]:
        """Yield what the rule means for one agent, as data."""
        return ()

    def team_forms(self, problem: Problem) -> Iterable[Cover]:
        """Yield what the rule means for the team, as data."""
        return ()

    def check(self, problem: Problem, roster: Roster) -> Iterable[Violation]:
        """Yield the violations of a roster, from its timeline, by definition."""
        raise NotImplementedError

    def explain(self, problem: Problem, violation: Violation) -> str:
        """Return one sentence: who, when, measured, limit, source."""
        raise NotImplementedError

    def unit_cost(self, problem: Problem) -> int:
        """Return what one unit of the amount adds to the objective."""
        return 0 if self.level is Level.MUST else self.weight * problem.price(self.tier)

    def form_fields(self, problem: Problem) -> dict[str, Any]:
        """Return what every form of this rule carries."""
        return {
            "rule": self.kind,
            "level": self.level,
            "tier": self.tier,
            "unit_cost": self.unit_cost(problem),
        }

    def violation(
        self,
        problem: Problem,
        *,
        agent_id: str | None,
        start: int,
        end: int,
        measured: float,
        limit: float,
        amount: int,
        inherited: bool = False,
        unit_cost: int | None = None,
        unit: str | None = None,
        workstream: str | None = None,
    ) -> Violation:
        """Build a violation of this rule with its cost and its sentence; an inherited one costs nothing."""
        price = self.unit_cost(problem) if unit_cost is None else unit_cost
        found = Violation(
            rule=self.kind,
            level=self.level,
            tier=self.tier,
            agent_id=agent_id,
            start=start,
            end=end,
            measured=measured,
            limit=limit,
            amount=amount,
            unit=unit or self.unit,
            cost=0 if inherited else amount * price,
            inherited=inherited,
            workstream=workstream,
        )
        return found.model_copy(update={"message": self.explain(problem, found)})

    def _who(self, problem: Problem, violation: Violation) -> str:
        """Return name and id of the agent of a violation."""
        agent = problem.agent[violation.agent_id or ""]
        return f"{agent.name} ({agent.agent_id})"

    def _when(self, problem: Problem, agent_id: str | None, minute: int) -> str:
        """Return a minute as local wall-clock time of the agent's site, UTC for the team: ``Mon 30 Nov 07:00``."""
        zone = "UTC"
        if agent_id is not None:
            zone = problem.site_of[problem.agent[agent_id].site].time_zone
        moment: dt.datetime = clock.to_local(problem.horizon.at(minute), zone)
        return f"{moment:%a %d %b %H:%M}"
