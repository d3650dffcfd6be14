"""one_duty_at_a_time: no two duties that overlap or start on the same local day."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import ClassVar, Literal

from staffing.domain.objective import Level, Tier
from staffing.domain.problem import Problem
from staffing.domain.result import Violation
from staffing.domain.roster import Roster
from staffing.domain.shifts import Duty
from staffing.model.forms import Choices, Conflict
from staffing.rules.base import Rule


class OneDutyAtATime(Rule):
    """Nobody holds two duties that overlap, or two that start on the same local date.

    Structural: every other rule may rely on at most one duty a local date. Presence counts from start to end, breaks
    included; one duty may begin in the minute in which another ends.
    """

    kind: ClassVar[str] = "one_duty_at_a_time"
    says: ClassVar[str] = "no two duties that overlap, at most one that starts on a local day"
    tier: ClassVar[Tier] = Tier.BURNOUT
    unit: ClassVar[str] = "pairs of duties"
    levels: ClassVar[tuple[Level, ...]] = (Level.MUST,)

    level: Literal[Level.MUST] = Level.MUST

    def forms(self, problem: Problem, choices: Choices) -> Iterable[Conflict]:
        """One clique a local date, and a pair for every two duties that overlap across midnight."""
        duties = choices.duties
        cliques = [positions for positions in choices.by_date.values() if len(positions) > 1]
        cliques += [(i, j) for i, j in _overlapping(duties) if duties[i].date != duties[j].date]
        new = tuple(c for c in cliques if not all(choices.is_carried(i) for i in c))
        yield Conflict(cliques=new, **self.form_fields(problem))

    def check(self, problem: Problem, roster: Roster) -> Iterable[Violation]:
        """Look at every two duties of the timeline."""
        for agent in problem.agents:
            timeline = problem.timeline(roster, agent.agent_id)
            for (first, was_first), (second, was_second) in combinations(timeline, 2):
                if second.start < first.end or second.date == first.date:
                    yield self.violation(
                        problem,
                        agent_id=agent.agent_id,
                        start=first.start,
                        end=second.end,
                        measured=2,
                        limit=1,
                        amount=1,
                        inherited=was_first and was_second,
                    )

    def explain(self, problem: Problem, violation: Violation) -> str:
        """Name the agent and the stretch that holds both duties."""
        return (
            f"{self._who(problem, violation)} holds two duties at once or on one day between "
            f"{self._when(problem, violation.agent_id, violation.start)} and "
            f"{self._when(problem, violation.agent_id, violation.end)}; one is allowed."
        )


def _overlapping(duties: tuple[Duty, ...]) -> Iterable[tuple[int, int]]:
    """Yield positions of every two duties that share a minute."""
    order = sorted((duty.start, duty.end, position) for position, duty in enumerate(duties))
    for k, (_, end, i) in enumerate(order):
        later = k + 1
        while later < len(order) and order[later][0] < end:
            yield i, order[later][2]
            later += 1
