"""availability: no duty outside employment or on approved time off."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from staffing.domain.objective import Level, Tier
from staffing.domain.people import Agent
from staffing.domain.problem import Problem
from staffing.domain.result import Violation
from staffing.domain.roster import Roster
from staffing.domain.shifts import Duty
from staffing.rules.base import Rule


class Availability(Rule):
    """Every minute of a duty lies within employment and outside approved time off.

    Employment runs from local midnight at the start of the first day to local midnight at the end of the last. A night
    duty that reaches past either midnight into an absence, or past the last day, touches it and is not admitted.
    """

    kind: ClassVar[str] = "availability"
    says: ClassVar[str] = "no duty outside hire and leave dates or on approved time off"
    tier: ClassVar[Tier] = Tier.BURNOUT
    unit: ClassVar[str] = "minutes of duty while away"
    levels: ClassVar[tuple[Level, ...]] = (Level.MUST,)

    level: Literal[Level.MUST] = Level.MUST

    def admits(self, problem: Problem, agent: Agent, duty: Duty) -> bool:
        """Tell whether the agent is employed and present from start to end of the duty."""
        if problem.is_absent(agent.agent_id, duty.start, duty.end):
            return False
        zone = problem.site_of[agent.site].time_zone
        if agent.start_date is not None and duty.date <= agent.start_date:
            hired, _ = problem.horizon.day_bounds(agent.start_date, zone)
            if duty.start < hired:
                return False
        if agent.end_date is not None and duty.date >= agent.end_date:
            _, left = problem.horizon.day_bounds(agent.end_date, zone)
            return duty.end <= left
        return True

    def check(self, problem: Problem, roster: Roster) -> Iterable[Violation]:
        """Lay every duty over every stretch in which the agent is away."""
        for agent in problem.agents:
            for duty, inherited in problem.timeline(roster, agent.agent_id):
                for start, end in self._away(problem, agent, duty):
                    yield self.violation(
                        problem,
                        agent_id=agent.agent_id,
                        start=start,
                        end=end,
                        measured=end - start,
                        limit=0,
                        amount=end - start,
                        inherited=inherited,
                    )

    def _away(self, problem: Problem, agent: Agent, duty: Duty) -> Iterable[tuple[int, int]]:
        """Yield the parts of a duty that lie before the first day, after the last, or in an absence."""
        zone = problem.site_of[agent.site].time_zone
        stretches = list(problem.absences[agent.agent_id])
        if agent.start_date is not None:
            first, _ = problem.horizon.day_bounds(agent.start_date, zone)
            stretches.append((min(first, duty.start), first))
        if agent.end_date is not None:
            _, last = problem.horizon.day_bounds(agent.end_date, zone)
            stretches.append((last, max(last, duty.end)))
        for away_from, away_to in stretches:
            start, end = max(duty.start, away_from), min(duty.end, away_to)
            if start < end:
                yield start, end

    def explain(self, problem: Problem, violation: Violation) -> str:
        """Name the agent and the minutes that fall into the absence."""
        return (
            f"{self._who(problem, violation)} is on duty from "
            f"{self._when(problem, violation.agent_id, violation.start)} to "
            f"{self._when(problem, violation.agent_id, violation.end)} while on approved time off or "
            f"not employed."
        )
