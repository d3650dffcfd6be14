"""min_staff: at least n agents with a skill on duty in every interval."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import ClassVar, Literal

from staffing.domain.objective import Level, Tier
from staffing.domain.problem import Problem
from staffing.domain.result import Violation
from staffing.domain.roster import Roster
from staffing.domain.work import Workstream
from staffing.model.forms import Cover
from staffing.rules.base import Rule


class MinStaff(Rule):
    """In every interval at least ``min_staff`` of a workstream's agents are on duty from its start to its end.

    An agent counts who can serve a queue of the workstream; breaks do not count, duties carried in do. Elastic: a
    schedule always comes back, and each agent-minute short is priced in the tier of service. A stretch of short
    intervals is one violation.
    """

    kind: ClassVar[str] = "min_staff"
    says: ClassVar[str] = "at least n agents with a skill on duty in every interval"
    source: ClassVar[str] = "min_staff of the workstream"
    tier: ClassVar[Tier] = Tier.SERVICE
    unit: ClassVar[str] = "agent-minutes short"
    levels: ClassVar[tuple[Level, ...]] = (Level.ELASTIC,)

    level: Literal[Level.ELASTIC] = Level.ELASTIC

    def team_forms(self, problem: Problem) -> Iterable[Cover]:
        """One cover a workstream that asks for staff."""
        for workstream in _staffed(problem):
            name = workstream.workstream
            queues = {q.queue for q in problem.queues if q.workstream.workstream == name}
            yield Cover(
                name=name,
                agents=tuple(
                    agent.agent_id
                    for agent in problem.agents
                    if queues & problem.queues_of[agent.agent_id]
                ),
                lower=(workstream.min_staff,) * problem.horizon.intervals,
                **self.form_fields(problem),
            )

    def check(self, problem: Problem, roster: Roster) -> Iterable[Violation]:
        """Count heads interval by interval."""
        width = problem.horizon.interval_minutes
        for workstream in _staffed(problem):
            heads = self._heads(problem, roster, workstream.workstream)
            short = [max(0, workstream.min_staff - present) for present in heads]
            for is_short, run in groupby(range(len(short)), key=lambda t: short[t] > 0):
                if is_short:
                    stretch = list(run)
                    yield self.violation(
                        problem,
                        agent_id=None,
                        start=stretch[0] * width,
                        end=(stretch[-1] + 1) * width,
                        measured=min(heads[t] for t in stretch),
                        limit=workstream.min_staff,
                        amount=sum(short[t] for t in stretch) * width,
                        workstream=workstream.workstream,
                    )

    def _heads(self, problem: Problem, roster: Roster, workstream: str) -> list[int]:
        """Return the agents of a workstream who are present through each interval."""
        heads = [0] * problem.horizon.intervals
        for agent in problem.agents:
            site = problem.site_of[agent.site]
            if any(
                queue.workstream.workstream == workstream and queue.can_be_served_by(agent, site)
                for queue in problem.queues
            ):
                present: set[int] = set()
                for duty, _ in problem.timeline(roster, agent.agent_id):
                    present.update(duty.whole_intervals(problem.horizon))
                for t in present:
                    heads[t] += 1
        return heads

    def explain(self, problem: Problem, violation: Violation) -> str:
        """Name the stretch, the workstream, the fewest heads in it and the floor."""
        return (
            f"From {self._when(problem, None, violation.start)} to "
            f"{self._when(problem, None, violation.end)} UTC as few as {violation.measured:.0f} of "
            f"{violation.limit:.0f} agents for {violation.workstream} are on duty ({self.source}), "
            f"{violation.amount / 60:.1f} agent-hours short."
        )


def _staffed(problem: Problem) -> tuple[Workstream, ...]:
    """Return the workstreams that ask for staff, each once."""
    found = {queue.workstream.workstream: queue.workstream for queue in problem.queues}
    return tuple(workstream for workstream in found.values() if workstream.min_staff)
