"""From a problem to a schedule: bound and shape, people by name, improvement on the full objective."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor, wait

from staffing.domain.problem import Problem
from staffing.domain.result import Solution, Status
from staffing.domain.roster import Roster
from staffing.rules.book import RuleBook
from staffing.solvers.budget import Budget, Watch
from staffing.solvers.counts import Counts, find_counts, prove_bound
from staffing.solvers.improve import improve
from staffing.solvers.incumbent import Incumbent, OnProgress, whole_bound
from staffing.solvers.instance import Instance, prepare
from staffing.solvers.naming import name_people
from staffing.solvers.quiet import quiet_engines
from staffing.solvers.whole import Whole

NAMING_SHARE = 0.12
"""Part of the budget that naming people may take."""
PROVEN = 1e-6
HEARTBEAT_SECONDS = 0.2


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

    Ctrl-C ends the search after the step at hand; the best so far is returned with ``interrupted`` set.

    Returns
    -------
    Solution
        The best roster found, its allocation in whole minutes, its objective and the proven bound. ``roster`` is None
        only if pins contradict the law or there was no time for any roster.
    """
    incumbent = Incumbent(Watch(budget.seconds), on_progress)
    instance = prepare(problem, book)
    with quiet_engines(), ThreadPoolExecutor(1) as aside:
        searching = aside.submit(_search, instance, budget, incumbent, start)
        try:
            whole = _awaited(searching)
        except KeyboardInterrupt:
            incumbent.stop()
            incumbent.report("interrupted")
            whole = _awaited(searching)
        return _solution(whole, incumbent)


def _awaited(searching: Future[Whole]) -> Whole:
    """Wait for the search with open ears: Ctrl-C may reach any thread, and Python acts on it in this one when awake."""
    while not searching.done():
        wait([searching], timeout=HEARTBEAT_SECONDS)
    return searching.result()


def _search(
    instance: Instance, budget: Budget, incumbent: Incumbent, start: Roster | None
) -> Whole:
    """Find and improve a roster, while another thread proves the bound."""
    with ThreadPoolExecutor(1 if budget.deterministic else 2) as aside:
        proving = aside.submit(prove_bound, instance, budget, incumbent)
        counting = aside.submit(find_counts, instance, budget, incumbent)
        whole = Whole(instance)
        _find(instance, whole, counting.result(), budget, incumbent, start)
        proving.result()
    return whole


def _find(
    instance: Instance,
    whole: Whole,
    counts: Counts,
    budget: Budget,
    incumbent: Incumbent,
    start: Roster | None,
) -> None:
    if incumbent.is_impossible:
        return
    seconds = 1.0 if incumbent.stopped else max(1.0, NAMING_SHARE * budget.seconds)
    named = name_people(instance, counts, budget, incumbent, seconds)
    for roster in (named, start, instance.pinned_roster):
        if roster is not None and (incumbent.best is None or roster is start):
            billed = whole.bill(roster)
            if billed is not None:
                incumbent.offer(billed, "roster")
    if incumbent.best is not None:
        improve(instance, whole, incumbent, budget)


def _solution(whole: Whole, incumbent: Incumbent) -> Solution:
    best, bound = incumbent.best, incumbent.bound
    if best is None:
        status = Status.INFEASIBLE if incumbent.is_impossible else Status.NO_TIME
        return Solution(
            status=status,
            roster=None,
            allocation=None,
            objective=None,
            bound=whole_bound(bound),
            seconds=round(incumbent.watch.spent, 2),
            interrupted=incumbent.stopped,
            curve=tuple(incumbent.curve),
        )
    allocation, objective = whole.allocation(best.roster)
    gap = incumbent.gap()
    return Solution(
        status=Status.OPTIMAL if gap is not None and gap <= PROVEN else Status.FEASIBLE,
        roster=best.roster,
        allocation=allocation,
        objective=objective,
        bound=whole_bound(bound),
        seconds=round(incumbent.watch.spent, 2),
        interrupted=incumbent.stopped,
        curve=tuple(incumbent.curve),
    )
