"""Column generation: price tours, add the good ones, and prove a bound on the way.

Any prices give a bound (Lagrange): what service costs at least at these prices, and for each group its members times
its cheapest tour. Duals between the duals of now and those of the best bound so far are steadier than either
(Wentges 1997). Where few labels are kept there is no bound yet, and prices are a mean of those so far (Neame 1999).
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from staffing.solvers.master.duals import Duals, Floats
from staffing.solvers.master.pricing import Pricer
from staffing.solvers.master.restricted import RestrictedMaster
from staffing.solvers.tours.engine import EVERY_LABEL

SMOOTHING = 0.4
"""Weight of the prices of the best bound."""
WORTH_SMOOTHING = 0.2
"""Relative distance of bound and master from which on the prices of the bound say something."""
STEADINESS = 0.5
"""Weight of the prices asked before, where few labels prove no bound to be steady around."""
TOURS_OF_A_PRICING, COLUMNS_OF_A_PRICING = 3, 120
"""Of a group at most; and of all of them about so many where few labels are kept, as programs take longer then."""
TAIL = 8
"""Pricings that are looked at together to tell whether there is progress."""
MORE = 8
"""How many times as many labels are kept where tours are held: good ones are rare among those that are left."""
CONVERGED = 1e-7
"""Relative distance of the master to its bound at which no tour can help."""


@dataclass(frozen=True)
class _Point:
    """Duals with what service costs at them and an empty team: two can be mixed, as its dual problem is convex."""

    duties: tuple[Floats, ...]
    service: float

    def mixed(self, other: _Point, weight: float) -> _Point:
        """Return ``weight`` of the other and the rest of this."""
        pairs = zip(self.duties, other.duties, strict=True)
        duties = tuple((1 - weight) * a + weight * b for a, b in pairs)
        return _Point(duties, (1 - weight) * self.service + weight * other.service)


class Generation:
    """Column generation on one restricted master.

    Parameters
    ----------
    price
        Finds tours.
    on_bound
        Told of every better bound.
    labels
        As of `Pricer`; pricing with fewer than all proves no bound, but `prove` does.
    """

    def __init__(
        self,
        master: RestrictedMaster,
        price: Pricer,
        on_bound: Callable[[float], None],
        labels: int = EVERY_LABEL,
    ) -> None:
        self._master, self._price, self._on_bound = master, price, on_bound
        self._members = np.array([len(g.members) for g in master.groups], dtype=np.float64)
        self._labels, self._labels_when_held = labels, min(MORE * labels, EVERY_LABEL)
        self._centre: _Point | None = None
        self._asked: _Point | None = None
        self.bound = self._estimate = -np.inf

    def run(self, goes_on: Callable[[], bool], good_enough: float = 0.0) -> None:
        """Generate until nothing helps, or ``goes_on`` says no, which is asked before every pricing.

        Parameters
        ----------
        good_enough
            End before, when `TAIL` pricings bring less than this part of the objective and the master is as close to
            the bound that there would be if the tours found were the cheapest.
        """
        before: deque[float] = deque(maxlen=TAIL)
        prices = self._master.relax()
        while prices is not None and goes_on():
            before.append(prices.objective)
            added = self._step(prices)
            now = prices.objective
            if added == 0 or now - self.bound <= CONVERGED * abs(now):
                return
            enough = good_enough * abs(now)
            if len(before) == TAIL and before[0] - now < enough and now - self._estimate < enough:
                return
            prices = self._master.relax()

    def prove(self) -> None:
        """Prove a bound at the duals without a search of tours, which few labels do not."""
        prices = self._master.relax()
        if prices is None:
            return
        point, groups = self._point(prices), range(len(self._members))
        worth = {group: self._master.worth(point.duties, group) for group in groups}
        least = self._price.least(worth)
        self._raise(point, np.array([least[group] for group in groups]))

    def recover(self, target: float, most: int) -> float | None:
        """Price at the duals, ``most`` times, while the master is above a target; return its objective.

        Held tours restrict the master, so that nothing is proven. None if there was not enough time.
        """
        prices = self._master.relax()
        for _ in range(most):
            if prices is None or prices.objective <= target + 0.5:
                break
            if self._add(self._point(prices), self._labels_when_held, proves=False) == 0:
                break
            prices = self._master.relax()
        return None if prices is None else prices.objective

    def _step(self, prices: Duals) -> int:
        """Price once between the duals and prices of before; return how many tours were new."""
        now = self._point(prices)
        if self._labels < EVERY_LABEL:
            return self._step_with_few_labels(now)
        near = prices.objective - self.bound <= WORTH_SMOOTHING * abs(prices.objective)
        if self._centre is not None and near:
            added = self._add(now.mixed(self._centre, SMOOTHING), self._labels)
            if added:
                return added
        return self._add(now, self._labels)

    def _step_with_few_labels(self, now: _Point) -> int:
        before = now if self._asked is None else self._asked
        for asked in (now.mixed(before, STEADINESS), now):
            self._asked = asked
            added = self._add(asked, self._labels)
            if added:
                return added
        return 0

    def _point(self, prices: Duals) -> _Point:
        return _Point(prices.duties, prices.objective - float(self._members @ prices.places))

    def _add(self, asked: _Point, labels: int, *, proves: bool = True) -> int:
        groups = range(len(self._members))
        worth = {group: self._master.worth(asked.duties, group) for group in groups}
        found = self._price(worth, self._tours(labels), labels)
        if proves:
            least = np.array(
                [
                    found[group][0].cost - worth[group][list(found[group][0].positions)].sum()
                    for group in groups
                ]
            )
            self._estimate = max(self._estimate, self._bound_at(asked, least))
            if labels == EVERY_LABEL:
                self._raise(asked, least)
        return sum(self._master.add(group, tour) for group in groups for tour in found[group])

    def _tours(self, labels: int) -> int:
        if labels == EVERY_LABEL:
            return TOURS_OF_A_PRICING
        share = math.ceil(COLUMNS_OF_A_PRICING / max(1, len(self._members)))
        return min(TOURS_OF_A_PRICING, share)

    def _raise(self, asked: _Point, least: Floats) -> None:
        """Take the bound that prices give with what a tour of each group costs at least."""
        bound = self._bound_at(asked, least)
        if bound > self.bound:
            self.bound, self._centre = bound, asked
            self._on_bound(bound)

    def _bound_at(self, asked: _Point, least: Floats) -> float:
        return asked.service + float(self._members @ least)


def unheard(bound: float) -> None:
    """Let a bound go: that of a part says nothing of the whole."""
