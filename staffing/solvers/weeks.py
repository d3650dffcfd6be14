"""How several weeks begin where work waits from one to the next: people at any time, then swept day by day.

The linear program of all weeks takes long from people who are all off, or all on the same duties, at a thousand times
the cost of a good plan. People who are drawn to work at different times cost some ten times as much, and a sweep needs
no program but that of a few days.
"""

from __future__ import annotations

from random import Random

import numpy as np

from staffing.solvers.budget import Budget
from staffing.solvers.incumbent import Incumbent
from staffing.solvers.master.generate import MORE
from staffing.solvers.master.mending import swept
from staffing.solvers.master.pricing import Pricer
from staffing.solvers.master.waiting import Waiting
from staffing.solvers.parts import Parts
from staffing.solvers.patience import Patience
from staffing.solvers.plan import Plan
from staffing.solvers.tours.engine import EVERY_LABEL

PULLS = (1.0, 5.0)
"""How far drawn prices go, in the greatest cost of a single move: near to nothing people stay away, far from it they
work against their limits."""
SWEEP_UNTIL = 0.85
"""Part of the budget until which the first plan is swept, if it gains as long."""
SECONDS_OF_A_STRETCH = 10.0


def plan_weeks(
    parts: Parts, price: Pricer, incumbent: Incumbent, patience: Patience, budget: Budget
) -> Plan | None:
    """Offer plans of people at drawn times, unless there is one already, and better ones as a sweep goes on.

    Returns
    -------
    Plan or None
        One that was drawn; None if somebody has no tour.
    """
    waiting, drawn = Waiting(parts), _drawn(parts, price, PULLS[0], budget.seed)
    if drawn is None:
        return None
    if incumbent.best is None:
        _offer(waiting, drawn, incumbent)
        waiting.limit = patience.seconds_of_a_program
        for pull in PULLS[1:]:
            other = _drawn(parts, price, pull, budget.seed) if patience.goes_on() else None
            if other is not None:
                _offer(waiting, other, incumbent)
    waiting.limit = patience.seconds_of_a_program
    if incumbent.best is not None:
        seconds = None if budget.deterministic else SECONDS_OF_A_STRETCH
        found = swept(
            parts,
            waiting,
            incumbent.best,
            Random(budget.seed),
            lambda: patience.goes_on(SWEEP_UNTIL),
            seconds,
        )
        for best in found:
            incumbent.offer(best, "roster")
    return drawn


def _offer(waiting: Waiting, plan: Plan, incumbent: Incumbent) -> None:
    best = waiting.settled(plan)
    if best is not None:
        incumbent.offer(best, "roster")


def _drawn(parts: Parts, price: Pricer, pull: float, seed: int) -> Plan | None:
    """Return what people work if each is drawn to other duties; None where somebody has no tour."""
    rng = np.random.default_rng(seed)
    worth = {
        k: rng.uniform(0, pull * space.dearest_move, len(group.open))
        for k, (group, space) in enumerate(zip(parts.groups, parts.spaces, strict=True))
    }
    found = price(worth, 1, min(MORE * parts.labels, EVERY_LABEL))
    if not all(found.values()):
        return None
    return {(k, tours[0]): len(parts.groups[k].members) for k, tours in found.items()}
