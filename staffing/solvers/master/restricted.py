"""The restricted master: service of the whole team over the tours known so far.

    minimise  service(Σ λ of the tours that hold each duty) + Σ cost(tour) λ[group, tour]
    Σ λ[group, ·] = members of the group

As a linear program it prices: what a further member on a duty is worth follows from the duals of the rows in which he
counts, and a tour is worth adding when its cost is below what its duties and its place in the group are worth (Dantzig
and Wolfe 1960). In whole numbers it chooses among the tours of a few people while all others stand still.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property

import numpy as np
from ortools.math_opt.python import mathopt
from scipy.sparse import csr_array

from staffing.solvers.groups import NOWHERE, Group, Team, places_of
from staffing.solvers.master.duals import Duals, Floats
from staffing.solvers.master.linear import LinearService
from staffing.solvers.master.relaxing import IMPRECISE, anew, from_basis
from staffing.solvers.mip import highs_parameters
from staffing.solvers.plan import Best, Plan, Slot
from staffing.solvers.tours.space import Tour

_TINY, LEAST_AMOUNT = 1e-6, 0.5


class RestrictedMaster:
    """The program; columns are added, none is taken away. Not for two threads at once.

    Parameters
    ----------
    service
        What the counts of each team cost.
    groups
        Who is to get tours.
    standing
        Members besides these who hold each duty of each team; none if None.
    interior
        Solve relaxations by the interior point, each anew: where days are many, the simplex takes longer from the basis
        of the last solve than anew, and three times as long as this.

    Attributes
    ----------
    columns
        (group, tour) of each column.
    limit
        Says how many seconds a linear program may take; None is without limit.
    """

    def __init__(
        self,
        service: LinearService,
        teams: tuple[Team, ...],
        groups: tuple[Group, ...],
        standing: Sequence[Floats] | None = None,
        *,
        interior: bool = False,
    ) -> None:
        self._program = program = mathopt.Model.from_model_proto(service.program)
        variable = program.get_variable
        self._sore = [(variable(amount), who, t) for amount, who, t in service.sore]
        self._service_rows = service.rows.shape[0]
        self._rows = [program.get_linear_constraint(row) for row in service.met.tolist()]
        self._effects = [csr_array(own[:, service.met]) for own in service.effects]
        if standing is not None:
            self._move(service.moved(standing)[service.met])
        self._places = tuple(
            program.add_linear_constraint(lb=len(group.members), ub=len(group.members))
            for group in groups
        )
        self.groups = groups
        self._interior = interior
        self._where = tuple(places_of(group, teams[group.team]) for group in groups)
        self.columns: list[tuple[int, Tour]] = []
        self._shares: list[mathopt.Variable] = []
        self._number: dict[tuple[int, Tour], int] = {}
        self._basis: mathopt.Basis | None = None
        self._values: dict[mathopt.Variable, float] = {}
        self._solved = 0
        self._bounds_moved = False
        self.limit: Callable[[], float | None] = unlimited

    def _move(self, amounts: Floats) -> None:
        """Count what people who stand still add to the rows."""
        for row, amount in zip(self._rows, amounts.tolist(), strict=True):
            if amount:
                row.lower_bound, row.upper_bound = (
                    row.lower_bound - amount,
                    row.upper_bound - amount,
                )

    @cached_property
    def _solver(self) -> mathopt.IncrementalSolver:
        return mathopt.IncrementalSolver(self._program, mathopt.SolverType.GLOP)

    def add(self, group: int, tour: Tour) -> bool:
        """Add a tour of a group; return whether it was new."""
        if (group, tour) in self._number:
            return False
        self._number[group, tour] = len(self.columns)
        share = self._program.add_variable(lb=0.0)
        self._program.objective.set_linear_coefficient(share, tour.cost)
        self._places[group].set_coefficient(share, 1.0)
        places = self._where[group][list(tour.positions)].tolist()
        for row, amount in self._effect(self.groups[group].team, places).items():
            self._rows[row].set_coefficient(share, amount)
        self.columns.append((group, tour))
        self._shares.append(share)
        return True

    def _effect(self, team: int, places: Iterable[int]) -> dict[int, float]:
        """Return what a member of a team who holds these duties adds to each row."""
        own, found = self._effects[team], dict[int, float]()
        for place in places:
            if place != NOWHERE:
                of_duty = slice(*own.indptr[place : place + 2])
                pairs = zip(own.indices[of_duty].tolist(), own.data[of_duty].tolist(), strict=True)
                for row, amount in pairs:
                    found[row] = found.get(row, 0.0) + amount
        return found

    def worth(self, duties: Sequence[Floats], group: int) -> Floats:
        """Return what each open duty of a group is worth, out of the duals of all teams' duties; nothing elsewhere."""
        return np.append(duties[self.groups[group].team], 0.0)[self._where[group]]

    def reduced_cost(self, prices: Duals, column: int) -> float:
        """Return by how much a column is too dear at these prices."""
        group, tour = self.columns[column]
        worth = self.worth(prices.duties, group)[list(tour.positions)].sum()
        return float(tour.cost - worth - prices.places[group])

    def best_columns(self, prices: Duals, most: int) -> list[Slot]:
        """Return the columns that these prices speak for, at most so many a group."""
        by_group: dict[int, list[tuple[float, int]]] = {k: [] for k in range(len(self.groups))}
        for column, (group, _) in enumerate(self.columns):
            by_group[group].append((self.reduced_cost(prices, column), column))
        return [self.columns[k] for own in by_group.values() for _, k in sorted(own)[:most]]

    def relax(self) -> Duals | None:
        """Solve the linear program; None if there was not enough time."""
        seconds = self.limit()
        found = None if self._interior else self._relaxed_from_basis(seconds)
        if found is None or found.termination.reason in IMPRECISE:
            found = anew(self._program, self._wanted(), seconds)
        if found.termination.reason is not mathopt.TerminationReason.OPTIMAL:
            return None
        self._basis, self._solved = found.solutions[0].basis, len(self.columns)
        self._values = found.variable_values()
        duals = np.array(found.dual_values(self._rows))
        return Duals(
            objective=found.objective_value(),
            duties=tuple(own @ duals for own in self._effects),
            places=np.array(found.dual_values(self._places)),
        )

    def _relaxed_from_basis(self, seconds: float | None) -> mathopt.SolveResult:
        moved, self._bounds_moved = self._bounds_moved, False
        extra = self._wanted()
        if self._basis is not None:
            for share in self._shares[self._solved :]:
                self._basis.variable_status[share] = mathopt.BasisStatus.AT_LOWER_BOUND
            extra.initial_basis = self._basis
        rows = self._service_rows + len(self._places)
        return from_basis(self._solver, rows, extra, seconds, moved=moved)

    def _wanted(self) -> mathopt.ModelSolveParameters:
        """Ask for what is looked at: reading all of a solution takes longer than finding it."""
        sore = (amount for amount, _, _ in self._sore)
        return mathopt.ModelSolveParameters(
            variable_values_filter=mathopt.SparseVectorFilter(
                filtered_items=[*self._shares, *sore], skip_zero_values=True
            ),
            dual_values_filter=mathopt.SparseVectorFilter(
                filtered_items=[*self._rows, *self._places]
            ),
            reduced_costs_filter=mathopt.SparseVectorFilter(filtered_items=[]),
        )

    def settle(self, plan: Plan) -> Best | None:
        """Hold a plan and return it with what it comes to; None if there was not enough time."""
        self.hold(self.times(plan))
        prices = self.relax()
        return None if prices is None else Best(plan, prices.objective)

    def shares(self) -> Floats:
        """Return how much of each column the last solution uses."""
        return np.array([self._values.get(share, 0.0) for share in self._shares])

    def sore_spots(self) -> list[tuple[frozenset[int], int]]:
        """Return (teams that could help, interval) wherever the last solution is short or has overdue work."""
        return [
            (teams, t)
            for amount, teams, t in self._sore
            if self._values.get(amount, 0.0) > LEAST_AMOUNT
        ]

    def times(self, plan: Plan) -> Floats:
        """Return how often each column is used in a plan, whose tours are added where they are new."""
        for group, tour in plan:
            self.add(group, tour)
        times = np.zeros(len(self.columns))
        for key, often in plan.items():
            times[self._number[key]] = often
        return times

    def plan(self, times: Floats) -> Plan:
        """Return the plan in which columns are used so often."""
        return {self.columns[k]: round(times[k]) for k in np.flatnonzero(times > _TINY)}

    def held(self) -> Floats:
        """Return how often each column is used at least."""
        return np.array([share.lower_bound for share in self._shares])

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Give back bounds and basis when what is tried within is over; the columns that it added stay."""
        held, solved, basis = self.held(), self._solved, copy.copy(self._basis)
        if basis is not None:
            basis.variable_status = dict(basis.variable_status)
        yield
        self.hold(held)
        self._basis, self._solved, self._bounds_moved = basis, solved, False

    def hold(self, times: Floats) -> None:
        """Use each column at least so often; those not named, not at least."""
        least = np.concatenate([times, np.zeros(len(self.columns) - len(times))])
        for share, low in zip(self._shares, least.tolist(), strict=True):
            if share.lower_bound != low:
                share.lower_bound, self._bounds_moved = low, True

    def room(self, times: Floats) -> Floats:
        """Return how many members of each group are left when columns are used so often."""
        left = np.array([len(group.members) for group in self.groups], dtype=np.float64)
        np.subtract.at(left, [group for group, _ in self.columns[: len(times)]], times)
        return left

    def choose(
        self,
        columns: Collection[int],
        hint: Floats | None,
        *,
        seconds: float | None,
        nodes: int | None,
        relative_gap: float,
        seed: int,
    ) -> tuple[Floats, float] | None:
        """Choose whole numbers for some columns, the others used as often as they are held.

        Parameters
        ----------
        hint
            How often each column is used in a plan to begin from, if there is one.

        Returns
        -------
        times, objective
            None if nothing was found in time.
        """
        free = [self._shares[k] for k in columns]
        still = [share for share in self._shares if share.upper_bound > share.lower_bound]
        for share in still:
            share.upper_bound = share.lower_bound
        for share in free:
            share.upper_bound, share.integer = float("inf"), True
        extra = mathopt.ModelSolveParameters()
        if hint is not None:
            start = dict(zip(self._shares, hint.tolist(), strict=True))
            extra.solution_hints.append(mathopt.SolutionHint(variable_values=start))
        found = mathopt.solve(
            self._program,
            mathopt.SolverType.HIGHS,
            params=highs_parameters(
                seconds=seconds, nodes=nodes, relative_gap=relative_gap, seed=seed
            ),
            model_params=extra,
        )
        for share in free:
            share.integer = False
        for share in still:
            share.upper_bound = float("inf")
        if not found.has_primal_feasible_solution():
            return None
        return np.round(found.variable_values(self._shares)), found.objective_value()


def unlimited() -> None:
    """Set no limit."""
    return
