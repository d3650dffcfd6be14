"""What the rules about days in a row have in common; no rule of its own."""

from __future__ import annotations

import datetime as dt
from abc import abstractmethod
from collections.abc import Iterable
from itertools import groupby
from typing import ClassVar, Literal

from pydantic import Field

from staffing.domain.objective import Level, Tier
from staffing.domain.problem import Problem
from staffing.domain.result import Violation
from staffing.domain.roster import Roster
from staffing.domain.shifts import Duty
from staffing.model.forms import Choices, Run
from staffing.rules.base import Rule

DAY = dt.timedelta(days=1)


class RunRule(Rule):
    """At most so many local start dates in a row with a duty that counts.

    Days beyond the limit that the carry-in alone had are inherited; each further one is charged.
    """

    tier: ClassVar[Tier] = Tier.BURNOUT
    levels: ClassVar[tuple[Level, ...]] = (Level.MUST, Level.SHOULD)
    what: ClassVar[str]

    level: Literal[Level.MUST, Level.SHOULD] = Level.MUST
    weight: int = Field(default=60, ge=0)

    @abstractmethod
    def counts(self, duty: Duty) -> bool:
        """Tell whether a duty makes its date one of the run."""

    @property
    @abstractmethod
    def limit(self) -> int:
        """Longest run that is allowed, in days."""

    def forms(self, problem: Problem, choices: Choices) -> Iterable[Run]:
        """One run over the planned days, led by the carried days that join on to them."""
        by_date = {
            date: tuple(i for i in positions if self.counts(choices.duties[i]))
            for date, positions in choices.by_date.items()
        }
        dates = list(problem.horizon.dates)
        while by_date.get(dates[0] - DAY):
            dates.insert(0, dates[0] - DAY)
        yield Run(
            days=tuple(by_date.get(date, ()) for date in dates),
            limit=self.limit,
            **self.form_fields(problem),
        )

    def check(self, problem: Problem, roster: Roster) -> Iterable[Violation]:
        """Walk along every run of consecutive dates and look at the days beyond the limit."""
        for agent in problem.agents:
            timeline = problem.timeline(roster, agent.agent_id)
            counted = [(duty, carried) for duty, carried in timeline if self.counts(duty)]
            for run in _runs({duty.date for duty, _ in counted}):
                beyond = run[self.limit :]
                if not beyond:
                    continue
                new = {duty.date for duty, carried in counted if not carried} & set(beyond)
                held = [duty for duty, _ in counted if run[0] <= duty.date <= run[-1]]
                yield self.violation(
                    problem,
                    agent_id=agent.agent_id,
                    start=min(duty.start for duty in held),
                    end=max(duty.end for duty in held),
                    measured=len(run),
                    limit=self.limit,
                    amount=len(new) or len(beyond),
                    inherited=not new,
                )

    def explain(self, problem: Problem, violation: Violation) -> str:
        """Name the agent, the run and its length."""
        return (
            f"{self._who(problem, violation)} works {violation.measured:.0f} {self.what} in a row from "
            f"{self._when(problem, violation.agent_id, violation.start)} to "
            f"{self._when(problem, violation.agent_id, violation.end)}; "
            f"{self.limit} are the limit ({self.source})."
        )


def _runs(dates: set[dt.date]) -> Iterable[list[dt.date]]:
    """Yield the maximal runs of consecutive dates."""
    numbered = enumerate(sorted(dates))
    for _, run in groupby(numbered, key=lambda item: item[1].toordinal() - item[0]):
        yield [date for _, date in run]
