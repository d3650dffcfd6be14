"""Totals: forms that add up the same values of a tour become one sum with a convex cost.

A sum that takes few values is a machine (`TotalMachine`); of any other the engine carries the value itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from staffing.domain.objective import Level
from staffing.model.forms import Total
from staffing.solvers.tours.days import Days

Side = tuple[int, int, int | None]
"""+1 (no more than) or -1 (no less than), the limit times that sign, and the cost of a unit, None for a must."""


@dataclass(frozen=True)
class Sum:
    """A sum over the open duties of a tour and what it costs.

    Parameters
    ----------
    single
        What each open duty adds.
    spanning
        Groups that lie on several dates and count once: (open duties, value).
    sides
        Limits, what is carried in already taken off.
    """

    days: Days
    single: dict[int, int]
    spanning: tuple[tuple[frozenset[int], int], ...]
    sides: tuple[Side, ...]

    def cost(self, value: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return what values of the sum cost, inf where a must is broken."""
        cost = np.zeros(value.shape)
        for sign, limit, unit in self.sides:
            beyond = np.maximum(sign * value - limit, 0)
            cost += beyond * unit if unit is not None else np.where(beyond > 0, np.inf, 0.0)
        return cost

    @cached_property
    def span(self) -> tuple[int, int]:
        """First and last day on which it can change; (0, -1) if it cannot."""
        on = [self.days.day_of[i] for i in self.single]
        on += [self.days.day_of[i] for group, _ in self.spanning for i in group]
        return (min(on), max(on)) if on else (0, -1)

    @cached_property
    def last_day_of_group(self) -> tuple[int, ...]:
        """Last day of each spanning group."""
        return tuple(max(self.days.day_of[i] for i in group) for group, _ in self.spanning)

    @cached_property
    def reach(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Least and most that can still be added, before each day and after the last."""
        least = np.zeros(len(self.days.moves) + 1, np.int64)
        most = least.copy()
        if self.days.moves:
            least[:-1] = np.minimum.reduceat(self.gains, self.days.begin[:-1])
            most[:-1] = np.maximum.reduceat(self.gains, self.days.begin[:-1])
        for (_, value), last in zip(self.spanning, self.last_day_of_group, strict=True):
            least[last] += min(0, value)
            most[last] += max(0, value)
        return least[::-1].cumsum()[::-1], most[::-1].cumsum()[::-1]

    @cached_property
    def gains(self) -> NDArray[np.int64]:
        """What each move adds, day after day, spanning groups apart."""
        value = np.zeros(len(self.days.day_of) + 1, np.int64)
        value[list(self.single)] = list(self.single.values())
        return value[self.days.flat]

    def has_few_values(self, most: int) -> bool:
        """Tell whether what it comes to along the days is one of so many values, groups taken as met or not at will."""
        least, most_to_come = self.reach
        # Each day on which it may gain more or less makes one value more at least.
        if (np.diff(least) != np.diff(most_to_come)).sum() >= most:
            return False
        groups: dict[int, set[int]] = defaultdict(set)
        for (_, value), last in zip(self.spanning, self.last_day_of_group, strict=True):
            groups[last].add(value)
        values, gains = {0}, self.gains.tolist()
        for day, (first, end) in enumerate(pairwise(self.days.begin.tolist())):
            values = {value + gain for value in values for gain in set(gains[first:end])}
            for value in groups[day]:
                values |= {had + value for had in values}
            if len(values) > most:
                return False
        return True

    @cached_property
    def groups_of(self) -> dict[int, frozenset[int]]:
        """Numbers of the spanning groups that each open duty lies in."""
        found: dict[int, set[int]] = defaultdict(set)
        for k, (group, _) in enumerate(self.spanning):
            for i in group:
                found[i].add(k)
        return {i: frozenset(numbers) for i, numbers in found.items()}

    @property
    def is_idle(self) -> bool:
        """Tell whether it costs the same whatever the tour."""
        least, most = self.reach
        values = self.cost(np.arange(least[0], most[0] + 1))
        return bool((values == values[0]).all())


def sums_of(totals: Iterable[Total], days: Days) -> list[Sum]:
    """Return the sums of totals; those of the same values are one."""
    sides: dict[tuple[object, ...], list[Side]] = defaultdict(list)
    made: dict[tuple[object, ...], Sum] = {}
    for form in totals:
        one = _of_total(form, days)
        key = (frozenset(one.single.items()), frozenset(one.spanning))
        made.setdefault(key, one)
        sides[key] += one.sides
    return [Sum(days, one.single, one.spanning, tuple(sides[key])) for key, one in made.items()]


def clique_sums(cliques: Iterable[Sequence[int]], days: Days) -> list[Sum]:
    """Return the sums of cliques (open duties), of each of which at most one may be held."""
    return [Sum(days, dict.fromkeys(clique, 1), (), ((1, 1, None),)) for clique in cliques]


def _of_total(form: Total, days: Days) -> Sum:
    carried = form.constant
    single: dict[int, int] = defaultdict(int)
    spanning: dict[frozenset[int], int] = defaultdict(int)
    possible, first = days.possible, days.carried
    for positions, value in form.groups:
        if len(positions) == 1 and positions[0] >= first:
            if positions[0] - first in possible:
                single[positions[0] - first] += value
            continue
        group = frozenset(days.opened(positions))
        if any(days.choices.is_carried(p) for p in positions):
            carried += value
        elif len({days.day_of[i] for i in group}) > 1:
            spanning[group] += value
        else:
            for i in group:
                single[i] += value
    unit = None if form.level is Level.MUST else form.unit_cost
    sides: list[Side] = []
    if form.upper is not None:
        sides.append((1, max(form.upper, carried) - carried, unit))
    if form.lower is not None:
        sides.append((-1, carried - form.lower, unit))
    held = {i: value for i, value in sorted(single.items()) if value}
    groups = sorted(((group, value) for group, value in spanning.items() if value), key=_order)
    return Sum(days, held, tuple(groups), tuple(sides))


def _order(group: tuple[frozenset[int], int]) -> tuple[int, ...]:
    return (*sorted(group[0]), group[1])


@dataclass(frozen=True)
class TotalMachine:
    """A sum of few values; its states are the value and which spanning groups have been met."""

    total: Sum
    start: tuple[int, frozenset[int]] = field(default=(0, frozenset()), init=False)

    def letter(self, day: int, move: int) -> tuple[int, frozenset[int]]:
        """Return what a move adds, and the spanning groups that it meets."""
        return self.total.single.get(move, 0), self.total.groups_of.get(move, frozenset())

    def step(
        self, state: tuple[int, frozenset[int]], day: int, letter: tuple[int, frozenset[int]]
    ) -> tuple[tuple[int, frozenset[int]], int | None]:
        """Add up; charge after the last day on which the sum can change."""
        total = self.total
        first, last = total.span
        if not first <= day <= last:
            return state, 0
        new = letter[1] - state[1]
        value = state[0] + letter[0] + sum(total.spanning[k][1] for k in new)
        met = frozenset(k for k in state[1] | new if total.last_day_of_group[k] > day)
        if day < last:
            return (value, met), 0
        cost = float(total.cost(np.array([value]))[0])
        return self.start, None if cost == np.inf else int(cost)
