"""Naming: give the counts of the shape to people, by CP-SAT, with every personal rule."""

from __future__ import annotations

import math

from ortools.sat.python import cp_model

from staffing.domain.roster import Roster
from staffing.solvers.budget import Budget
from staffing.solvers.counts import Counts
from staffing.solvers.incumbent import Incumbent
from staffing.solvers.instance import Instance
from staffing.solvers.named import named_model

PRICE_OF_A_MISSING_DUTY = 30_000
WORKERS = 8
"""Searches of CP-SAT, on however few cores: with fewer it lacks the ones that prove."""
DETERMINISTIC_SECONDS = 0.25
"""Deterministic time of CP-SAT that goes into a second of the budget."""


def name_people(
    instance: Instance, counts: Counts, budget: Budget, incumbent: Incumbent, seconds: float
) -> Roster | None:
    """Return the roster that comes closest to the counts at the least price of personal rules.

    A duty that the shape asks for and nobody holds costs `PRICE_OF_A_MISSING_DUTY`; duties beyond the counts cost their
    pay alone. None when the time was too short for any roster, or no roster exists: the incumbent is told then.
    """
    named = named_model(instance.problem, instance.members)
    charges = [cost * amount for amount, cost in named.charges]
    for team, wanted in counts.items():
        members = [m for group in instance.classes if group.team == team for m in group.members]
        for duty, heads in wanted.items():
            held = [
                literal for member in members if (literal := named.held(duty, member)) is not None
            ]
            missing = named.model.new_int_var(0, heads, "missing")
            named.model.add(sum(held) + missing >= heads)
            charges.append(PRICE_OF_A_MISSING_DUTY * missing)
    named.model.minimize(sum(charges))
    solver = cp_model.CpSolver()
    solver.parameters.random_seed = budget.seed
    solver.parameters.linearization_level = 2
    # The handler of CP-SAT aborts the process: Ctrl-C is Python's.
    solver.parameters.catch_sigint_signal = False
    if budget.deterministic:
        solver.parameters.num_workers = 1
        solver.parameters.max_deterministic_time = max(0.1, seconds * DETERMINISTIC_SECONDS)
    else:
        solver.parameters.num_workers = WORKERS
        solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(named.model)
    if status == cp_model.INFEASIBLE:
        incumbent.raise_bound(math.inf, "roster")
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return named.roster(solver)
