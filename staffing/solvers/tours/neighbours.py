"""Neighbours: what two duties cost that follow each other, as a machine that remembers the last duty.

All successions together, and duties that overlap about midnight. Last duties that bar and charge the same from a day on
are one state.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence

import numpy as np

from staffing.domain.objective import Level
from staffing.model.forms import Conflict, PersonalForm, Succession
from staffing.model.pairs import NextDay
from staffing.solvers.tours.days import NOTHING, Days
from staffing.solvers.tours.layers import Floats, Layer, Layers, reduced

BEFORE = -1
"""The last duty before the first day: the last one carried in, or none."""

Charges = dict[int, dict[int, dict[int, float]]]
"""Cost (inf: forbidden) by last duty, then day, then duty of that day."""

Last = int | tuple[int, ...] | None
"""A last duty as far as it matters: the duty, its kinds where these tell all of the next day, or nothing."""


def neighbour_layers(forms: Sequence[PersonalForm], days: Days) -> Layers:
    """Return the machine of the last duty; days that look alike share a layer."""
    machine = _LastDuty(forms, days)
    lasts = machine.start
    known: dict[Hashable, tuple[Layer, tuple[Last, ...]]] = {}
    layers = []
    for day in range(len(days.moves)):
        look = machine.look(lasts, day)
        if look not in known:
            known[look] = machine.layer(lasts, day)
        layer, lasts = known[look]
        layers.append(layer)
    return reduced(layers)


class _LastDuty:
    """What last duties cost the next one."""

    def __init__(self, forms: Sequence[PersonalForm], days: Days) -> None:
        self._days = days
        self._charges = _charges(forms, days)
        self._tables = [
            (form.pairs, _kind_table(form, form.pairs))
            for form in forms
            if isinstance(form, Succession) and isinstance(form.pairs, NextDay)
        ]
        self.start: tuple[Last, ...] = (
            BEFORE if days.carried or BEFORE in self._charges else None,
        )

    def look(self, lasts: tuple[Last, ...], day: int) -> Hashable:
        """Return what a layer depends on; a duty that counts for itself is met on one day only."""
        moves = tuple(
            (self._kinds(move), move if move in self._charges else None)
            if move != NOTHING
            else None
            for move in self._days.moves[day]
        )
        return lasts, moves, day if any(isinstance(last, int) for last in lasts) else None

    def layer(self, lasts: tuple[Last, ...], day: int) -> tuple[Layer, tuple[Last, ...]]:
        """Return the layer of a day, and the last duties after it."""
        moves = self._days.moves[day]
        cost = np.array([self._costs(last, day) for last in lasts]).T.reshape(len(moves), -1)
        known: dict[Last, int] = {}
        following = np.zeros(cost.shape, np.int32)
        for row, move in enumerate(moves):
            after = [self._stays(last, day) for last in lasts] if move == NOTHING else None
            following[row] = (
                known.setdefault(self._state(move), len(known))
                if after is None
                else [known.setdefault(last, len(known)) for last in after]
            )
        letters = np.arange(len(moves), dtype=np.int32)
        return Layer(letters, following, cost), tuple(known) or (None,)

    def _kinds(self, duty: int) -> tuple[int, ...]:
        return tuple(pairs.kinds[duty + self._days.carried] for pairs, _ in self._tables)

    def _state(self, duty: int) -> Last:
        """Return a duty as far as it matters after its day."""
        if duty in self._charges:
            return duty
        kinds = self._kinds(duty)
        matters = any(table[k].any() for k, (_, table) in zip(kinds, self._tables, strict=True))
        return kinds if matters else None

    def _stays(self, last: Last, day: int) -> Last:
        """Return what is left of a last duty after a day without one: kinds matter on the next day only."""
        if not isinstance(last, int):
            return None
        until = max(self._charges.get(last, {}), default=-1)
        if self._tables:
            until = max(until, self._day(last) + 1)
        return last if until > day else None

    def _costs(self, last: Last, day: int) -> Floats:
        """Return what each move of a day costs after a last duty."""
        moves = self._days.moves[day]
        cost = np.zeros(len(moves))
        if last is None:
            return cost
        kinds: tuple[int, ...] = () if isinstance(last, int) else last
        if isinstance(last, int):
            own = self._charges.get(last, {}).get(day, {})
            cost += [own.get(move, 0.0) for move in moves]
            if self._day(last) + 1 == day:
                kinds = self._kinds(last)
        later = [NOTHING if move == NOTHING else move + self._days.carried for move in moves]
        for kind, (pairs, table) in zip(kinds, self._tables, strict=False):
            cost += table[kind, [NOTHING if p == NOTHING else pairs.kinds[p] for p in later]]
        return cost

    def _day(self, last: int) -> int:
        """Return the day of a last duty, also of the last one carried in; long ago if there is none."""
        if last != BEFORE:
            return self._days.day_of[last]
        carried = self._days.choices.carried
        return self._days.day(carried[-1].date) if carried else -(1 << 30)


def _kind_table(form: Succession, pairs: NextDay) -> Floats:
    """Return what each kind costs after each; the last column is no duty."""
    kinds = max(pairs.kinds, default=0) + 1
    table = np.zeros((kinds, kinds + 1))
    for earlier, later, amount in pairs.charges:
        if max(earlier, later) < kinds:
            table[earlier, later] = np.inf if form.level is Level.MUST else amount * form.unit_cost
    return table


def _charges(forms: Sequence[PersonalForm], days: Days) -> Charges:
    found: Charges = defaultdict(lambda: defaultdict(lambda: defaultdict(float)))
    for i, k, charge in _pairs(forms, days):
        found[i][days.day_of[k]][k] += charge
    return {last: dict(by_day) for last, by_day in found.items()}


def _pairs(forms: Sequence[PersonalForm], days: Days) -> Iterator[tuple[int, int, float]]:
    """Yield (last duty, next duty, cost), those by kinds left out."""
    for form in forms:
        if isinstance(form, Succession) and not isinstance(form.pairs, NextDay):
            for i, k, amount in form.pairs:
                later = k - days.carried
                earlier = i - days.carried if i >= days.carried else BEFORE
                if later not in days.possible or not days.choices.can_precede_open(i):
                    continue
                if earlier == BEFORE or earlier in days.possible:
                    is_must = form.level is Level.MUST
                    yield earlier, later, np.inf if is_must else amount * form.unit_cost
        elif isinstance(form, Conflict):
            for clique in form.cliques:
                yield from ((i, k, np.inf) for i, k in overlapping(days.opened(clique), days))


def overlapping(clique: Sequence[int], days: Days) -> list[tuple[int, int]]:
    """Return the pairs of a clique that lie on neighbouring dates: no duty can be chosen between them."""
    on = [days.day_of[i] for i in clique]
    if len(set(on)) < 2:
        return []
    return [(i, k) for i in clique for k in clique if days.day_of[k] - days.day_of[i] == 1]


def far_cliques(forms: Sequence[PersonalForm], days: Days) -> list[tuple[int, ...]]:
    """Return the cliques that reach over more than two dates, which the last duty does not tell about."""
    cliques = [
        days.opened(clique)
        for form in forms
        if isinstance(form, Conflict)
        for clique in form.cliques
    ]
    return [
        clique
        for clique in cliques
        if clique and max(days.day_of[i] for i in clique) - min(days.day_of[i] for i in clique) > 1
    ]
