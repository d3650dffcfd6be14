"""The space of a person's tours: compiled once, then asked for the cheapest tour against any prices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from staffing.domain.problem import Problem
from staffing.requirement.pay import duty_pay
from staffing.solvers.classes import Member
from staffing.solvers.tours.days import NOTHING, days_of
from staffing.solvers.tours.engine import EVERY_LABEL
from staffing.solvers.tours.evaluate import cost_of
from staffing.solvers.tours.folding import Folded, folded
from staffing.solvers.tours.program import Compiled, compiled_forms
from staffing.solvers.tours.records import Floats
from staffing.solvers.tours.room import floored, searched

BEAM = 20
"""Labels a day for horizons of many months.

On a public year (24, four people) 50 took 2.2 times as long and 100 five times. Where prices pull to work that limits
let through, reduced costs were .2 % and .5 % lower with them, and .2 % after a sweep in place of more labels; where
prices pull against the limits (few hours, all weekends) more labels gained nothing and a sweep 2 to 5 %.
"""
TRIES, PULL = 12, 30.0
"""Drawn prices at which any tour at all is looked for, and how far they go, in the greatest cost of a single move."""
WINDOW_DAYS, STEP_DAYS = 14, 7
"""Days that a sweep opens at a time, and how far on the next ones begin."""


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


class _Search:
    """What all searches of a space share.

    Parameters
    ----------
    compiled
        The forms and the moves of each day.
    """

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled

    def charge(self, prices: NDArray[np.float64]) -> Floats:
        """Return what each move costs less its price."""
        charge: Floats = self.compiled.cost - np.append(prices, 0.0)[self.compiled.duty]
        return charge

    def folded(self, is_open: NDArray[np.bool_]) -> Folded | None:
        """Return the program of the moves that are open, where it is worth while."""
        program = self.compiled.program
        return None if program is None else folded(program, is_open, self.compiled.seams)

    def found(
        self,
        prices: NDArray[np.float64],
        charge: Floats,
        shorter: Folded | None,
        most: int,
        labels: int,
        known: float = np.inf,
    ) -> list[Tour]:
        """Search, in as few days as what is open leaves; ``known`` is the cost less prices of a known tour."""
        compiled = self.compiled
        if compiled.program is None:
            return [Tour((), round(compiled.base))] if compiled.base < np.inf else []
        program, width, base = compiled.program, compiled.width, compiled.base
        if shorter is not None:
            program, width, base = shorter.program, shorter.width, base + shorter.base
            charge = shorter.charge(charge)
        if base == np.inf:
            return []
        tours, reduced = np.empty((most, len(program.first) - 1), np.int64), np.empty(most)
        found = searched(program, charge, width, labels, known - base, tours, reduced)
        moves = [tours[n] if shorter is None else shorter.moves(tours[n]) for n in range(found)]
        return [
            self._tour(compiled.duty[own], base + reduced[n], prices) for n, own in enumerate(moves)
        ]

    def least(self, charge: Floats, shorter: Folded | None) -> float:
        """Return a bound below what `found` finds."""
        compiled = self.compiled
        if compiled.program is None:
            return float(compiled.base)
        if shorter is None:
            return compiled.base + floored(compiled.program, charge, compiled.width)
        own = shorter.charge(charge)
        return compiled.base + shorter.base + floored(shorter.program, own, shorter.width)

    def _tour(self, duties: NDArray[np.int32], reduced: float, prices: NDArray[np.float64]) -> Tour:
        held = duties[duties != NOTHING]
        return Tour(tuple(held.tolist()), round(reduced + prices[held].sum()))


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
        self._search = _Search(self._compiled)
        moves = self._days.moves if self._compiled.program is not None else ()
        self._known: Tour | None = None
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
            With fewer, the search keeps so many a day and no longer proves the first tour the best: `BEAM` for horizons
            of many months. Where it comes to no end it sweeps, without masks; with masks it may miss that there is a
            tour.

        Returns
        -------
        list of Tour
            By increasing cost less prices; empty if no tour keeps the musts.
        """
        charge = self._search.charge(prices)
        if allowed is not None:
            charge[~np.append(allowed, True)[self._compiled.duty]] = np.inf
        if forced is not None and not self._force(charge, forced):
            return []
        found = self._search.found(
            prices, charge, self._search.folded(np.isfinite(charge)), most, labels
        )
        if found or labels == EVERY_LABEL or allowed is not None or forced is not None:
            return found
        known = self._any_tour()
        return [] if known is None else [self.swept(prices, known, labels)]

    def least(self, prices: NDArray[np.float64]) -> float:
        """Return a bound below cost less prices of every tour, in a fraction of the time of a search."""
        return self._search.least(self._search.charge(prices), None)

    def swept(self, prices: NDArray[np.float64], tour: Tour, labels: int) -> Tour:
        """Return a tour no dearer than a given one, the best of each fortnight in turn while all else stands still."""
        first = self._days.first
        for day in range(0, len(self._days.moves), STEP_DAYS):
            start = first + dt.timedelta(days=day)
            end = start + dt.timedelta(days=WINDOW_DAYS - 1)
            tour = self.around(prices, tour, start, end, labels=labels)[0]
        return tour

    @property
    def dearest_move(self) -> float:
        """The most that a single duty or day off costs on its own, or saves."""
        return float(np.abs(self._compiled.cost[np.isfinite(self._compiled.cost)]).max(initial=0.0))

    def _any_tour(self) -> Tour | None:
        """Return a tour that keeps the musts, found once."""
        if self._known is None:
            rng, pull = np.random.default_rng(0), PULL * (1 + self.dearest_move)
            drawn = (rng.uniform(0, pull, self.duties) for _ in range(TRIES))
            tours = (
                self._search.found(prices, self._search.charge(prices), None, 1, BEAM)
                for prices in drawn
            )
            self._known = next((found[0] for found in tours if found), None)
        return self._known

    def around(
        self,
        prices: NDArray[np.float64],
        tour: Tour,
        first: dt.date,
        last: dt.date,
        *,
        most: int = 1,
        labels: int = EVERY_LABEL,
    ) -> list[Tour]:
        """Return the cheapest tours that differ from a given one on some dates only; see `opened`."""
        return self.opened(tour, [(first, last)]).cheapest(prices, most=most, labels=labels)

    def opened(self, tour: Tour, spans: Iterable[tuple[dt.date, dt.date]]) -> OpenDates:
        """Return the tours that differ from a given one on some dates only.

        Parameters
        ----------
        tour
            One that keeps the musts, with its cost.
        spans
            First and last of the dates that are open, both included; all others stay as they are.
        """
        held = np.zeros(self.duties + 1, bool)
        held[list(tour.positions)] = True
        wanted = held[self._compiled.duty]
        day = self._day_of_move
        is_worked = np.zeros(len(self._days.moves), bool)
        is_worked[day[wanted]] = True
        wanted |= (self._compiled.duty == NOTHING) & ~is_worked[day]
        for first, last in spans:
            wanted |= (self._days.day(first) <= day) & (day <= self._days.day(last))
        return OpenDates(self._search, tour, is_closed=~wanted)

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


class OpenDates:
    """The tours of a space that differ from a given one on some dates only: what stands still is folded once.

    Parameters
    ----------
    search
        Of the space.
    tour
        The given one.
    is_closed
        Which moves may not be taken.
    """

    def __init__(self, search: _Search, tour: Tour, *, is_closed: NDArray[np.bool_]) -> None:
        self._search, self._tour, self._is_closed = search, tour, is_closed
        self._shorter = search.folded(np.isfinite(search.compiled.cost) & ~is_closed)

    def cheapest(
        self, prices: NDArray[np.float64], *, most: int = 1, labels: int = EVERY_LABEL
    ) -> list[Tour]:
        """Return tours of least cost less prices, as `TourSpace.cheapest`; none is dearer than the given tour."""
        tour, charge = self._tour, self._charge(prices)
        known = tour.cost - float(prices[list(tour.positions)].sum())
        return self._search.found(prices, charge, self._shorter, most, labels, known) or [tour]

    def least(self, prices: NDArray[np.float64]) -> float:
        """Return a bound below cost less prices of every tour."""
        return self._search.least(self._charge(prices), self._shorter)

    def _charge(self, prices: NDArray[np.float64]) -> Floats:
        charge = self._search.charge(prices)
        charge[self._is_closed] = np.inf
        return charge
