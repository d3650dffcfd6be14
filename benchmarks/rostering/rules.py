"""Rules of rostering instances: limits of each person's own, in the forms of the package; each has its own check."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, ClassVar

from staffing.domain.base import Frozen
from staffing.domain.objective import Level, Tier
from staffing.domain.people import Agent
from staffing.domain.problem import Problem
from staffing.domain.result import Violation
from staffing.domain.roster import Roster
from staffing.domain.shifts import Duty
from staffing.model.forms import Choices, DutyCost, Succession, Total
from staffing.rules.base import Rule

DAY = dt.timedelta(days=1)
SATURDAY = 5


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
        """List every forbidden pair of two days in a row."""
        templates = [duty.template for duty in choices.duties]
        pairs = tuple(
            (i, j, 1)
            for i, duty in enumerate(choices.duties)
            if self.barred[duty.template] and choices.can_precede_open(i)
            for j in choices.by_date.get(duty.date + DAY, ())
            if templates[j] in self.barred[duty.template] and not choices.is_carried(j)
        )
        if pairs:
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


class Limits(Frozen):
    """What a sum may come to; ``constant`` is what it had before the horizon."""

    lower: int | None = None
    upper: int | None = None
    constant: int = 0

    def nearest(self, value: int) -> int:
        """Return the allowed value that is nearest; what the constant alone exceeds is allowed."""
        if self.upper is not None:
            value = min(value, max(self.upper, self.constant))
        return value if self.lower is None else max(value, self.lower)


class Sums(InstanceRule):
    """A sum over the duties of the horizon within limits: duties of a type, minutes, all duties.

    Parameters
    ----------
    values
        What a duty counts, by shift type.
    limits
        By agent.
    """

    kind: ClassVar[str] = "sums"
    says: ClassVar[str] = "sums over the horizon"
    unit: ClassVar[str] = "units beyond"

    values: Mapping[str, int]
    limits: Mapping[str, Limits]

    def admits(self, problem: Problem, agent: Agent, duty: Duty) -> bool:
        """Refuse a duty that alone is too much."""
        upper = self.limits[agent.agent_id].upper
        return (
            self.level is not Level.MUST
            or upper is None
            or self.values.get(duty.template, 0) <= upper
        )

    def forms(self, problem: Problem, choices: Choices) -> Iterable[Total]:
        """One total an agent, where it can be missed."""
        limits = self.limits[choices.agent.agent_id]
        groups = tuple(
            ((position,), value)
            for position, duty in enumerate(choices.duties)
            if (value := self.values.get(duty.template, 0)) and not choices.is_carried(position)
        )
        if limits.lower is not None or (limits.upper is not None and groups):
            yield Total(groups=groups, **limits.model_dump(), **self.form_fields(problem))

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        """Add up the duties of each agent."""
        for agent in problem.agents:
            limits = self.limits[agent.agent_id]
            held = roster.of(agent.agent_id)
            value = limits.constant + sum(self.values.get(duty.template, 0) for duty in held)
            if amount := abs(value - (limit := limits.nearest(value))):
                yield self.broken(problem, agent.agent_id, _whole(problem), (value, limit), amount)


class Weekends(InstanceRule):
    """Weekends with a duty on Saturday or Sunday, at most so many; limits by agent."""

    kind: ClassVar[str] = "weekends"
    says: ClassVar[str] = "weekends worked"
    unit: ClassVar[str] = "weekends"

    limits: Mapping[str, Limits]

    def forms(self, problem: Problem, choices: Choices) -> Iterable[Total]:
        """One group a weekend."""
        limits = self.limits[choices.agent.agent_id]
        weekends = (saturday + sunday for saturday, sunday in _weekends(problem, choices))
        groups = tuple((positions, 1) for positions in weekends if positions)
        if limits.upper is not None and groups:
            yield Total(groups=groups, **limits.model_dump(), **self.form_fields(problem))

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        """Count the Saturdays of the weekends worked."""
        for agent in problem.agents:
            limits = self.limits[agent.agent_id]
            worked = {
                duty.date - (duty.date.weekday() - SATURDAY) * DAY
                for duty in roster.of(agent.agent_id)
                if duty.date.weekday() >= SATURDAY
            }
            value = limits.constant + len(worked)
            if amount := abs(value - (limit := limits.nearest(value))):
                yield self.broken(problem, agent.agent_id, _whole(problem), (value, limit), amount)


class HalfWeekends(InstanceRule):
    """Both days of a weekend or none, for the agents named; one of both counts 1."""

    kind: ClassVar[str] = "half_weekends"
    says: ClassVar[str] = "whole weekends on or off"
    unit: ClassVar[str] = "weekends"

    agents: frozenset[str]

    def forms(self, problem: Problem, choices: Choices) -> Iterable[Total]:
        """*Any day* twice less *each day*, weekend by weekend."""
        if choices.agent.agent_id in self.agents:
            for saturday, sunday in _weekends(problem, choices):
                groups = ((saturday + sunday, 2), (saturday, -1), (sunday, -1))
                yield Total(groups=groups, upper=0, **self.form_fields(problem))

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        """Look at both days of each weekend."""
        for agent_id in sorted(self.agents):
            worked = {duty.date for duty in roster.of(agent_id)}
            for date in problem.horizon.dates:
                if date.weekday() == SATURDAY and (date in worked) != (date + DAY in worked):
                    yield self.broken(problem, agent_id, (date, date + DAY), (1, 0), 1)


class Wish(Frozen):
    """A wish for a day: a duty of one of the shift types, or none of them; ``weight`` where it is not granted."""

    date: dt.date
    shifts: frozenset[str]
    weight: int
    is_wanted: bool = False


class Wishes(InstanceRule):
    """Wishes by agent; each that is not granted counts its weight."""

    kind: ClassVar[str] = "wishes"
    says: ClassVar[str] = "requests for shifts on and off"
    unit: ClassVar[str] = "weight of the wishes missed"

    wishes: Mapping[str, tuple[Wish, ...]]

    def forms(self, problem: Problem, choices: Choices) -> Iterable[DutyCost | Total]:
        """Yield one cost for all unwanted duties, and a sum for each wanted one."""
        unwanted: list[tuple[int, int]] = []
        for wish in self.wishes.get(choices.agent.agent_id, ()):
            fits = tuple(
                position
                for position in choices.by_date.get(wish.date, ())
                if choices.duties[position].template in wish.shifts
            )
            if wish.is_wanted:
                groups = ((fits, wish.weight),) if fits else ()
                yield Total(groups=groups, lower=wish.weight, **self.form_fields(problem))
            else:
                unwanted += [(position, wish.weight) for position in fits]
        if unwanted:
            yield DutyCost(amounts=tuple(unwanted), **self.form_fields(problem))

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        """Hold every wish against the duties of its agent."""
        for agent_id, wishes in self.wishes.items():
            held = {duty.date: duty.template for duty in roster.of(agent_id)}
            for wish in wishes:
                granted = held.get(wish.date) in wish.shifts
                if granted != wish.is_wanted:
                    days = (wish.date, wish.date)
                    yield self.broken(
                        problem, agent_id, days, (granted, wish.is_wanted), wish.weight
                    )


def _weekends(
    problem: Problem, choices: Choices
) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Yield the positions of Saturday and Sunday of each weekend of the horizon."""
    for date in problem.horizon.dates:
        if date.weekday() == SATURDAY:
            yield choices.by_date.get(date, ()), choices.by_date.get(date + DAY, ())


def _whole(problem: Problem) -> tuple[dt.date, dt.date]:
    return problem.horizon.dates[0], problem.horizon.dates[-1]
