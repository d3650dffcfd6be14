"""What no schedule can give: a proven bound on missing service alone, whatever burnout, fairness and pay would cost.

The bound of a solve is one number over all tiers: it may leave a gap although a shortage is certain. Here the relaxed
shape, which keeps every must-rule of law and contract that adds up over people, is asked for nothing but the least
missing minutes. As it only relaxes, a positive answer proves that so much is missing in every roster.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from staffing.domain.problem import Problem
from staffing.domain.result import Unavoidable
from staffing.domain.tiers import TIERS, AtLeast
from staffing.requirement.service import ServiceTerms
from staffing.rules.book import RuleBook
from staffing.solvers.budget import Budget, Watch
from staffing.solvers.incumbent import whole_bound
from staffing.solvers.instance import prepare
from staffing.solvers.mip import Mip
from staffing.solvers.quiet import quiet_engines
from staffing.solvers.shape import ShapeModel, shape_model

SHARE, LEAST_SECONDS = 0.1, 5.0
"""The proofs together may take this part of the budget, or so many seconds if that is more."""
NODES_WHEN_DETERMINISTIC = 20
SHORTEST_SECONDS = 0.5


def service_bound(
    problem: Problem, book: RuleBook, budget: Budget, queues: Collection[str] = ()
) -> Unavoidable:
    """Return how much service no roster within the must-rules can give.

    Parameters
    ----------
    budget
        A tenth of its seconds is for this; the linear program of all queues together is solved in any case. In
        deterministic mode nodes are counted.
    queues
        Those to prove one by one as well, as long as there is time.

    Returns
    -------
    Unavoidable
        Minutes as `Bill.missing_minutes` and `QueueService.missing_minutes` count them; 0 proves nothing.
    """
    instance = prepare(problem, book)
    shape = shape_model(problem, instance.pools, instance.classes, instance.covers)
    watch = Watch(max(LEAST_SECONDS, SHARE * budget.seconds))
    with quiet_engines():
        together = _least(shape, shape.missing, budget, watch.left / (1 + len(queues)))
        alone: dict[str, int] = {}
        for place, queue in enumerate(queues):
            if budget.deterministic or watch.left:
                own = watch.left / (len(queues) - place)
                alone[queue] = _least(shape, (queue,), budget, own)
    return Unavoidable(minutes=together, by_queue=alone)


def least_charge(problem: Problem, proven: Unavoidable) -> AtLeast:
    """Return what service is charged for at least: for each queue alone, what it lacks in every roster."""
    charges = (
        ServiceTerms.of(problem, queue).miss_cost * proven.by_queue.get(queue.queue, 0)
        for queue in problem.queues
    )
    return AtLeast(weights=(1, *(0 for _ in TIERS[1:])), bound=sum(charges))


def _least(shape: ShapeModel, names: Iterable[str], budget: Budget, seconds: float) -> int:
    """Return the least minutes that these queues and floors miss together, everything else being free."""
    parts = [unit * amount for name in names for amount, unit in shape.missing[name]]
    if not parts:
        return 0
    watch = Watch(seconds)
    shape.model.minimize(sum(parts))
    every = range(len(shape.model.proto.variables))
    bound = Mip(shape.model, continuous=every).solve(seconds=None, interior=True).bound
    if budget.deterministic or watch.left > SHORTEST_SECONDS:
        fractional = [index for index in every if index not in shape.whole]
        found = Mip(shape.model, continuous=fractional).solve(
            seconds=None if budget.deterministic else watch.left,
            nodes=NODES_WHEN_DETERMINISTIC if budget.deterministic else None,
            seed=budget.seed,
        )
        bound = max(bound, found.bound)
    return max(0, whole_bound(bound) or 0)
