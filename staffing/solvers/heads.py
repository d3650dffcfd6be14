"""What covers cost where nothing else couples people: convex in the heads of each interval, so that prices are exact.

One person holds no two duties that meet. While all others stand still, what his duties are worth therefore adds up, and
his cheapest tour against these prices is his best answer to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from staffing.solvers.groups import Group, Team
from staffing.solvers.instance import Instance

Floats = NDArray[np.float64]
Places = NDArray[np.intp]


@dataclass(frozen=True)
class Heads:
    """The cells, one for each cover and interval, and a last one that nothing is asked of.

    Parameters
    ----------
    lower, upper
        Heads that each cell needs, and that will do (inf: any number).
    under, over
        Cost of a head too few, and of one too many.
    carried
        Heads that duties of the carry-in put there.
    duties
        For each group the cells of its open duties, one after the other, and where each duty begins, with the end.
    """

    lower: Floats
    upper: Floats
    under: Floats
    over: Floats
    carried: Floats
    duties: tuple[tuple[Places, Places], ...]

    @cached_property
    def ripple(self) -> float:
        """The least that a head may cost: prices that differ by a part of it say almost the same."""
        costs = np.concatenate([self.under, self.over])
        return float(costs[costs > 0].min(initial=np.inf)) if costs.any() else 0.0

    def cost(self, heads: Floats) -> float:
        """Return what so many heads in each cell cost."""
        lacking = np.maximum(self.lower - heads, 0.0)
        beyond = np.maximum(heads - self.upper, 0.0)
        return float(self.under @ lacking + self.over @ beyond)

    def worth(self, heads: Floats, group: int) -> Floats:
        """Return what a further person of a group on each of its open duties would save."""
        gain = np.where(heads < self.lower, self.under, 0.0)
        gain -= np.where(heads >= self.upper, self.over, 0.0)
        cells, first = self.duties[group]
        return np.add.reduceat(gain[cells], first[:-1]) if len(first) > 1 else np.zeros(0)

    def cells(self, group: int, positions: Sequence[int]) -> Places:
        """Return the cells in which a tour of a group puts a head, each as often as it does."""
        cells, first = self.duties[group]
        parts = [cells[slice(*first[k : k + 2])] for k in positions]
        return np.concatenate(parts) if parts else np.zeros(0, np.intp)


def heads_of(instance: Instance, teams: Sequence[Team], groups: Sequence[Group]) -> Heads | None:
    """Return the cells of an instance, None where work flows between intervals and people are not all that counts."""
    if instance.problem.queues:
        return None
    horizon, covers = instance.problem.horizon, instance.covers
    count = horizon.intervals
    nothing = len(covers) * count
    carried = np.zeros(nothing + 1)
    for team in teams:
        for member in team.members:
            held = {t for duty in member.choices.carried for t in duty.whole_intervals(horizon)}
            for cover in team.covers:
                carried[[cover * count + t for t in held]] += 1
    width = horizon.interval_minutes
    return Heads(
        lower=_by_cell((cover.lower for cover in covers), 0.0),
        upper=_by_cell(
            (
                [np.inf if most is None else most for most in cover.upper or [None] * count]
                for cover in covers
            ),
            np.inf,
        ),
        under=np.append(np.repeat([width * c.unit_cost * 1.0 for c in covers], count), 0.0),
        over=np.append(np.repeat([width * c.over_unit_cost * 1.0 for c in covers], count), 0.0),
        carried=carried,
        duties=tuple(_cells(instance, teams[group.team], group, nothing) for group in groups),
    )


def _by_cell(rows: Iterable[Sequence[float]], last: float) -> Floats:
    return np.array([value for row in rows for value in row] + [last], dtype=np.float64)


def _cells(instance: Instance, team: Team, group: Group, nothing: int) -> tuple[Places, Places]:
    """Return the cells of the duties of a group; each begins with the cell that nothing is asked of."""
    horizon = instance.problem.horizon
    cells: list[int] = []
    first: list[int] = []
    for duty in group.open:
        first.append(len(cells))
        cells.append(nothing)
        met = duty.whole_intervals(horizon)
        cells += [cover * horizon.intervals + t for cover in team.covers for t in met]
    return np.array(cells, np.intp), np.array([*first, len(cells)], np.intp)
