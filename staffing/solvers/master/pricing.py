"""Pricing: the best tours of many groups against what their duties are worth, side by side in threads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from staffing.solvers.master.restricted import Floats
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
        self.spaces, self._workers = spaces, workers

    def __call__(self, worth: Mapping[int, Floats], most: int) -> dict[int, list[Tour]]:
        """Return up to ``most`` good tours of each group asked for, the best first; [] where no tour keeps the musts.

        Parameters
        ----------
        worth
            What each open duty is worth, by group.
        """
        asked = list(worth.items())
        if self._workers == 1 or len(asked) == 1:
            return {g: self.spaces[g].cheapest(own, most=most) for g, own in asked}
        with ThreadPoolExecutor(self._workers) as pool:
            found = pool.map(lambda item: self.spaces[item[0]].cheapest(item[1], most=most), asked)
            return dict(zip(worth, found, strict=True))
