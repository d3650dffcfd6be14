"""The days of a tour: on each local date no duty, or one of those that nothing forbids on their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from staffing.domain.objective import Level
from staffing.model.forms import Choices, Conflict, DutyCost, PersonalForm, Run
from staffing.solvers.tours.records import Ints, Longs

NOTHING = -1
"""The move of a day without a duty; every other move is an index into ``choices.open``."""


@dataclass(frozen=True)
class Days:
    """The moves of each day.

    Parameters
    ----------
    first
        Local date of day 0; days follow each other without a gap.
    moves
        What may be done on each day: `NOTHING` and indices into ``choices.open``. A pinned day has only its pin; a day
        on which nothing is possible has no move.
    day_of
        Day of each open duty, also of one that is in no move.
    """

    choices: Choices
    first: dt.date
    moves: tuple[tuple[int, ...], ...]
    day_of: tuple[int, ...]

    @property
    def carried(self) -> int:
        """Number of carried duties, by which positions of forms exceed indices into ``choices.open``."""
        return len(self.choices.carried)

    @cached_property
    def flat(self) -> Ints:
        """All moves, day after day."""
        return np.array([move for moves in self.moves for move in moves], np.int32)

    @cached_property
    def begin(self) -> Longs:
        """Where the moves of each day begin among all, and at the end their number."""
        return np.cumsum([0, *map(len, self.moves)], dtype=np.int64)

    @cached_property
    def possible(self) -> frozenset[int]:
        """Open duties that are in a move."""
        return frozenset(i for moves in self.moves for i in moves if i != NOTHING)

    def opened(self, positions: Sequence[int]) -> tuple[int, ...]:
        """Return the possible open duties among positions of a form."""
        carried, possible = self.carried, self.possible
        return tuple(p - carried for p in positions if p - carried in possible)

    def day(self, date: dt.date) -> int:
        """Return the number of a date."""
        return (date - self.first).days


def days_of(choices: Choices, forms: Sequence[PersonalForm]) -> Days:
    """Lay out the days of the open duties and of every day that a run lists."""
    dates = {duty.date for duty in choices.open}
    for form in forms:
        if isinstance(form, Run):
            dates |= set(planned_dates(form, choices))
    if not dates:
        return Days(choices, dt.date.min, (), ())
    first, last = min(dates), max(dates)
    day_of = tuple((duty.date - first).days for duty in choices.open)
    barred = _barred(choices, forms)
    moves: list[list[int]] = [[NOTHING] for _ in range((last - first).days + 1)]
    for i, day in enumerate(day_of):
        if i not in barred:
            moves[day].append(i)
    for position in choices.pinned:
        i = position - len(choices.carried)
        moves[day_of[i]] = [i] if i in moves[day_of[i]] else []
    return Days(choices, first, tuple(map(tuple, moves)), day_of)


def planned_dates(form: Run, choices: Choices) -> list[dt.date]:
    """Return the dates of the days that a run lists after those carried in."""
    dates = run_dates(form, choices)
    return dates[carried_days(form, choices) :]


def run_dates(form: Run, choices: Choices) -> list[dt.date]:
    """Return the dates of the days that a run lists, none if no day lists a duty."""
    for k, day in enumerate(form.days):
        if day:
            first = choices.duties[day[0]].date - dt.timedelta(days=k)
            return [first + dt.timedelta(days=k) for k in range(len(form.days))]
    return []


def carried_days(form: Run, choices: Choices) -> int:
    """Return how many of the days that a run lists are carried: up to the last that lists a carried duty."""
    listed = [k for k, day in enumerate(form.days) if any(choices.is_carried(i) for i in day)]
    return listed[-1] + 1 if listed else 0


def _barred(choices: Choices, forms: Sequence[PersonalForm]) -> set[int]:
    """Return the open duties that a must forbids whatever else is chosen."""
    barred: set[int] = set()
    for form in forms:
        if isinstance(form, DutyCost) and form.level is Level.MUST:
            barred |= {i for i, amount in form.amounts if amount > 0}
        elif isinstance(form, Conflict):
            for clique in form.cliques if choices.carried else ():
                if any(choices.is_carried(i) for i in clique):
                    barred |= set(clique)
    return {i - len(choices.carried) for i in barred if not choices.is_carried(i)}
