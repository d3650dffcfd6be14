"""Sums over the horizon within limits of each person's own: minutes, duties, duties of a type, weekends."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from benchmarks.rostering.rules import DAY, InstanceRule
from staffing.domain.base import Frozen
from staffing.domain.objective import Level
from staffing.domain.people import Agent
from staffing.domain.problem import Problem
from staffing.domain.result import Violation
from staffing.domain.roster import Roster
from staffing.domain.shifts import Duty
from staffing.model.forms import Choices, Total

SATURDAY = 5


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
    """A sum over the duties of the horizon within limits: minutes, or all duties.

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


class MaxShifts(InstanceRule):
    """Duties of each shift type over the horizon, at most so many.

    Parameters
    ----------
    most
        By agent and shift type; none of a type is no candidate duty.
    """

    kind: ClassVar[str] = "max_shifts"
    says: ClassVar[str] = "duties of a shift type"
    unit: ClassVar[str] = "duties"
    levels: ClassVar[tuple[Level, ...]] = (Level.MUST,)

    most: Mapping[str, Mapping[str, int]]

    def admits(self, problem: Problem, agent: Agent, duty: Duty) -> bool:
        """Refuse a shift type that is not worked at all."""
        return self.most[agent.agent_id][duty.template] > 0

    def forms(self, problem: Problem, choices: Choices) -> Iterable[Total]:
        """One total a shift type, where there are more days than duties allowed."""
        by_shift: dict[str, list[int]] = defaultdict(list)
        for position, duty in enumerate(choices.duties):
            by_shift[duty.template].append(position)
        for shift, positions in by_shift.items():
            most = self.most[choices.agent.agent_id][shift]
            if len(positions) > most:
                groups = tuple(((position,), 1) for position in positions)
                yield Total(groups=groups, upper=most, **self.form_fields(problem))

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        """Count the duties of each type."""
        for agent in problem.agents:
            held = Counter(duty.template for duty in roster.of(agent.agent_id))
            for shift, count in held.items():
                if count > (most := self.most[agent.agent_id][shift]):
                    found, over = (count, most), count - most
                    yield self.broken(problem, agent.agent_id, _whole(problem), found, over)


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


def _weekends(
    problem: Problem, choices: Choices
) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Yield the positions of Saturday and Sunday of each weekend of the horizon."""
    for date in problem.horizon.dates:
        if date.weekday() == SATURDAY:
            yield choices.by_date.get(date, ()), choices.by_date.get(date + DAY, ())


def _whole(problem: Problem) -> tuple[dt.date, dt.date]:
    return problem.horizon.dates[0], problem.horizon.dates[-1]
