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
from staffing.solvers.master.stretch import FEW_DAYS, FORTNIGHT, MONTH, WEEK, stretched
from staffing.solvers.master.waiting import waiting_of
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
STRETCHES_OF_WORK = {
    "few days": (FEW_DAYS, 1),
    "week of work": (WEEK, 1),
    "twice few days": (FEW_DAYS, 2),
}
"""The same where work waits."""
EVERY_STRETCH = STRETCHES | STRETCHES_OF_WORK


class Way(Protocol):
    """Explores a neighbourhood."""

    def __call__(
        self, best: Best, free: Free, rng: Random, *, seconds: float | None, nodes: int | None
    ) -> Best | None:
        """Return a better plan in which only so many members of each group differ, or None."""


def names_of(parts: Parts) -> tuple[str, ...]:
    """Return the ways that there are for an instance."""
    stretches: tuple[str, ...] = ()
    if parts.waits_for_weeks:
        stretches = tuple(STRETCHES_OF_WORK)
    elif parts.labels < EVERY_LABEL:
        stretches = tuple(STRETCHES)
    # Where days are many, known tours are too many to choose from, and so are the duties of all days.
    few = (TOURS, HIGHS, CP_SAT) if parts.labels == EVERY_LABEL else (PART,)
    found = (*few, *stretches)
    return found if parts.heads is None else (*found, RECREATE)


def ways_of(parts: Parts, master: RestrictedMaster) -> Mapping[str, Way]:
    """Return every way; that over tours adds the tours it finds to its master."""
    waiting = waiting_of(parts)
    if waiting is not None:
        waiting.limit = master.limit
    compact = Compact(parts.instance, parts.groups, parts.spaces)
    every: dict[str, Way] = {
        TOURS: partial(explore, master, Pricer(parts.spaces)),
        HIGHS: compact.by_highs,
        CP_SAT: compact.by_cp_sat,
        PART: partial(redone, parts),
        RECREATE: partial(recreated, parts),
        **{
            name: partial(stretched, parts, waiting, *drawn)
            for name, drawn in EVERY_STRETCH.items()
        },
    }
    return {name: every[name] for name in names_of(parts)}
