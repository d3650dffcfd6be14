"""From a problem to a schedule: bound and shape, people by name, improvement on the full objective."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from staffing.domain.problem import Problem
from staffing.domain.result import Solution, Status
from staffing.domain.roster import Roster
from staffing.rules.book import RuleBook
from staffing.solvers.budget import Budget, Watch
from staffing.solvers.improve import improve
from staffing.solvers.incumbent import Best, Incumbent, OnProgress, whole_bound
from staffing.solvers.instance import Instance, prepare
from staffing.solvers.mip import Mip, MipResult
from staffing.solvers.naming import Counts, name_people
from staffing.solvers.shape import ShapeModel, shape_model
from staffing.solvers.whole import Whole

SHAPE_SHARE, BOUND_SHARE, NAMING_SHARE = 0.4, 0.25, 0.15
"""Parts of the budget that the steps before improvement may take."""
NODES_OF_A_DETERMINISTIC_SHAPE = 50
SHAPE_PRECISION = 1e-3
PROVEN = 1e-6


def solve(
    problem: Problem,
    book: RuleBook,
    budget: Budget,
    start: Roster | None = None,
    on_progress: OnProgress | None = None,
) -> Solution:
    """Build a schedule.

    Parameters
    ----------
    start
        A roster to begin from, besides the solver's own.
    on_progress
        Told of every phase, incumbent and bound.

    Returns
    -------
    Solution
        The best roster found, its allocation in whole minutes, its objective and the proven bound. ``roster`` is None
        only if pins contradict the law or there was no time for any roster.
    """
    incumbent = Incumbent(Watch(budget.seconds), on_progress)
    instance = prepare(problem, book)
    try:
        _search(instance, budget, incumbent, start)
    except KeyboardInterrupt:
        incumbent.report("interrupted")
        if incumbent.best is None:
            raise
    return _solution(instance, incumbent)


def _search(
    instance: Instance, budget: Budget, incumbent: Incumbent, start: Roster | None
) -> None:
    counts = _shape(instance, budget, incumbent)
    whole = Whole(instance)
    seconds = max(1.0, NAMING_SHARE * budget.seconds)
    named = name_people(instance, counts, budget, seconds) if counts is not None else None
    for roster in (named, start, instance.roster(set())):
        if roster is not None and (incumbent.best is None or roster is start):
            billed = whole.bill(roster)
            if billed.values is not None and billed.objective is not None:
                incumbent.offer(Best(roster, billed.values, billed.objective), "roster")
    if incumbent.best is not None:
        improve(instance, whole, incumbent, budget)


def _shape(instance: Instance, budget: Budget, incumbent: Incumbent) -> Counts | None:
    """Raise the bound by the relaxed shape, and return the counts of the better of the relaxed and the regular one."""
    relaxed, regular = _shape_model(instance, regular=False), _shape_model(instance, regular=True)
    incumbent.raise_bound(Mip(relaxed.model, range(len(relaxed.model.proto.variables))).solve(seconds=None).bound, "bound")

    def run(shape: ShapeModel, share: float) -> MipResult:
        mip = Mip(shape.model, shape.flow.variables())
        nodes = NODES_OF_A_DETERMINISTIC_SHAPE if budget.deterministic else None
        seconds = None if budget.deterministic else share * budget.seconds
        return mip.solve(
            seconds=seconds, nodes=nodes, relative_gap=SHAPE_PRECISION, seed=budget.seed
        )

    with ThreadPoolExecutor(1 if budget.deterministic else budget.workers) as pool:
        bounding = pool.submit(run, relaxed, BOUND_SHARE)
        shaping = pool.submit(run, regular, SHAPE_SHARE)
        below, above = bounding.result(), shaping.result()
    incumbent.raise_bound(below.bound, "shape")
    found = [
        (result.objective, shape, result.values)
        for result, shape in ((above, regular), (below, relaxed))
        if result.values is not None and result.objective is not None
    ]
    if not found:
        return None
    _, shape, values = min(found, key=lambda item: item[0])
    return {
        name: {duty: round(values[count.index]) for duty, count in counts.items()}
        for name, counts in shape.counts.items()
    }


def _shape_model(instance: Instance, *, regular: bool) -> ShapeModel:
    return shape_model(
        instance.problem, instance.pools, instance.classes, instance.covers, regular=regular
    )


def _solution(instance: Instance, incumbent: Incumbent) -> Solution:
    best, bound = incumbent.best, incumbent.bound
    if best is None:
        status = Status.NO_TIME if bound is not None else Status.INFEASIBLE
        return Solution(
            status=status,
            roster=None,
            allocation=None,
            objective=None,
            bound=None if bound is None else whole_bound(bound),
            seconds=incumbent.watch.spent,
            curve=tuple(incumbent.curve),
        )
    allocation, objective = Whole(instance).allocation(best.roster)
    proven = None if bound is None else min(whole_bound(bound), objective)
    gap = incumbent.gap()
    return Solution(
        status=Status.OPTIMAL if gap is not None and gap <= PROVEN else Status.FEASIBLE,
        roster=best.roster,
        allocation=allocation,
        objective=objective,
        bound=proven,
        seconds=incumbent.watch.spent,
        curve=tuple(incumbent.curve),
    )
