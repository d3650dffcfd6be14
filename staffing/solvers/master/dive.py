"""The dive: hold the tours that the master is surest of, until few people are left, whose tours are chosen together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from staffing.solvers.master.duals import Floats
from staffing.solvers.master.generate import Generation
from staffing.solvers.master.restricted import RestrictedMaster

QUICK_STEP = 0.1
"""Part of the open places that one step fills at least, without new tours."""
CHOSEN_TOGETHER = 10
PRICINGS, PRECISION, NODES = 4, 1e-4, 200
"""What the choice at the end may take, besides its time."""
_TINY = 1e-6


@dataclass(frozen=True)
class Pace:
    """How a dive goes on.

    Parameters
    ----------
    step
        Part of the open places that one step fills at least.
    sure
        Fractions above this are held at once.
    pricings
        At most, after each step.
    """

    step: float
    sure: float
    pricings: int


USUAL, LONG = Pace(0.05, 0.8, 6), Pace(0.15, 0.8, 2)
"""Of a week, and where days are many: what such a dive loses is taken back by stretches of days (`stretch`)."""


def dive(
    master: RestrictedMaster,
    generation: Generation,
    reprices: Callable[[], bool],
    seconds: float | None,
    until: float = 0.0,
    pace: Pace = USUAL,
) -> tuple[Floats, float] | None:
    """Hold tours until the solution is whole.

    Parameters
    ----------
    reprices
        As long as it says yes, new tours are priced where the held ones made the rest dearer.
    seconds
        For the choice at the end; None counts nodes, 0 goes on holding one by one.
    until
        End before, as soon as no more people than so many are left.
    pace
        With new tours.

    Returns
    -------
    times, objective
        How often each column is used; None if the engine gave up.
    """
    objective = generation.recover(np.inf, 0)
    chooses = seconds != 0
    while objective is not None:
        shares, held = master.shares(), master.held()
        more = np.maximum(0.0, np.floor(shares + _TINY) - held)
        rest = np.maximum(0.0, shares - held - more)
        if rest.sum() < until + 0.5:
            return held + more, objective
        master.hold(held + more)
        if chooses and rest.sum() < CHOSEN_TOGETHER + 0.5:
            chosen = _chosen(master, generation, seconds)
            if chosen is not None:
                return chosen
            chooses = False
        step = pace.step if reprices() else QUICK_STEP
        master.hold(master.held() + _surest(master, rest, step, pace.sure))
        objective = generation.recover(objective, pace.pricings if reprices() else 0)
    return None


def _chosen(
    master: RestrictedMaster, generation: Generation, seconds: float | None
) -> tuple[Floats, float] | None:
    """Choose the tours of everybody who is left among all columns, new ones priced before."""
    generation.recover(-np.inf, PRICINGS)
    room = master.room(master.held())
    columns = [k for k, (group, _) in enumerate(master.columns) if room[group] > 0]
    nodes = NODES if seconds is None else None
    return master.choose(
        columns, None, seconds=seconds, nodes=nodes, relative_gap=PRECISION, seed=0
    )


def _surest(master: RestrictedMaster, rest: Floats, step: float, sure: float) -> Floats:
    """Return one more use of the columns with the greatest fractions, as far as their groups have members left."""
    held = master.held()
    more = np.zeros(len(held))
    room = master.room(held)
    count = max(1, int(step * rest.sum()), int((rest > sure).sum()))
    for column in np.argsort(-rest, kind="stable")[:count]:
        group = master.columns[column][0]
        if rest[column] > _TINY and room[group] > 0:
            more[column] = 1.0
            room[group] -= 1
    return more
