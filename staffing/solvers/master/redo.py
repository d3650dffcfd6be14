"""Few people anew: column generation and a dive for them alone, close to the best that they can do."""

from __future__ import annotations

import math
from random import Random

from staffing.solvers.budget import Watch
from staffing.solvers.master.part import Part
from staffing.solvers.master.stages import dive_in_stages
from staffing.solvers.parts import Parts
from staffing.solvers.picks import Free
from staffing.solvers.plan import LEAST_GAIN, Best, freed, without

GENERATION_SHARE, DIVE_SHARE = 0.5, 0.9
"""Of the seconds: until when tours are priced for the relaxation, and on the dive."""
PRICINGS = 40
"""For the relaxation, where seconds do not count."""
SHORTEST_SECONDS = 0.2


def redone(
    parts: Parts, best: Best, free: Free, rng: Random, *, seconds: float | None, nodes: int | None
) -> Best | None:
    """Return a better plan in which only so many members of each group differ, or None.

    Parameters
    ----------
    nodes
        Not None: work is counted instead of seconds.
    """
    watch = Watch(math.inf if seconds is None else seconds)
    slots = freed(best.plan, free, rng)
    part = Part(parts, without(best.plan, slots), free)
    part.add(slots)
    generation = part.generation()
    priced = 0

    def limit() -> float | None:
        return None if seconds is None else max(SHORTEST_SECONDS, watch.left)

    def goes_on() -> bool:
        nonlocal priced
        priced += 1
        return priced <= PRICINGS if seconds is None else watch.part < GENERATION_SHARE

    part.master.limit = limit
    generation.run(goes_on)
    reprices = (lambda: True) if seconds is None else (lambda: watch.part < DIVE_SHARE)
    found = dive_in_stages(part, reprices, limit, 1)
    return found if found is not None and found.objective < best.objective - LEAST_GAIN else None
