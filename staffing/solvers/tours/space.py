"""The space of a person's tours: compiled once, then asked for the cheapest tour against any prices."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from staffing.domain.problem import Problem
from staffing.requirement.pay import duty_pay
from staffing.solvers.classes import Member
from staffing.solvers.tours.days import NOTHING, days_of
from staffing.solvers.tours.engine import MORE_CANDIDATES, MORE_LABELS, search
from staffing.solvers.tours.evaluate import cost_of
from staffing.solvers.tours.folding import folded
from staffing.solvers.tours.program import compiled_forms
from staffing.solvers.tours.records import Floats, Longs, Pool, Program, pool

_ROOM = threading.local()
LABELS, CANDIDATES = 1 << 12, 1 << 14
"""Room at first: it is doubled as it is needed, and kept for the next search of the thread."""
EVERY_LABEL = 1 << 40
FIRST_PASS = 6
"""Labels a day that the first pass keeps."""


@dataclass(frozen=True)
class Tour:
    """One person's whole horizon.

    Parameters
    ----------
    positions
        Indices into ``member.choices.open``, ascending.
    cost
        All personal forms and the pay of each duty.
    """

    positions: tuple[int, ...]
    cost: int


class TourSpace:
    """Every tour that keeps the musts of one person, or of any who may hold the same under the same forms.

    Parameters
    ----------
    problem
        What pays the duties.
    member
        Choices and forms.
    """

    def __init__(self, problem: Problem, member: Member) -> None:
        self.choices, self._forms = member.choices, member.forms
        self._pay = [duty_pay(problem, duty) for duty in member.choices.open]
        self._days = days_of(member.choices, member.forms)
        self._compiled = compiled_forms(member.forms, self._days, self._pay)
        moves = self._days.moves if self._compiled.program is not None else ()
        self._day_of_move = np.repeat(np.arange(len(moves)), list(map(len, moves)))

    @property
    def duties(self) -> int:
        """Number of open duties, which prices are asked for."""
        return len(self.choices.open)

    def cheapest(
        self,
        prices: NDArray[np.float64],
        *,
        most: int = 1,
        allowed: NDArray[np.bool_] | None = None,
        forced: NDArray[np.bool_] | None = None,
        labels: int = EVERY_LABEL,
    ) -> list[Tour]:
        """Return tours of least cost less prices, the first one exactly the best.

        Parameters
        ----------
        prices
            ``prices[duty]``: what holding each open duty is worth.
        most
            How many tours to return at most; further ones are good and differ from each other.
        allowed, forced
            Masks over open duties: which may be held (all), and which must be held besides the pins (none).
        labels
            With fewer, the search keeps so many a day and no longer proves the first tour the best; it may miss that
            there is one. For horizons of many months.

        Returns
        -------
        list of Tour
            By increasing cost less prices; empty if no tour keeps the musts.
        """
        charge = self._charge(prices)
        if allowed is not None:
            charge[~np.append(allowed, True)[self._compiled.duty]] = np.inf
        if forced is not None and not self._force(charge, forced):
            return []
        return self._found(prices, charge, most, labels)

    def around(
        self,
        prices: NDArray[np.float64],
        positions: Iterable[int],
        first: dt.date,
        last: dt.date,
        *,
        most: int = 1,
        allowed: NDArray[np.bool_] | None = None,
        labels: int = EVERY_LABEL,
    ) -> list[Tour]:
        """Return the cheapest tours that differ from a given one on some dates only; it costs what these dates cost.

        Parameters
        ----------
        positions
            The given tour: indices into ``choices.open``.
        first, last
            Dates that are open, both included; all others stay as they are.
        prices, most, allowed, labels
            As for `cheapest`; ``allowed`` says nothing of dates that stay.
        """
        charge = self._charge(prices)
        held = np.zeros(self.duties + 1, bool)
        held[list(positions)] = True
        wanted = held[self._compiled.duty]
        day = self._day_of_move
        is_worked = np.zeros(len(self._days.moves), bool)
        is_worked[day[wanted]] = True
        wanted |= (self._compiled.duty == NOTHING) & ~is_worked[day]
        is_open = (self._days.day(first) <= day) & (day <= self._days.day(last))
        if allowed is not None:
            charge[is_open & ~np.append(allowed, True)[self._compiled.duty]] = np.inf
        charge[~is_open & ~wanted] = np.inf
        return self._found(prices, charge, most, labels)

    def _charge(self, prices: NDArray[np.float64]) -> Floats:
        """Return what each move costs less its price."""
        charge: Floats = self._compiled.cost - np.append(prices, 0.0)[self._compiled.duty]
        return charge

    def _found(
        self, prices: NDArray[np.float64], charge: Floats, most: int, labels: int
    ) -> list[Tour]:
        """Search, in as few days as what is open leaves."""
        compiled = self._compiled
        if compiled.program is None:
            return [Tour((), round(compiled.base))] if compiled.base < np.inf else []
        shorter = folded(compiled.program, charge, compiled.seams)
        program, width, base = compiled.program, compiled.width, compiled.base
        if shorter is not None:
            program, width, base = shorter.program, shorter.width, base + shorter.base
            charge = shorter.charge
        if base == np.inf:
            return []
        tours, reduced = np.empty((most, len(program.first) - 1), np.int64), np.empty(most)
        found = _search(program, charge, width, labels, tours, reduced)
        moves = [tours[n] if shorter is None else shorter.moves(tours[n]) for n in range(found)]
        return [
            self._tour(compiled.duty[own], base + reduced[n], prices) for n, own in enumerate(moves)
        ]

    def _tour(self, duties: NDArray[np.int32], reduced: float, prices: NDArray[np.float64]) -> Tour:
        held = duties[duties != NOTHING]
        return Tour(tuple(held.tolist()), round(reduced + prices[held].sum()))

    def _force(self, charge: Floats, forced: NDArray[np.bool_]) -> bool:
        """Leave the forced duty as the only move of its day; tell whether that can be done."""
        wanted = np.append(forced, False)[self._compiled.duty]
        day = self._day_of_move
        on = day[wanted]
        if wanted.sum() < forced.sum() or len(set(on.tolist())) < len(on):
            return False
        charge[np.isin(day, on) & ~wanted] = np.inf
        return True

    def cost(self, positions: Iterable[int]) -> int | None:
        """Return what a tour costs, None if it breaks a must, pins and one duty a date among them."""
        held = frozenset(positions)
        days = [self._days.day_of[i] for i in held]
        carried = len(self.choices.carried)
        if len(set(days)) < len(days) or not {p - carried for p in self.choices.pinned} <= held:
            return None
        own = cost_of(self._forms, self.choices, frozenset(i + carried for i in held))
        return None if own is None else own + sum(self._pay[i] for i in held)


def _search(
    program: Program, charge: Floats, width: int, most: int, tours: Longs, reduced: Floats
) -> int:
    """Search with the room of this thread, and with more where it is too little."""
    labels, candidates = LABELS, CANDIDATES
    while True:
        room = _room(labels, candidates, width)
        found = int(search(program, charge, room, FIRST_PASS, most, tours, reduced))
        if found == MORE_LABELS:
            labels = 2 * len(room.kept)
        elif found == MORE_CANDIDATES:
            candidates = 2 * len(room.new)
        else:
            return found


def _room(labels: int, candidates: int, width: int) -> Pool:
    """Return the pool of this thread, grown if it is too small."""
    have: Pool | None = getattr(_ROOM, "pool", None)
    if have is not None:
        labels, candidates = max(labels, len(have.kept)), max(candidates, len(have.new))
        width = max(width, have.new_state.shape[1])
        if (labels, candidates, width) == (len(have.kept), *have.new_state.shape):
            return have
    _ROOM.pool = made = pool(labels, candidates, width)
    return made
