"""How a linear program is solved: from the basis of the last solve by the simplex, or anew by the interior point."""

from __future__ import annotations

import datetime as dt

from ortools.math_opt.python import mathopt

from staffing.solvers.mip import highs_parameters

IMPRECISE = {
    mathopt.TerminationReason.IMPRECISE,
    mathopt.TerminationReason.NUMERICAL_ERROR,
    mathopt.TerminationReason.OTHER_ERROR,
}
"""How the simplex ends where numbers fail it."""


FEW_ROWS = 2000
"""With more of them the dual simplex stalls now and then, for ten times as long as the primal takes."""


def from_basis(
    solver: mathopt.IncrementalSolver,
    rows: int,
    wanted: mathopt.ModelSolveParameters,
    seconds: float | None,
    *,
    moved: bool,
) -> mathopt.SolveResult:
    """Solve from a basis.

    Parameters
    ----------
    rows
        How many there are.
    wanted
        The basis, and what is looked at in the solution.
    seconds
        Limit, None is without.
    moved
        Whether bounds have moved since, which leaves the basis its prices; new columns leave it feasible.
    """
    dual = moved and rows <= FEW_ROWS
    algorithm = mathopt.LPAlgorithm.DUAL_SIMPLEX if dual else mathopt.LPAlgorithm.PRIMAL_SIMPLEX
    return solver.solve(
        model_params=wanted,
        params=mathopt.SolveParameters(
            lp_algorithm=algorithm,
            presolve=mathopt.Emphasis.OFF,  # it would begin anew
            time_limit=None if seconds is None else dt.timedelta(seconds=seconds),
        ),
    )


def anew(
    program: mathopt.Model, wanted: mathopt.ModelSolveParameters, seconds: float | None
) -> mathopt.SolveResult:
    """Solve without a basis; parameters as of `from_basis`."""
    return mathopt.solve(
        program,
        mathopt.SolverType.HIGHS,
        params=highs_parameters(seconds=seconds, interior=True),
        model_params=wanted,
    )
