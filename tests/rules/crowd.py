"""A rule for tests alone: no more than so many of some people at once, the upper side of `Cover`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from staffing.domain.objective import Level, Tier
from staffing.domain.problem import Problem
from staffing.domain.result import Violation
from staffing.domain.roster import Roster
from staffing.model.forms import Cover
from staffing.rules.base import Rule


class Crowd(Rule):
    """At most ``most`` of ``agents`` are on duty through an interval, the first one of the horizon excepted."""

    kind: ClassVar[str] = "crowd"
    says: ClassVar[str] = "not too many at once"
    tier: ClassVar[Tier] = Tier.SERVICE
    unit: ClassVar[str] = "agent-minutes too many"
    levels: ClassVar[tuple[Level, ...]] = (Level.ELASTIC,)

    level: Level = Level.ELASTIC
    agents: tuple[str, ...]
    most: int

    def team_forms(self, problem: Problem) -> Iterable[Cover]:
        known = tuple(agent_id for agent_id in self.agents if agent_id in problem.agent)
        intervals = problem.horizon.intervals
        yield Cover(
            name=self.kind,
            agents=known,
            lower=(0,) * intervals,
            upper=(None, *(self.most,) * (intervals - 1)),
            over_unit_cost=self.unit_cost(problem),
            **self.form_fields(problem),
        )

    def check(self, problem: Problem, roster: Roster) -> Iterable[Violation]:
        width = problem.horizon.interval_minutes
        for t in range(1, problem.horizon.intervals):
            start, end = t * width, (t + 1) * width
            present = sum(
                any(
                    since <= start and end <= until
                    for duty, _ in problem.timeline(roster, who)
                    for since, until in duty.spans()
                )
                for who in self.agents
            )
            if present > self.most:
                yield self.violation(
                    problem,
                    agent_id=None,
                    start=start,
                    end=end,
                    measured=present,
                    limit=self.most,
                    amount=(present - self.most) * width,
                )

    def explain(self, problem: Problem, violation: Violation) -> str:
        return f"{violation.measured:.0f} at once, {violation.limit:.0f} are the limit."
