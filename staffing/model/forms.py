"""Forms: what a rule means, as data, in a small closed set that every solver knows.

A form speaks of the duties of one agent by position in a `Choices` list, or of the whole team (`Cover`). It carries its
level and the cost of one unit of its amount, so that posting it needs no knowledge of the rule.

Amounts, the same for solver and check (duties chosen: those the agent holds, carried ones always). What the carry-in
alone amounts to is inherited and left out: such pairs, days and windows do not count, and an ``upper`` that it already
exceeds gives way to it.

``Conflict``     must only: at most one duty of each clique is chosen.
``DutyCost``     Σ amount of each chosen duty.
``Succession``   Σ amount of each listed pair that is chosen *with no chosen duty between them* (by start).
``Run``          Σ over maximal runs of consecutive listed days of the property (a chosen duty of those listed on the
                 day; ``free``: no such duty): days beyond ``limit``, and, if the run ends, days short of ``at_least``.
                 It ends when a listed day without the property follows; a run that goes on at the last one may yet
                 be long enough. Days before the first listed one count as without the property, so that history
                 that is not listed adds no length; with ``open_start`` a run that touches the first listed day
                 counts as long enough (and no longer than listed). Inherited are a day beyond ``limit`` when none of
                 the ``limit + 1`` days up to it lists an open duty, and a short run when it ends on a carried day.
                 Carried days are those up to the last that lists a carried duty: a run of carried days that a
                 planned day ends is short by the choice of that day, and charged.
``Total``        max(0, value − upper) + max(0, lower − value); value = constant + Σ value of each group in which at
                 least one duty is chosen.
``Spread``       ⌈max(0, greatest − smallest − limit) / step⌉ over the values of the chosen duties.
``FreeStretch``  number of windows that hold no free stretch: a window [start, end) is satisfied when some
                 u in [start, end] exists with no duty meeting [u, u + length).
``Cover``        Σ over intervals: max(0, lower − people present through the whole interval) × interval minutes; and,
                 priced apart, max(0, people present − upper) × interval minutes.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from pydantic import Field

from staffing.domain.base import Frozen
from staffing.domain.objective import Level, Tier
from staffing.domain.people import Agent
from staffing.domain.shifts import Duty
from staffing.model.pairs import NextDay, Pair


class Choices(Frozen):
    """The duties an agent may hold: first those carried in (fixed), then the open ones.

    Parameters
    ----------
    carried
        Published duties before the horizon, by start.
    open
        Candidate duties of the horizon, by start.
    pinned
        Positions that must be chosen.
    """

    agent: Agent
    carried: tuple[Duty, ...]
    open: tuple[Duty, ...]
    pinned: tuple[int, ...] = ()

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """Carried and open duties; a form refers to positions in this tuple."""
        return self.carried + self.open

    def is_carried(self, position: int) -> bool:
        """Tell whether a position is a carried duty."""
        return position < len(self.carried)

    def can_precede_open(self, position: int) -> bool:
        """Tell whether an open duty may be the next one after it: of the carried duties only the last."""
        return position >= len(self.carried) - 1

    @cached_property
    def by_date(self) -> dict[dt.date, tuple[int, ...]]:
        """Positions of the duties that start on each local date; dates without a duty are missing."""
        found: dict[dt.date, list[int]] = {}
        for position, duty in enumerate(self.duties):
            found.setdefault(duty.date, []).append(position)
        return {date: tuple(positions) for date, positions in sorted(found.items())}

    def followers(self, within_minutes: int) -> Iterator[tuple[int, int, int]]:
        """Yield (earlier, later, gap) for every open duty that starts less than ``within_minutes`` after another."""
        starts = [duty.start for duty in self.open]
        for i, earlier in enumerate(self.duties):
            first = bisect_left(starts, earlier.end)
            last = bisect_left(starts, earlier.end + within_minutes)
            for k in range(first, last):
                yield i, len(self.carried) + k, starts[k] - earlier.end


class _Form(Frozen):
    """What all forms have: the rule's kind, its level, tier, and the cost of one unit (0 for must).

    Every form but `Conflict` may rely on at most one open duty a local start date (`one_duty_at_a_time` is structural);
    the carry-in may hold more, as a split shift does.
    """

    rule: str
    level: Level
    tier: Tier
    unit_cost: int


class Conflict(_Form):
    """Duties that exclude each other, at most one of each clique; the one structural form, always a must."""

    form: Literal["conflict"] = "conflict"
    cliques: tuple[tuple[int, ...], ...]


class DutyCost(_Form):
    """A duty alone."""

    form: Literal["duty_cost"] = "duty_cost"
    amounts: tuple[tuple[int, int], ...]  # (position, amount)


class Succession(_Form):
    """Two duties, one after the other.

    Parameters
    ----------
    pairs
        (earlier position, later position, amount > 0): all of them, or by kinds of duties on two days in a row.
    """

    form: Literal["succession"] = "succession"
    pairs: NextDay | tuple[Pair, ...] = Field(union_mode="left_to_right")

    def amount(self, earlier: int, later: int) -> int:
        """Return the amount of two positions, 0 where they are not listed."""
        if isinstance(self.pairs, NextDay):
            return self.pairs.amount(earlier, later)
        return self._amounts.get((earlier, later), 0)

    @cached_property
    def _amounts(self) -> dict[tuple[int, int], int]:
        found: dict[tuple[int, int], int] = {}
        for earlier, later, amount in self.pairs:
            found[earlier, later] = found.get((earlier, later), 0) + amount
        return found


class Run(_Form):
    """Consecutive local days with a property; a price of their own for runs too short takes a second form.

    Parameters
    ----------
    days
        Positions by consecutive local day, carried days first: those that join on to the first planned day.
    limit
        Longest run in days, None where any length will do.
    at_least
        Shortest run in days; 0 and 1 ask for nothing.
    free
        The property is *no chosen duty of those listed*, a day off; a day that lists none is free for certain.
    open_start
        A run that touches the first listed day may have begun before it, and is never too short.
    """

    form: Literal["run"] = "run"
    days: tuple[tuple[int, ...], ...]
    limit: int | None = None
    at_least: int = 0
    free: bool = False
    open_start: bool = False


class Total(_Form):
    """A sum over the week or a period, under and over."""

    form: Literal["total"] = "total"
    groups: tuple[
        tuple[tuple[int, ...], int], ...
    ]  # (positions, value): counts once if any is chosen
    constant: int = 0
    lower: int | None = None
    upper: int | None = None


class Spread(_Form):
    """Greatest less smallest value over the chosen duties."""

    form: Literal["spread"] = "spread"
    values: tuple[tuple[int, int], ...]  # (position, value)
    limit: int
    step: int = 1


class FreeStretch(_Form):
    """One unbroken free stretch in every window."""

    form: Literal["free_stretch"] = "free_stretch"
    length: int
    windows: tuple[
        tuple[int, int], ...
    ]  # the earliest and latest minute at which the stretch may begin


class Cover(_Form):
    """Team-wide: enough people on duty in each interval, and not too many.

    Parameters
    ----------
    name
        What is covered, such as a workstream.
    agents
        Who counts.
    lower
        People needed, by interval; a minute short costs ``unit_cost``.
    upper
        People that will do, by interval, None where any number is welcome; None for all intervals alike.
    over_unit_cost
        Cost of a minute of one person beyond ``upper``.
    """

    form: Literal["cover"] = "cover"
    name: str
    agents: tuple[str, ...]
    lower: tuple[int, ...]
    upper: tuple[int | None, ...] | None = None
    over_unit_cost: int = 0


PersonalForm = Conflict | DutyCost | Succession | Run | Total | Spread | FreeStretch
