"""skills: a duty only for agents who can do its work."""

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


class Skills(Rule):
    """An agent can serve at least one queue, and is fit for every workstream that the duty requires.

    Fit for a required workstream means: trained for it and, where it has queues, able to serve one of them, so that
    its clearance, its languages and its region hold too.
    """

    kind: ClassVar[str] = "skills"
    says: ClassVar[str] = (
        "a duty only for agents with the workstream, language and clearance it needs"
    )
    tier: ClassVar[Tier] = Tier.SERVICE
    unit: ClassVar[str] = "missing skills"
    levels: ClassVar[tuple[Level, ...]] = (Level.MUST,)

    level: Literal[Level.MUST] = Level.MUST

    def admits(self, problem: Problem, agent: Agent, duty: Duty) -> bool:
        """Tell whether the agent serves a queue at all and each required workstream in particular."""
        served = problem.queues_of[agent.agent_id]
        if not served or not set(duty.requires) <= set(agent.workstreams):
            return False
        if not duty.requires:
            return True
        wanted = {q.workstream.workstream for q in problem.queues} & set(duty.requires)
        fit = {q.workstream.workstream for q in problem.queues if q.queue in served}
        return wanted <= fit

    def check(self, problem: Problem, roster: Roster) -> Iterable[Violation]:
        """Count, duty by duty, the required workstreams that the holder cannot do."""
        for agent in problem.agents:
            for duty, inherited in problem.timeline(roster, agent.agent_id):
                missing = len(_missing(problem, agent, duty))
                if missing:
                    yield self.violation(
                        problem,
                        agent_id=agent.agent_id,
                        start=duty.start,
                        end=duty.end,
                        measured=missing,
                        limit=0,
                        amount=missing,
                        inherited=inherited,
                    )

    def explain(self, problem: Problem, violation: Violation) -> str:
        """Name the agent, the start of the duty and what is missing."""
        agent = problem.agent[violation.agent_id or ""]
        known = problem.duties_of_site[agent.site] + problem.carry_in.of(agent.agent_id)
        names = next(
            (
                missing
                for duty in known
                if (duty.start, duty.end) == (violation.start, violation.end)
                and len(missing := _missing(problem, agent, duty)) == violation.amount
            ),
            [f"{violation.amount} skills"],
        )
        return (
            f"{self._who(problem, violation)} lacks {', '.join(names)} for the duty that starts "
            f"{self._when(problem, violation.agent_id, violation.start)}."
        )


def _missing(problem: Problem, agent: Agent, duty: Duty) -> list[str]:
    """Return the required workstreams the agent cannot do; ``any queue`` for one who can serve none."""
    site = problem.site_of[agent.site]
    missing = []
    for workstream in duty.requires:
        queues = [q for q in problem.queues if q.workstream.workstream == workstream]
        able = any(queue.can_be_served_by(agent, site) for queue in queues) or not queues
        if workstream not in agent.workstreams or not able:
            missing.append(workstream)
    serves = any(queue.can_be_served_by(agent, site) for queue in problem.queues)
    return missing if serves or missing else ["any queue"]
