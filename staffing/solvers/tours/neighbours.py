"""Neighbours: what two duties cost that follow each other, as a machine that remembers the last duty.

All successions together, and duties that overlap about midnight. Last duties that bar and charge the same from a day on
are one state.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from staffing.domain.objective import Level
from staffing.model.forms import Conflict, PersonalForm, Succession
from staffing.solvers.tours.days import NOTHING, Days
from staffing.solvers.tours.layers import Layer, Layers, reduced

BEFORE = -1
"""The last duty before the first day: the last one carried in, or none."""

Charges = dict[int, dict[int, dict[int, float]]]
"""Cost (inf: forbidden) by last duty, then day, then duty of that day."""


def neighbour_layers(forms: Sequence[PersonalForm], days: Days) -> Layers:
    """Return the machine of the last duty."""
    charges = _charges(forms, days)
    until = {last: max(by_day) for last, by_day in charges.items()}
    lasts: list[int | None] = [BEFORE if BEFORE in charges else None]
    layers = []
    for day, moves in enumerate(days.moves):
        cost = np.zeros((len(moves), len(lasts)))
        row_of = {move: row for row, move in enumerate(moves)}
        for column, last in enumerate(lasts):
            if last is not None:
                for move, charge in charges[last].get(day, {}).items():
                    if move in row_of:
                        cost[row_of[move], column] = charge
        known: dict[int | None, int] = {}

        def state(last: int | None, day: int = day, known: dict[int | None, int] = known) -> int:
            matters = last if last is not None and until.get(last, -1) > day else None
            return known.setdefault(matters, len(known))

        stay = [state(last) for last in lasts] if NOTHING in moves else []
        following = np.array(
            [stay if move == NOTHING else [state(move)] * len(lasts) for move in moves], np.int32
        ).reshape(len(moves), len(lasts))
        layers.append(Layer(np.arange(len(moves), dtype=np.int32), following, cost))
        lasts = list(known) or [None]
    return reduced(layers)


def _charges(forms: Sequence[PersonalForm], days: Days) -> Charges:
    found: Charges = defaultdict(lambda: defaultdict(lambda: defaultdict(float)))
    for i, k, charge in _pairs(forms, days):
        found[i][days.day_of[k]][k] += charge
    return {last: dict(by_day) for last, by_day in found.items()}


def _pairs(forms: Sequence[PersonalForm], days: Days) -> Iterator[tuple[int, int, float]]:
    """Yield (last duty, next duty, cost)."""
    for form in forms:
        if isinstance(form, Succession):
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
