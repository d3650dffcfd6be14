"""A bound from the relaxed shape: soon there, and higher than the master's where every head counts."""

from __future__ import annotations

import math

from staffing.solvers.budget import Budget, Watch
from staffing.solvers.instance import Instance
from staffing.solvers.mip import Mip
from staffing.solvers.shape import shape_model

SHARE = 0.3
"""Part of the budget that whole counts may take; the engine cannot be interrupted."""
PRECISION = 2e-3
SHORTEST_SECONDS = 2.0
NODES_WHEN_DETERMINISTIC = 50


class ShapeBound:
    """The shape of an instance, as a linear program and in whole counts."""

    def __init__(self, instance: Instance) -> None:
        shape = shape_model(instance.problem, instance.pools, instance.classes, instance.covers)
        every = range(len(shape.model.proto.variables))
        self._mip = Mip(shape.model, [index for index in every if index not in shape.whole])

    def linear(self) -> float:
        """Return the bound of the linear relaxation; infinity proves that there is no roster."""
        found = self._mip.relax(interior=True)
        return math.inf if found.values is None else found.bound

    def whole(self, budget: Budget, watch: Watch) -> float:
        """Return the bound in whole counts, as far as it comes in time."""
        left = min(watch.left, SHARE * budget.seconds)
        if left < SHORTEST_SECONDS and not budget.deterministic:
            return -math.inf
        found = self._mip.solve(
            seconds=None if budget.deterministic else left,
            nodes=NODES_WHEN_DETERMINISTIC if budget.deterministic else None,
            relative_gap=PRECISION,
            seed=budget.seed,
        )
        return found.bound
