"""The ways to explore a neighbourhood, by their names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from random import Random
from typing import Protocol

from staffing.solvers.compact import Compact
from staffing.solvers.master.neighbourhood import explore
from staffing.solvers.master.pricing import Pricer
from staffing.solvers.master.restricted import RestrictedMaster
from staffing.solvers.picks import Free
from staffing.solvers.plan import Best

TOURS, HIGHS, CP_SAT = "tours", "highs", "cp_sat"


class Way(Protocol):
    """Explores a neighbourhood."""

    def __call__(
        self, best: Best, free: Free, rng: Random, *, seconds: float | None, nodes: int | None
    ) -> Best | None:
        """Return a better plan in which only so many members of each group differ, or None."""


def ways_of(master: RestrictedMaster, price: Pricer, compact: Compact) -> Mapping[str, Way]:
    """Return every way; that over tours adds the tours it finds to its master."""
    return {
        TOURS: partial(explore, master, price),
        HIGHS: compact.by_highs,
        CP_SAT: compact.by_cp_sat,
    }
