"""Pricing: the best tours of many groups against what their duties are worth, side by side in threads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from staffing.solvers.master.restricted import Floats
from staffing.solvers.tours.many import cheapest_of_all
from staffing.solvers.tours.space import Tour, TourSpace


class Pricer:
    """The tour spaces of all groups.

    Parameters
    ----------
    spaces
        One a group.
    workers
        Threads; the search of a tour is compiled and lets others run.
    """

    def __init__(self, spaces: Sequence[TourSpace], workers: int = 1) -> None:
        self._spaces, self._workers = spaces, workers

    def __call__(self, worth: Mapping[int, Floats], most: int) -> dict[int, list[Tour]]:
        """Return up to ``most`` good tours of each group asked for, the best first; [] where no tour keeps the musts.

        Parameters
        ----------
        worth
            What each open duty is worth, by group.
        """
        spaces = [self._spaces[group] for group in worth]
        found = cheapest_of_all(spaces, list(worth.values()), self._workers, most=most)
        return dict(zip(worth, found, strict=True))
