"""From a problem to a schedule: tours against prices, a proven bound, a plan for everybody, improvement."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import nullcontext

from staffing.domain.problem import Problem
from staffing.domain.result import Solution, Status
from staffing.domain.roster import Roster
from staffing.executors.base import Executor
from staffing.rules.book import RuleBook
from staffing.solvers.budget import Budget
from staffing.solvers.garbage import spared
from staffing.solvers.incumbent import Incumbent, OnProgress, whole_bound
from staffing.solvers.instance import prepare
from staffing.solvers.parts import parts_of
from staffing.solvers.quiet import quiet_engines
from staffing.solvers.search import Search
from staffing.solvers.tasks.crew import Crew, crew_for
from staffing.solvers.tasks.shelf import at_hand

HEARTBEAT_SECONDS = 0.2


def solve(
    problem: Problem,
    book: RuleBook,
    budget: Budget,
    start: Roster | None = None,
    on_progress: OnProgress | None = None,
    executor: Executor | None = None,
) -> Solution:
    """Build a schedule.

    Parameters
    ----------
    start
        A roster to begin from, besides the solver's own.
    on_progress
        Told of every phase, incumbent and bound.
    executor
        Whose workers price tours and explore neighbourhoods; without workers the threads of the budget do. In
        deterministic mode the roster is the same wherever that is.

    Ctrl-C ends the search after the step at hand; the best so far is returned with ``interrupted`` set.

    Returns
    -------
    Solution
        The best roster found, its allocation in whole minutes, its objective and the proven bound. ``roster`` is None
        only if pins contradict the law or there was no time for any roster.
    """
    incumbent = Incumbent(budget.watch(), on_progress)
    crew = crew_for(problem, book, budget, executor)
    with quiet_engines(), ThreadPoolExecutor(1) as aside:
        searching = aside.submit(_searched, problem, book, budget, incumbent, crew, start)
        try:
            search = _awaited(searching)
        except KeyboardInterrupt:
            incumbent.stop()
            incumbent.report("interrupted")
            search = _awaited(searching)
        return _solution(search, incumbent)


def _searched(
    problem: Problem,
    book: RuleBook,
    budget: Budget,
    incumbent: Incumbent,
    crew: Crew | None,
    start: Roster | None,
) -> Search:
    parts = parts_of(prepare(problem, book))
    search = Search(parts, budget, incumbent, crew)
    with spared(), nullcontext() if crew is None else at_hand(crew.case, parts):
        search.run(start)
    return search


def _awaited(searching: Future[Search]) -> Search:
    """Wait for the search with open ears: Ctrl-C may reach any thread, and Python acts on it in this one when awake."""
    while not searching.done():
        wait([searching], timeout=HEARTBEAT_SECONDS)
    return searching.result()


def _solution(search: Search, incumbent: Incumbent) -> Solution:
    best, bound = incumbent.best, whole_bound(incumbent.bound)
    roster, allotted, objective = None, None, None
    if best is not None:
        roster = search.roster(best)
        allotted, objective = search.allocation(best)
        status = Status.OPTIMAL if objective == bound else Status.FEASIBLE
    else:
        status = Status.INFEASIBLE if incumbent.is_impossible else Status.NO_TIME
    return Solution(
        status=status,
        roster=roster,
        allocation=allotted,
        objective=objective,
        bound=bound,
        seconds=round(incumbent.watch.spent, 2),
        interrupted=incumbent.stopped,
        curve=tuple(incumbent.curve),
    )
