"""Ruin and recreate: some people give up their days in a stretch of time, and one after the other answers best.

Where heads are all that couples people (`heads`), the best answer of one person to all others is his cheapest tour
against exact prices: milliseconds, and no program to solve. A roster slightly worse than the best is gone on from, less
and less so (threshold accepting: Dueck and Scheuer 1990; ruin and recreate: Schrimpf et al. 2000).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from random import Random

import numpy as np

from staffing.solvers.budget import Budget, Watch
from staffing.solvers.heads import Floats, Heads
from staffing.solvers.incumbent import Incumbent
from staffing.solvers.parts import Parts
from staffing.solvers.picks import Free
from staffing.solvers.plan import LEAST_GAIN, Best, Slot, freed, without
from staffing.solvers.tours.space import BEAM

FEWEST, MOST = 2, 6
"""People who give up their days together."""
SHORTEST_DAYS, LONGEST_DAYS = 14, 56
"""Of the stretch that they give up."""
THRESHOLD = 0.003
"""Part by which a roster may be worse than the best and still be gone on from, at first."""

LONGEST_SECONDS, STEPS = 2.0, 200
"""Of one neighbourhood; steps where seconds do not count."""
STEPS_A_SECOND = 20
"""Steps of a search of all people, for each second of its budget, where seconds do not count."""


class Recreation:
    """The search of one thread.

    Parameters
    ----------
    heads
        Of the same instance.
    """

    def __init__(self, parts: Parts, heads: Heads, rng: Random) -> None:
        self._groups, self._spaces = parts.groups, parts.spaces
        self._heads, self._random = heads, rng
        self._noise = np.random.default_rng(rng.randrange(1 << 30))
        self._dates = [[duty.date for duty in group.open] for group in parts.groups]
        dates = [date for own in self._dates for date in own] or [
            parts.instance.problem.horizon.first_date
        ]
        self._first, self._days = min(dates), (max(dates) - min(dates)).days + 1

    def built(self) -> Best | None:
        """Return a plan in which each person has answered those before; None if somebody has no tour at all."""
        heads = self._heads.carried.copy()
        people = [g for g, group in enumerate(self._groups) for _ in group.members]
        self._random.shuffle(people)
        slots: list[Slot] = []
        for group in people:
            space, worth = self._spaces[group], self._worth(heads, group)
            # Few labels may miss that there is a tour: only all of them tell that there is none.
            found = space.cheapest(worth, labels=BEAM) or space.cheapest(worth)
            if not found:
                return None
            slots.append((group, found[0]))
            self._add(heads, group, found[0].positions)
        return Best(Counter(slots), self._heads.cost(heads) + _cost(slots))

    def improved(self, best: Best, free: Free, done: Callable[[], float]) -> Best:
        """Return the best plan found from this one, in which only so many members of each group differ.

        Parameters
        ----------
        done
            What part of the search is over; asked before every step, and 1 ends it.
        """
        slots = freed(best.plan, free, self._random)
        still = without(best.plan, slots)
        heads = self._heads.carried.copy()
        for group, tour in (*slots, *still.elements()):
            self._add(heads, group, tour.positions)
        fixed, now, least, found = _cost(still.elements()), best.objective, best.objective, slots
        while slots and (over := done()) < 1:
            tried, then = self._step(slots, heads)
            objective = self._heads.cost(then) + _cost(tried) + fixed
            if objective <= max(now, least * (1 + THRESHOLD * (1 - over))):
                slots, heads, now = tried, then, objective
                if now < least:
                    least, found = now, slots
        return best if least >= best.objective else Best(still + Counter(found), least)

    def _step(self, slots: Sequence[Slot], heads: Floats) -> tuple[list[Slot], Floats]:
        """Return slots and heads after some people gave up a stretch and answered one after the other."""
        rng, slots, heads = self._random, list(slots), heads.copy()
        days = rng.randint(SHORTEST_DAYS, LONGEST_DAYS)
        start = self._first + dt.timedelta(rng.randrange(1 - days // 2, self._days - days // 2 + 1))
        end = start + dt.timedelta(days - 1)
        chosen = rng.sample(range(len(slots)), min(len(slots), rng.randint(FEWEST, MOST)))
        for k in chosen:
            self._add(heads, slots[k][0], self._within(slots[k], start, end), -1.0)
        for k in chosen:
            group, tour = slots[k]
            worth = self._worth(heads, group)
            slots[k] = group, self._spaces[group].around(worth, tour, start, end, labels=BEAM)[0]
            self._add(heads, group, self._within(slots[k], start, end))
        return slots, heads

    def _within(self, slot: Slot, start: dt.date, end: dt.date) -> list[int]:
        """Return the duties of a tour that lie in a stretch."""
        dates = self._dates[slot[0]]
        return [k for k in slot[1].positions if start <= dates[k] <= end]

    def _worth(self, heads: Floats, group: int) -> Floats:
        """Return the prices of a group, rippled: of many equal tours a search proves none the best for long."""
        worth = self._heads.worth(heads, group)
        worth += self._heads.ripple * self._noise.random(len(worth))
        return worth

    def _add(self, heads: Floats, group: int, positions: Sequence[int], often: float = 1.0) -> None:
        np.add.at(heads, self._heads.cells(group, positions), often)


def recreate(
    parts: Parts, heads: Heads, incumbent: Incumbent, budget: Budget, until: float
) -> list[Best]:
    """Let all people answer each other, in threads, from the best plan or from none, and tell of what is found.

    Parameters
    ----------
    until
        Part of the budget after which it ends.

    Returns
    -------
    list of Best
        The first plan and where each thread ended; empty if somebody has no tour at all.
    """
    first = incumbent.best or Recreation(parts, heads, Random(budget.seed)).built()
    if first is None:
        return []
    incumbent.offer(first, "roster")
    people = {k: len(group.members) for k, group in enumerate(parts.groups)}
    seconds = until * budget.seconds

    def search(number: int) -> Best:
        asked = 0

        def done() -> float:
            nonlocal asked
            asked += 1
            if incumbent.stopped:
                return 1.0
            if budget.deterministic:
                return asked / max(1.0, STEPS_A_SECOND * seconds)
            return incumbent.watch.spent / seconds if seconds else 1.0

        best = Recreation(parts, heads, Random(budget.seed + number)).improved(first, people, done)
        incumbent.offer(best, "improve")
        return best

    workers = 1 if budget.deterministic else budget.workers
    with ThreadPoolExecutor(workers) as threads:
        return [first, *threads.map(search, range(workers))]


def recreated(
    parts: Parts, best: Best, free: Free, rng: Random, *, seconds: float | None, nodes: int | None
) -> Best | None:
    """Return a better plan in which only so many members of each group differ, or None.

    Parameters
    ----------
    nodes
        Not None: steps are counted instead of seconds.
    """
    if parts.heads is None:
        return None
    watch = Watch(LONGEST_SECONDS if seconds is None else min(seconds, LONGEST_SECONDS))
    steps = 0

    def done() -> float:
        nonlocal steps
        steps += 1
        return steps / STEPS if seconds is None else watch.part

    found = Recreation(parts, parts.heads, rng).improved(best, free, done)
    return found if found.objective < best.objective - LEAST_GAIN else None


def _cost(slots: Iterable[Slot]) -> float:
    return sum(tour.cost for _, tour in slots)
