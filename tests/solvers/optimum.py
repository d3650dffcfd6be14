"""The optimum of a tiny problem by the plainest way: all people free in one CP-SAT model, solved to the end."""

from __future__ import annotations

from ortools.sat.python import cp_model

from staffing.domain.roster import Roster
from staffing.solvers.instance import Instance
from staffing.solvers.named import add_service, named_model


def optimum(instance: Instance) -> tuple[int, Roster] | None:
    """Return objective and roster; None when no roster keeps the must-rules."""
    named = named_model(instance.problem, instance.members)
    _, service = add_service(
        named, instance.problem, instance.pools, instance.covers, Roster(duties={})
    )
    named.model.minimize(sum(cost * amount for amount, cost in [*named.charges, *service]))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.catch_sigint_signal = False
    solver.parameters.linearization_level = 2
    status = solver.solve(named.model)
    if status == cp_model.INFEASIBLE:
        return None
    assert status == cp_model.OPTIMAL
    values = list(solver.response_proto.solution)
    return round(solver.objective_value), named.roster(values, Roster(duties={}))
