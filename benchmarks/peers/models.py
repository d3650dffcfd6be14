"""Ways that run with the package's own libraries: its solver, and the plain model of every person in two engines.

The plain model is or-tools' shift-scheduling example grown to our week: a Boolean for each person, day and shift, hard
and soft sums and sequences over them; here with every rule of the book and the service of every queue.
"""

from __future__ import annotations

import time

from ortools.sat.python import cp_model

from benchmarks.peers.answer import Answer
from staffing.domain.problem import Problem
from staffing.domain.roster import Roster
from staffing.model.flow import Flow
from staffing.rules.book import RuleBook
from staffing.solvers.budget import Budget
from staffing.solvers.incumbent import whole_bound
from staffing.solvers.instance import prepare
from staffing.solvers.mip import Mip
from staffing.solvers.named import Named, add_service, named_model
from staffing.solvers.quiet import quiet_engines
from staffing.solvers.solve import solve

CP_SAT_WORKERS = 8
NOBODY = Roster(duties={})
LEAST_SECONDS = 0.1
"""What an engine gets although the model took all the time to be written."""


def ours(problem: Problem, book: RuleBook, seconds: float, seed: int) -> Answer:
    """Solve as ``staffing build`` does."""
    began = time.perf_counter()
    found = solve(problem, book, Budget(seconds=seconds, seed=seed))
    return Answer(
        found.roster,
        time.perf_counter() - began,
        bound=found.bound,
        allocation=found.allocation,
        remark=found.status.value,
    )


def cp_sat(problem: Problem, book: RuleBook, seconds: float, seed: int) -> Answer:
    """Solve the plain model with CP-SAT, eight workers."""
    began = time.perf_counter()
    named, _ = plain_model(problem, book)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = _left(began, seconds)
    solver.parameters.num_workers = CP_SAT_WORKERS
    solver.parameters.random_seed = seed
    status = solver.solve(named.model)
    has_roster = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return Answer(
        named.roster(list(solver.response_proto.solution), NOBODY) if has_roster else None,
        time.perf_counter() - began,
        bound=whole_bound(solver.best_objective_bound),
        remark=solver.status_name(status).lower(),
    )


def highs(problem: Problem, book: RuleBook, seconds: float, seed: int) -> Answer:
    """Solve the plain model with HiGHS through MathOpt; minutes of work need not be whole."""
    began = time.perf_counter()
    named, flow = plain_model(problem, book)
    with quiet_engines():
        mip = Mip(named.model, flow.variables())
        found = mip.solve(seconds=_left(began, seconds), seed=seed)
    roster = None if found.values is None else named.roster(found.values, NOBODY)
    return Answer(roster, time.perf_counter() - began, bound=whole_bound(found.bound))


def plain_model(problem: Problem, book: RuleBook) -> tuple[Named, Flow]:
    """Return the model of all people at once, with its objective."""
    instance = prepare(problem, book)
    named = named_model(problem, instance.members)
    flow, service = add_service(named, problem, instance.pools, instance.covers, NOBODY)
    named.model.minimize(sum(cost * amount for amount, cost in [*named.charges, *service]))
    return named, flow


def _left(began: float, seconds: float) -> float:
    return max(LEAST_SECONDS, seconds - (time.perf_counter() - began))
