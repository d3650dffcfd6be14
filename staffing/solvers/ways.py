"""The ways to explore a neighbourhood, by their names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from random import Random
from typing import Protocol

from staffing.solvers.compact import Compact
from staffing.solvers.master.neighbourhood import explore
from staffing.solvers.master.pricing import Pricer
from staffing.solvers.master.redo import redone
from staffing.solvers.master.restricted import RestrictedMaster
from staffing.solvers.master.stretch import FORTNIGHT, MONTH, WEEK, rearranged
from staffing.solvers.parts import Parts
from staffing.solvers.picks import Free
from staffing.solvers.plan import Best
from staffing.solvers.recreate import recreated
from staffing.solvers.tours.engine import EVERY_LABEL

TOURS, HIGHS, CP_SAT, PART, RECREATE = "tours", "highs", "cp_sat", "part", "recreate"
STRETCHES = {
    "week": (WEEK, 1),
    "fortnight": (FORTNIGHT, 1),
    "month": (MONTH, 1),
    "two weeks": (WEEK, 2),
    "two fortnights": (FORTNIGHT, 2),
}
"""Days of a stretch, and how many are opened at once."""


class Way(Protocol):
    """Explores a neighbourhood."""

    def __call__(
        self, best: Best, free: Free, rng: Random, *, seconds: float | None, nodes: int | None
    ) -> Best | None:
        """Return a better plan in which only so many members of each group differ, or None."""


def names_of(parts: Parts) -> tuple[str, ...]:
    """Return the ways that there are for an instance."""
    # Where days are many, known tours are too many to choose from, and so are the duties of all days.
    found = (TOURS, HIGHS, CP_SAT) if parts.labels == EVERY_LABEL else (*STRETCHES, PART)
    return found if parts.heads is None else (*found, RECREATE)


def ways_of(parts: Parts, master: RestrictedMaster) -> Mapping[str, Way]:
    """Return every way; that over tours adds the tours it finds to its master."""
    compact = Compact(parts.instance, parts.groups, parts.spaces)
    every: dict[str, Way] = {
        TOURS: partial(explore, master, Pricer(parts.spaces)),
        HIGHS: compact.by_highs,
        CP_SAT: compact.by_cp_sat,
        PART: partial(redone, parts),
        RECREATE: partial(recreated, parts),
        **{name: partial(rearranged, parts, *drawn) for name, drawn in STRETCHES.items()},
    }
    return {name: every[name] for name in names_of(parts)}
