"""A further bound, from the relaxed shape in whole counts: higher than that of the master where every head counts."""

from __future__ import annotations

from staffing.solvers.budget import Budget
from staffing.solvers.incumbent import Incumbent
from staffing.solvers.instance import Instance
from staffing.solvers.mip import Mip
from staffing.solvers.shape import shape_model

UNTIL = 0.8
"""Part of the budget at which it ends at the latest."""
PRECISION = 2e-3
SHORTEST_SECONDS = 2.0
NODES_WHEN_DETERMINISTIC = 50


def prove_by_shape(instance: Instance, budget: Budget, incumbent: Incumbent) -> None:
    """Raise the bound of the incumbent as far as the shape does within the time."""
    left = UNTIL * budget.seconds - incumbent.watch.spent
    if incumbent.stopped or (left < SHORTEST_SECONDS and not budget.deterministic):
        return
    shape = shape_model(instance.problem, instance.pools, instance.classes, instance.covers)
    every = range(len(shape.model.proto.variables))
    found = Mip(shape.model, [index for index in every if index not in shape.whole]).solve(
        seconds=None if budget.deterministic else left,
        nodes=NODES_WHEN_DETERMINISTIC if budget.deterministic else None,
        relative_gap=PRECISION,
        seed=budget.seed,
    )
    incumbent.raise_bound(found.bound, "bound")
