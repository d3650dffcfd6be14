"""Pricing: the best tours of many groups against what their duties are worth, side by side in threads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from staffing.solvers.master.duals import Floats
from staffing.solvers.tours.engine import EVERY_LABEL
from staffing.solvers.tours.many import cheapest_of_all
from staffing.solvers.tours.space import OpenDates, Tour, TourSpace


class Pricer:
    """The tour spaces of all groups.

    Parameters
    ----------
    spaces
        One a group.
    workers
        Threads; the search of a tour is compiled and lets others run.
    """

    def __init__(self, spaces: Sequence[TourSpace | OpenDates], workers: int = 1) -> None:
        self._spaces, self._workers = spaces, workers

    def __call__(
        self, worth: Mapping[int, Floats], most: int, labels: int = EVERY_LABEL
    ) -> dict[int, list[Tour]]:
        """Return up to ``most`` good tours of each group asked for, the best first; [] where no tour keeps the musts.

        Parameters
        ----------
        worth
            What each open duty is worth, by group.
        labels
            As of `TourSpace.cheapest`: with fewer than all, the first tour is good and need not be the best.
        """
        spaces = [self._spaces[group] for group in worth]
        prices = list(worth.values())
        found = cheapest_of_all(spaces, prices, self._workers, most=most, labels=labels)
        return dict(zip(worth, found, strict=True))

    def least(self, worth: Mapping[int, Floats]) -> dict[int, float]:
        """Return a bound below the cost less worth of every tour of each group asked for."""
        return {group: self._spaces[group].least(own) for group, own in worth.items()}
