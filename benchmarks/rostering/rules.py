"""What the rules of rostering instances have in common, and the successions that they forbid."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, ClassVar

from staffing.domain.objective import Level, Tier
from staffing.domain.problem import Problem
from staffing.domain.result import Violation
from staffing.domain.roster import Roster
from staffing.model.forms import Choices, Succession
from staffing.model.pairs import NextDay
from staffing.rules.base import Rule

DAY = dt.timedelta(days=1)


class InstanceRule(Rule):
    """What the rules of instances have in common: hard (``must``) or priced (``should``), in the tier of fairness."""

    tier: ClassVar[Tier] = Tier.FAIRNESS
    levels: ClassVar[tuple[Level, ...]] = (Level.MUST, Level.SHOULD)

    def broken(
        self,
        problem: Problem,
        agent_id: str | None,
        days: tuple[dt.date, dt.date],
        found: tuple[int, int],
        amount: int,
        **more: Any,
    ) -> Violation:
        """Build a violation from the first to the last date; ``found`` is (measured, limit)."""
        first, last = (problem.horizon.day_bounds(date, "UTC") for date in days)
        return self.violation(
            problem,
            agent_id=agent_id,
            start=first[0],
            end=last[1],
            measured=found[0],
            limit=found[1],
            amount=amount,
            **more,
        )

    def explain(self, problem: Problem, violation: Violation) -> str:
        """Name the person, what was measured and the limit."""
        return (
            f"{violation.agent_id or 'The team'}: {self.kind} from "
            f"{self._when(problem, None, violation.start)} is {violation.measured:.0f}, "
            f"the limit {violation.limit:.0f}."
        )


class Followers(InstanceRule):
    """After a shift type some others may not be worked on the next day.

    Parameters
    ----------
    barred
        Shift types that may not follow, by shift type.
    """

    kind: ClassVar[str] = "followers"
    says: ClassVar[str] = "forbidden successions"
    unit: ClassVar[str] = "pairs of duties"

    barred: Mapping[str, frozenset[str]]

    def forms(self, problem: Problem, choices: Choices) -> Iterable[Succession]:
        """Tell the forbidden pairs of two days in a row by shift type."""
        number = {shift: kind for kind, shift in enumerate(self.barred)}
        charges = tuple(
            (number[one], number[other], 1)
            for one, barred in self.barred.items()
            for other in sorted(barred)
        )
        if charges:
            pairs = NextDay(
                kinds=tuple(number[duty.template] for duty in choices.duties),
                days=tuple(duty.date.toordinal() for duty in choices.duties),
                charges=charges,
                carried=len(choices.carried),
            )
            yield Succession(pairs=pairs, **self.form_fields(problem))

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        """Look at every two neighbours of the timeline."""
        for agent in problem.agents:
            for (first, _), (second, inherited) in pairwise(
                problem.timeline(roster, agent.agent_id)
            ):
                if (
                    second.date - first.date == DAY
                    and second.template in self.barred[first.template]
                ):
                    days = (first.date, second.date)
                    yield self.broken(problem, agent.agent_id, days, (1, 0), 1, inherited=inherited)
