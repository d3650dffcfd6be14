"""Requests for shifts on and off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from benchmarks.rostering.rules import InstanceRule
from staffing.domain.base import Frozen
from staffing.domain.problem import Problem
from staffing.domain.result import Violation
from staffing.domain.roster import Roster
from staffing.model.forms import Choices, DutyCost, Total


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
