"""Layers: a form as a small machine that walks along the days, made as small as it can be.

A machine has states between the days. What it sees of a move is a *letter*; letter and state give the next state and a
cost (inf: a must is broken). Two things are made of that once:

- costs that no way on can avoid are charged as early as possible, so that what is left to pay is at least 0;
- the *disadvantage* of one state against another: the most that it can cost more on any way on. A tour that costs less
  by as much makes the other one superfluous, whatever follows.

Days that look alike have one layer, by which whatever is made of layers knows that it has been made before.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from staffing.solvers.tours.days import Days

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


class Machine(Protocol):
    """What one or several forms make of a tour, day by day."""

    @property
    def start(self) -> Hashable:
        """State before the first day."""

    def letter(self, day: int, move: int) -> Hashable:
        """Return what it sees of a move."""

    def step(self, state: Any, day: int, letter: Any) -> tuple[Hashable, int | None]:
        """Return the next state and what the move costs, None where a must is broken."""


@dataclass(frozen=True)
class Layer:
    """One day: ``letter[move]``, ``following[letter, state]`` and ``cost[letter, state]``."""

    letter: Ints
    following: Ints
    cost: Floats

    @property
    def content(self) -> Hashable:
        """What layers that are the same have in common."""
        parts = (self.letter, self.following, self.cost)
        return self.cost.shape, *(part.tobytes() for part in parts)


@dataclass(frozen=True)
class Layers:
    """A machine as tables, one a day; it starts in state 0, and ``base`` is what it costs in any case."""

    days: tuple[Layer, ...]
    base: float = 0.0

    @property
    def width(self) -> int:
        """Most states between two days."""
        return max((layer.cost.shape[1] for layer in self.days), default=1)

    @property
    def is_idle(self) -> bool:
        """Tell whether nothing depends on it."""
        return all(layer.cost.shape[1] == 1 and not layer.cost.any() for layer in self.days)


def explore(machine: Machine, days: Days, most_states: int) -> Layers | None:
    """Write down every state that a machine can reach; None if there are more than ``most_states`` after a day."""
    states: dict[Hashable, int] = {machine.start: 0}
    known: dict[Hashable, Layer] = {}
    layers = []
    for day, moves in enumerate(days.moves):
        letters: dict[Hashable, int] = {}
        seen = [letters.setdefault(machine.letter(day, move), len(letters)) for move in moves]
        reached: dict[Hashable, int] = {}
        following = np.zeros((len(letters), len(states)), np.int32)
        cost = np.full((len(letters), len(states)), np.inf)
        for letter, row in letters.items():
            for state, column in states.items():
                after, charge = machine.step(state, day, letter)
                if charge is not None:
                    following[row, column] = reached.setdefault(after, len(reached))
                    cost[row, column] = charge
        if len(reached) > most_states:
            return None
        layer = Layer(np.array(seen, np.int32), following, cost)
        layers.append(known.setdefault(layer.content, layer))
        if not reached:
            return Layers((), np.inf)
        states = reached
    return reduced(layers)


def reduced(layers: Sequence[Layer]) -> Layers:
    """Charge early what cannot be avoided, and merge states and letters that nothing tells apart."""
    done: list[Layer] = []
    group = np.zeros(_states_after(layers[-1]) if layers else 1, np.int64)
    due = np.zeros(len(group))
    known: dict[Hashable, tuple[Layer, NDArray[np.int64], Floats]] = {}
    for layer in reversed(layers):
        look = id(layer), group.tobytes(), due.tobytes()
        if look not in known:
            known[look] = _reduced_layer(layer, group, due)
        one, group, due = known[look]
        done.append(one)
    done.reverse()
    return _first_is_zero(done, int(group[0]), float(due[0]))


def _reduced_layer(
    layer: Layer, group: NDArray[np.int64], due: Floats
) -> tuple[Layer, NDArray[np.int64], Floats]:
    """Return a layer with fewer states, which of them each state is, and what is due from each."""
    total = layer.cost + due[layer.following]
    least = total.min(axis=0, initial=np.inf)
    with np.errstate(invalid="ignore"):
        cost = np.where(np.isinf(total), np.inf, total - least)
    following = np.where(np.isinf(cost), 0, group[layer.following])
    keep, before = _alike(np.concatenate((cost, following)).T + 0.0)
    cost, following = cost[:, keep], following[:, keep].astype(np.int32)
    first, letter = _alike(np.concatenate((cost, following), axis=1) + 0.0)
    one = Layer(letter[layer.letter].astype(np.int32), following[first], cost[first])
    return one, before, least


def _alike(rows: Floats) -> tuple[list[int], NDArray[np.int64]]:
    """Return the first of each kind of row, and the kind of each row."""
    kinds: dict[bytes, int] = {}
    keep: list[int] = []
    group = np.zeros(len(rows), np.int64)
    for n, row in enumerate(rows):
        group[n] = kinds.setdefault(row.tobytes(), len(kinds))
        if len(kinds) > len(keep):
            keep.append(n)
    return keep, group


def _states_after(layer: Layer) -> int:
    return int(layer.following.max(initial=0)) + 1


def _first_is_zero(layers: list[Layer], start: int, base: float) -> Layers:
    """Let the machine start in state 0, its only state before the first day."""
    if layers:
        first = layers[0]
        only = slice(start, start + 1)
        layers[0] = Layer(first.letter, first.following[:, only], first.cost[:, only])
    return Layers(tuple(layers), base)


def product(one: Layers, other: Layers, most_states: int) -> Layers | None:
    """Return the machine that walks along with both; None if it has too many states.

    Nothing is charged early in it that neither charges.
    """
    first, second = np.zeros(1, np.int64), np.zeros(1, np.int64)
    known: dict[Hashable, tuple[Layer, NDArray[np.int64]]] = {}
    layers = []
    for a, b in zip(one.days, other.days, strict=True):
        look = id(a), id(b), first.tobytes(), second.tobytes()
        if look not in known:
            known[look] = _product_layer(a, b, first, second)
        layer, reached = known[look]
        if len(reached) > most_states:
            return None
        layers.append(layer)
        many = _states_after(b)
        first, second = reached // many, reached % many
        if not len(reached):
            return Layers((), np.inf)
    return Layers(tuple(layers))


def _product_layer(
    a: Layer, b: Layer, first: NDArray[np.int64], second: NDArray[np.int64]
) -> tuple[Layer, NDArray[np.int64]]:
    """Return the layer of two, of which these states are together, and the states after it."""
    wide = b.cost.shape[0]
    letters, letter = np.unique(a.letter.astype(np.int64) * wide + b.letter, return_inverse=True)
    la, lb = letters[:, None] // max(1, wide), letters[:, None] % max(1, wide)
    cost = a.cost[la, first] + b.cost[lb, second]
    to_a, to_b = a.following[la, first], b.following[lb, second]
    pairs = np.where(np.isinf(cost), -1, to_a.astype(np.int64) * _states_after(b) + to_b)
    reached = np.unique(pairs[pairs >= 0])
    following = np.where(pairs < 0, 0, np.searchsorted(reached, pairs)).astype(np.int32)
    return Layer(letter.astype(np.int32).reshape(-1), following, cost), reached


def disadvantages(layers: Layers) -> list[Floats]:
    """Return, between the days, the most that state a (row) may yet cost more than state b (column).

    It is inf where a way on is open to b and barred to a.
    """
    last = _states_after(layers.days[-1]) if layers.days else 1
    found = [np.zeros((last, last))]
    known: dict[Hashable, Floats] = {}
    for layer in reversed(layers.days):
        look = id(layer), found[-1].tobytes()
        if look not in known:
            known[look] = _disadvantage(layer, found[-1])
        found.append(known[look])
    found.reverse()
    return found


def _disadvantage(layer: Layer, after: Floats) -> Floats:
    states = layer.cost.shape[1]
    most = np.full((states, states), -np.inf)
    for cost, following in zip(layer.cost, layer.following, strict=True):
        open_ = np.isfinite(cost)
        more = np.where(open_, cost, 0.0)[:, None] - np.where(open_, cost, 0.0)[None, :]
        more = more + after[following[:, None], following[None, :]]
        more = np.where(open_[:, None], more, np.inf)
        most = np.maximum(most, np.where(open_[None, :], more, -np.inf))
    return most
