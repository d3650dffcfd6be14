"""The guide: one machine that stands for all others but the last duty, and so knows what any way on must cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from staffing.solvers.tours.days import Days
from staffing.solvers.tours.layers import Layer, Layers, product, reduced

FEW_STATES = 48
"""Machines are put together up to so many states: states of one part are compared by a table of both."""


@dataclass(frozen=True)
class Guide:
    """A machine and its parts.

    Parameters
    ----------
    layers
        All parts within walk along in it.
    parts
        The machines that tell how states compare.
    is_within
        Of each part, whether the guide has its cost.
    base
        What the parts cost in any case.
    """

    layers: Layers
    parts: tuple[Layers, ...]
    is_within: tuple[bool, ...]
    base: float

    @property
    def is_whole(self) -> bool:
        """Tell whether all parts are in the guide."""
        return all(self.is_within)


def guide(machines: Sequence[Layers], days: Days, most_states: int) -> Guide:
    """Put machines together: to a few parts, and these to one, up to so many states."""
    parts, base = _parts(machines)
    layers = Layers(tuple(_passing(len(moves)) for moves in days.moves))
    within: list[bool] = []
    for part in parts if base < np.inf else ():
        both = product(layers, part, most_states)
        within.append(both is not None)
        if both is not None:
            layers, base = both, base + both.base
        if base == np.inf:
            break
    return Guide(layers, tuple(parts), tuple(within), base)


def _passing(moves: int) -> Layer:
    """Return a day that a machine of one state passes by."""
    return Layer(np.zeros(moves, np.int32), np.zeros((1, 1), np.int32), np.zeros((1, 1)))


def _parts(machines: Sequence[Layers]) -> tuple[list[Layers], float]:
    """Put small machines together, leave out those that never matter; return them and what all cost in any case."""
    base = sum(machine.base for machine in machines)
    parts: list[Layers] = []
    for machine in sorted(machines, key=lambda machine: machine.width) if base < np.inf else ():
        if machine.is_idle:
            continue
        both = product(parts[-1], machine, FEW_STATES) if parts else None
        if both is None:
            parts.append(machine)
            continue
        parts[-1] = reduced(both.days) if both.base < np.inf else both
        base += parts[-1].base
        if base == np.inf:
            break
    return parts, base
