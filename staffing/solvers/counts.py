"""The bound, and how many of each class work each duty: the two shapes, which can be solved side by side.

The relaxed shape gives the bound. The regular one, whose counts can be given to people without burnout penalties, is
solved near its linear relaxation (each count rounded down or up: RENS, Berthold 2014), which is quicker by far than the
whole and as good in what was measured.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from staffing.domain.shifts import Duty
from staffing.solvers.budget import Budget, Watch
from staffing.solvers.incumbent import Incumbent
from staffing.solvers.instance import Instance
from staffing.solvers.mip import Mip, MipResult
from staffing.solvers.shape import ShapeModel, shape_model

Counts = Mapping[tuple[str, str], Mapping[Duty, int]]
"""Members of each team (site and pool) who should hold each duty."""

COUNTS_UNTIL, BOUND_UNTIL = 0.6, 0.4
"""Parts of the budget at which the two shapes end at the latest; on a free machine they take a quarter."""
SHORTEST_SECONDS = 4.0
PRECISION = 2e-3
NODES_WHEN_DETERMINISTIC = 50
_TINY = 1e-6


def prove_bound(instance: Instance, budget: Budget, incumbent: Incumbent) -> None:
    """Raise the bound of the incumbent by the relaxed shape: first as a linear program, then in whole counts."""
    relaxed = _model(instance, regular=False)
    linear = _linear(relaxed)
    if linear.values is None:
        incumbent.raise_bound(math.inf, "bound")
        return
    incumbent.raise_bound(linear.bound, "bound")
    if not _is_late(budget, incumbent):
        found = _solve(relaxed, {}, budget, incumbent.watch, BOUND_UNTIL)
        incumbent.raise_bound(found.bound, "bound")


def find_counts(instance: Instance, budget: Budget, incumbent: Incumbent) -> Counts:
    """Return good counts; where there is no time for whole ones, those of the linear relaxation are rounded.

    None at all where even the regular shape's relaxation has no solution, as when pins are irregular.
    """
    regular = _model(instance, regular=True)
    linear = _linear(regular)
    if linear.values is None:
        return {}
    if _is_late(budget, incumbent):
        return _counts(instance, regular, linear.values)
    near = {
        index: (math.floor(linear.values[index] + _TINY), math.ceil(linear.values[index] - _TINY))
        for index in regular.whole
    }
    found = _solve(regular, near, budget, incumbent.watch, COUNTS_UNTIL)
    incumbent.report("shape")
    return _counts(instance, regular, found.values or linear.values)


def _is_late(budget: Budget, incumbent: Incumbent) -> bool:
    return not budget.deterministic and incumbent.watch.left < SHORTEST_SECONDS


def _model(instance: Instance, *, regular: bool) -> ShapeModel:
    return shape_model(
        instance.problem, instance.pools, instance.classes, instance.covers, regular=regular
    )


def _linear(shape: ShapeModel) -> MipResult:
    every = range(len(shape.model.proto.variables))
    return Mip(shape.model, continuous=every).solve(seconds=None, interior=True)


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


def _counts(instance: Instance, shape: ShapeModel, values: Sequence[float]) -> Counts:
    """Add up the counts of each team; parts of people are carried over to the next duty, so that the sum is kept."""
    exact: dict[tuple[str, str], dict[Duty, float]] = defaultdict(lambda: defaultdict(float))
    for group in instance.classes:
        for duty, count in shape.counts[group.name].items():
            exact[group.team][duty] += values[count.index]
    return {team: _rounded(by_duty) for team, by_duty in exact.items()}


def _rounded(by_duty: Mapping[Duty, float]) -> dict[Duty, int]:
    duties = sorted(by_duty, key=lambda duty: (duty.start, duty.end, duty.template))
    heads: dict[Duty, int] = {}
    total, given = 0.0, 0
    for duty in duties:
        total += by_duty[duty]
        heads[duty] = max(0, math.floor(total + 0.5 + _TINY) - given)
        given += heads[duty]
    return heads
