"""Pricing by workers: groups with their prices go out in bundles, tours come back in order."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from staffing.solvers.master.duals import Floats
from staffing.solvers.master.pricing import Pricer
from staffing.solvers.tasks.case import Case
from staffing.solvers.tasks.crew import Crew
from staffing.solvers.tasks.shelf import parts_for
from staffing.solvers.tours.engine import EVERY_LABEL
from staffing.solvers.tours.space import Tour, TourSpace

TASKS_A_WORKER = 3
"""Bundles for each: some groups take longer than others."""
WARM_UP = 3
"""Calls whose time says nothing of the next: spaces and machine code are made on the way."""
WORTH_SHARING_SECONDS = 0.5
"""A pricing that takes longer here goes to the workers; a task should take tens of milliseconds at least."""


@dataclass(frozen=True)
class Bundle:
    """Some groups by their numbers, with what each open duty is worth to them."""

    case: Case
    worth: Mapping[int, Floats]
    most: int
    labels: int


def priced(bundle: Bundle) -> list[list[Tour]]:
    """Return good tours of each group of a bundle."""
    price = Pricer(parts_for(bundle.case).spaces)
    return list(price(bundle.worth, bundle.most, bundle.labels).values())


def shared(
    crew: Crew, worth: Mapping[int, Floats], most: int, labels: int = EVERY_LABEL
) -> dict[int, list[Tour]]:
    """Have a crew do what `Pricer` does."""
    size = math.ceil(len(worth) / (TASKS_A_WORKER * crew.executor.workers))
    groups = list(worth)
    bundles = [
        Bundle(crew.case, {group: worth[group] for group in groups[k : k + size]}, most, labels)
        for k in range(0, len(groups), size)
    ]
    found = [tours for part in crew.executor.map(priced, bundles) for tours in part]
    return dict(zip(groups, found, strict=True))


class SharedPricer(Pricer):
    """Prices here as long as that is soon done, and by a crew where it takes longer: the tours are the same.

    Parameters
    ----------
    spaces, workers
        As of `Pricer`, for what is priced here.
    """

    def __init__(self, crew: Crew, spaces: Sequence[TourSpace], workers: int = 1) -> None:
        super().__init__(spaces, workers)
        self._crew, self._calls, self._seconds_a_group = crew, 0, 0.0

    def __call__(
        self, worth: Mapping[int, Floats], most: int, labels: int = EVERY_LABEL
    ) -> dict[int, list[Tour]]:
        """Return what `Pricer` returns."""
        if self._seconds_a_group * len(worth) > WORTH_SHARING_SECONDS:
            return shared(self._crew, worth, most, labels)
        began = time.perf_counter()
        found = super().__call__(worth, most, labels)
        self._calls += 1
        if self._calls > WARM_UP:
            self._seconds_a_group = (time.perf_counter() - began) / max(1, len(worth))
        return found
