"""A dive in stages: whoever has a tour is a constant of the next stage, whose program is the smaller for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import numpy as np

from staffing.solvers.master.dive import LONG, dive
from staffing.solvers.master.part import Part
from staffing.solvers.picks import Free
from staffing.solvers.plan import Best, Slot

STAGE = 0.75
"""Part of the people that a stage leaves to the next one."""
FEW = 8
"""With so few people left there is no further stage."""
COLUMNS = 40
"""Tours that a group takes from one stage to the next."""
PRICINGS = 6
"""At most before a stage, while its program costs more than the first one did."""


def dive_in_stages(
    part: Part,
    reprices: Callable[[], bool],
    limit: Callable[[], float | None],
    workers: int,
) -> Best | None:
    """Return a plan for everybody, those who stand still in a part among them.

    Parameters
    ----------
    part
        With the columns to begin from.
    reprices
        As of `dive`.
    limit
        Says how many seconds a linear program may take.

    Returns
    -------
    Best or None
        None if the engine gave up.
    """
    part.master.limit = limit
    generation = part.generation(workers)
    relaxed = generation.recover(np.inf, 0)
    if relaxed is None:
        return None
    target = relaxed + part.fixed
    while True:
        people = sum(part.free.values())
        until = STAGE * people if people > FEW else 0.0
        found = dive(part.master, generation, reprices, 0.0, until, LONG)
        if found is None:
            return None
        times, objective = found
        held = Counter(part.plan(times))
        standing = held + Counter(part.standing)
        if held.total() == people:
            return Best(standing, objective + part.fixed)
        part.master.hold(np.floor(times + 0.5))
        prices = part.master.relax()
        if prices is None:
            return None
        rest = _rest(part.free, held)
        columns = part.best_columns(prices, COLUMNS)
        part = Part(part.parts, standing, rest)
        part.add(columns)
        part.master.limit = limit
        generation = part.generation(workers)
        generation.recover(target - part.fixed, PRICINGS if reprices() else 0)


def _rest(free: Free, held: Counter[Slot]) -> Free:
    """Return who is still free."""
    left = Counter(free)
    for (group, _), often in held.items():
        left[group] -= often
    return +left
