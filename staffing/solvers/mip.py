"""A CP-SAT model whose rows are all linear, handed to HiGHS as a mixed-integer program or as its relaxation.

Backlog flow is what linear programming is best at: the shape of a week takes HiGHS seconds and CP-SAT minutes. The
model is built once, in CP-SAT's terms, so that both engines see the same rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ortools.math_opt.python import mathopt
from ortools.math_opt.solvers import highs_pb2
from ortools.sat.python import cp_model

from staffing.domain.errors import ProblemError

_INFINITE = 1 << 62
_SHORTEST_SECONDS = 0.1


@dataclass(frozen=True)
class MipResult:
    """What came out of one solve.

    Parameters
    ----------
    values
        One per variable of the CP-SAT model, None where no solution was found.
    objective
        Of the values.
    bound
        Proven lower bound of the objective.
    """

    values: tuple[float, ...] | None
    objective: float | None
    bound: float


class Mip:
    """The translated model; ranges can be changed and it can be solved again and again.

    Parameters
    ----------
    model
        CP-SAT model with linear rows and clauses only.
    continuous
        Indices of the variables that may be fractional.

    Attributes
    ----------
    program, variables
        The same in the terms of MathOpt, for those who add to it.

    Raises
    ------
    ProblemError
        If a row is not linear.
    """

    def __init__(self, model: cp_model.CpModel, continuous: Iterable[int] = ()) -> None:
        proto = model.proto
        relaxed = set(continuous)
        self.program = mathopt.Model()
        self.variables: list[mathopt.Variable] = []
        for index, variable in enumerate(proto.variables):
            low, *_, high = list(variable.domain)
            self.variables.append(
                self.program.add_variable(lb=low, ub=high, is_integer=index not in relaxed)
            )
        self._whole = [variable for variable in self.variables if variable.integer]
        for constraint in proto.constraints:
            if constraint.has_bool_or() and not list(constraint.enforcement_literal):
                self._add_clause(list(constraint.bool_or.literals))
                continue
            if not constraint.has_linear() or list(constraint.enforcement_literal):
                raise ProblemError(f"row {constraint} is not linear; post it as a sum.")
            low, *_, high = list(constraint.linear.domain)
            self.program.add_linear_constraint(
                lb=float("-inf") if low < -_INFINITE else low,
                ub=float("inf") if high > _INFINITE else high,
                expr=self._sum(constraint.linear.vars, constraint.linear.coeffs),
            )
        objective = proto.objective
        self.program.minimize(self._sum(objective.vars, objective.coeffs) + objective.offset)

    def fix(self, ranges: Mapping[int, tuple[int, int]]) -> None:
        """Set lowest and highest value of variables, by index."""
        for index, (low, high) in ranges.items():
            self.variables[index].lower_bound = low
            self.variables[index].upper_bound = high

    def relax(self, *, interior: bool = False) -> MipResult:
        """Solve the linear relaxation; ``interior`` as of `solve`."""
        for variable in self._whole:
            variable.integer = False
        try:
            return self.solve(seconds=None, interior=interior)
        finally:
            for variable in self._whole:
                variable.integer = True

    def solve(
        self,
        *,
        seconds: float | None,
        nodes: int | None = None,
        relative_gap: float = 0.0,
        seed: int = 0,
        hint: Sequence[float] | None = None,
        interior: bool = False,
    ) -> MipResult:
        """Solve on one thread; Python's other threads go on.

        Parameters
        ----------
        seconds, nodes
            Limits, None is without.
        relative_gap
            Good enough when (objective − bound) / objective is at most this.
        hint
            A value for every variable to start from.
        interior
            Solve linear programs by the interior point: half the time of the simplex on a whole shape, twice on what is
            nearly fixed.
        """
        parameters = highs_parameters(
            seconds=seconds, nodes=nodes, relative_gap=relative_gap, seed=seed, interior=interior
        )
        extra = mathopt.ModelSolveParameters()
        if hint is not None:
            start = dict(zip(self.variables, hint, strict=True))
            extra.solution_hints.append(mathopt.SolutionHint(variable_values=start))
        found = mathopt.solve(
            self.program, mathopt.SolverType.HIGHS, params=parameters, model_params=extra
        )
        bound = found.best_objective_bound()
        if not found.has_primal_feasible_solution():
            return MipResult(None, None, bound)
        values = found.variable_values(self.variables)
        return MipResult(tuple(values), found.objective_value(), bound)

    def _add_clause(self, literals: list[int]) -> None:
        """Add a clause; CP-SAT also writes rows without variables as one (`model.add(True)`)."""
        negated = sum(literal < 0 for literal in literals)
        signs = [1 if literal >= 0 else -1 for literal in literals]
        indices = [literal if literal >= 0 else -literal - 1 for literal in literals]
        self.program.add_linear_constraint(
            lb=1 - negated, ub=float("inf"), expr=self._sum(indices, signs)
        )

    def _sum(self, indices: Iterable[int], coefficients: Iterable[int]) -> mathopt.LinearSum:
        terms = zip(indices, coefficients, strict=True)
        return mathopt.LinearSum(value * self.variables[index] for index, value in terms)


def highs_parameters(
    *,
    seconds: float | None,
    nodes: int | None = None,
    relative_gap: float = 0.0,
    seed: int = 0,
    interior: bool = False,
) -> mathopt.SolveParameters:
    """Return what HiGHS is told, on one thread; parameters as of `Mip.solve`."""
    limit = None if seconds is None else dt.timedelta(seconds=max(_SHORTEST_SECONDS, seconds))
    return mathopt.SolveParameters(
        time_limit=limit,
        node_limit=nodes,
        lp_algorithm=mathopt.LPAlgorithm.BARRIER if interior else None,
        relative_gap_tolerance=relative_gap,
        highs=highs_pb2.HighsOptionsProto(int_options={"random_seed": seed, "threads": 1}),
    )
