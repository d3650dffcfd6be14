"""How many of each class work each duty, and the bound: the two shapes, solved side by side.

The relaxed shape gives the bound. The regular one, whose counts can be given to people without burnout penalties, is
solved near its linear relaxation (each count rounded down or up: RENS, Berthold 2014), which is quicker by far than the
whole and as good in what was measured.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from staffing.domain.shifts import Duty
from staffing.solvers.budget import Budget, Watch
from staffing.solvers.incumbent import Incumbent
from staffing.solvers.instance import Instance
from staffing.solvers.mip import Mip, MipResult
from staffing.solvers.shape import ShapeModel, shape_model

Counts = Mapping[str, Mapping[Duty, int]]
"""Members of each class who should hold each duty."""

REGULAR_UNTIL, RELAXED_UNTIL = 0.4, 0.3
"""Parts of the budget at which the two shapes, solved at the same time, end."""
SHORTEST_SECONDS = 4.0
PRECISION = 2e-3
NODES_WHEN_DETERMINISTIC = 50
_TINY = 1e-6


def find_counts(instance: Instance, budget: Budget, incumbent: Incumbent) -> Counts:
    """Raise the bound of the incumbent, and return the best counts found.

    Where there is no time for whole counts, those of the linear relaxation are rounded. Where no roster exists there
    are no counts.
    """
    relaxed = _model(instance, regular=False)
    linear = _linear(relaxed)
    incumbent.raise_bound(linear.bound, "bound")
    if linear.values is None:
        return {}
    if not budget.deterministic and incumbent.watch.left < SHORTEST_SECONDS:
        return _counts(relaxed, linear)
    with ThreadPoolExecutor(1 if budget.deterministic else budget.workers) as pool:
        bounding = pool.submit(_solve, relaxed, {}, budget, incumbent.watch, RELAXED_UNTIL)
        shaping = pool.submit(_regular, instance, budget, incumbent.watch)
        below, (regular, above) = bounding.result(), shaping.result()
    incumbent.raise_bound(below.bound, "shape")
    found = [
        (result.objective, shape, result)
        for result, shape in ((above, regular), (below, relaxed))
        if result.objective is not None
    ]
    if not found:
        return _counts(relaxed, linear)
    _, shape, result = min(found, key=lambda item: item[0])
    return _counts(shape, result)


def _model(instance: Instance, *, regular: bool) -> ShapeModel:
    return shape_model(
        instance.problem, instance.pools, instance.classes, instance.covers, regular=regular
    )


def _linear(shape: ShapeModel) -> MipResult:
    every = range(len(shape.model.proto.variables))
    return Mip(shape.model, continuous=every).solve(seconds=None)


def _regular(instance: Instance, budget: Budget, watch: Watch) -> tuple[ShapeModel, MipResult]:
    """Solve the regular shape near its linear relaxation."""
    shape = _model(instance, regular=True)
    values = _linear(shape).values or ()
    near = {
        index: (math.floor(values[index] + _TINY), math.ceil(values[index] - _TINY))
        for index in shape.whole
        if values
    }
    return shape, _solve(shape, near, budget, watch, REGULAR_UNTIL)


def _solve(
    shape: ShapeModel,
    ranges: Mapping[int, tuple[int, int]],
    budget: Budget,
    watch: Watch,
    until: float,
) -> MipResult:
    every = range(len(shape.model.proto.variables))
    mip = Mip(shape.model, continuous=[index for index in every if index not in shape.whole])
    mip.fix(ranges)
    return mip.solve(
        seconds=None if budget.deterministic else until * budget.seconds - watch.spent,
        nodes=NODES_WHEN_DETERMINISTIC if budget.deterministic else None,
        relative_gap=PRECISION,
        seed=budget.seed,
    )


def _counts(shape: ShapeModel, result: MipResult) -> Counts:
    values = result.values or ()
    return {
        name: {duty: round(values[count.index]) for duty, count in counts.items()}
        for name, counts in shape.counts.items()
    }
