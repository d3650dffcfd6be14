"""Service as a linear program over work alone: what people add to its rows stands beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt import model_pb2, sparse_containers_pb2
from scipy.sparse import csr_array

from staffing.solvers.master.duals import Floats

Ints = NDArray[np.int64]
Sore = tuple[int, frozenset[int], int]
"""Number of an amount of which there should be nothing, the teams that could help, and the interval."""


@dataclass(frozen=True)
class LinearService:
    """The relaxation of a model of service, its variables by their numbers; nobody is there.

    Parameters
    ----------
    program
        Minimises what service and covers are charged for.
    effects
        ``effects[team]``, duties × rows: what a member who holds the team's k-th duty adds to each row.
    sore
        As of `staffing.solvers.master.service.ServiceModel`.
    interval
        Interval that each variable is about, -1 of those that are about none.
    """

    program: model_pb2.ModelProto
    effects: tuple[csr_array, ...]
    sore: tuple[Sore, ...]
    interval: Ints

    @cached_property
    def rows(self) -> csr_array:
        """The matrix of the program."""
        matrix = self.program.linear_constraint_matrix
        where = list(matrix.row_ids), list(matrix.column_ids)
        shape = len(self.program.linear_constraints.ids), len(self.program.variables.ids)
        return csr_array((list(matrix.coefficients), where), shape=shape)

    @cached_property
    def cost(self) -> Floats:
        """What each variable costs."""
        charged = self.program.objective.linear_coefficients
        cost = np.zeros(len(self.program.variables.ids))
        cost[list(charged.ids)] = charged.values
        return cost

    @cached_property
    def met(self) -> Ints:
        """Rows that anybody can change."""
        return np.array(
            sorted({row for own in self.effects for row in own.indices.tolist()}), np.int64
        )

    def moved(self, counts: Sequence[Floats]) -> Floats:
        """Return what so many members on each duty of each team add to each row."""
        parts = (own.T @ count for own, count in zip(self.effects, counts, strict=True))
        return sum(parts, np.zeros(self.rows.shape[0]))

    def part(
        self, rows: Ints, variables: Ints, effects: Sequence[csr_array], moved: Floats
    ) -> LinearService:
        """Return the program of some rows and variables.

        Parameters
        ----------
        effects
            What duties add to the rows that are kept.
        moved
            What those who stand still add to each row of the whole.
        """
        new = np.full(self.rows.shape[1], -1)
        new[variables] = np.arange(len(variables))
        linear, ranges = self.program.linear_constraints, self.program.variables
        return LinearService(
            program=_program(
                matrix=csr_array(self.rows[rows][:, variables]),
                rows=(
                    (np.array(linear.lower_bounds) - moved)[rows],
                    (np.array(linear.upper_bounds) - moved)[rows],
                ),
                variables=(
                    np.array(ranges.lower_bounds)[variables],
                    np.array(ranges.upper_bounds)[variables],
                ),
                cost=self.cost[variables],
            ),
            effects=tuple(effects),
            sore=tuple(
                (int(new[amount]), teams, t) for amount, teams, t in self.sore if new[amount] >= 0
            ),
            interval=self.interval[variables],
        )


def without_counts(
    program: model_pb2.ModelProto,
    counts: Sequence[Sequence[int]],
    sore: Sequence[Sore],
    interval: Mapping[int, int],
) -> LinearService:
    """Take the counts of each team, by their numbers, out of a program: columns stand for them."""
    intervals = np.full(len(program.variables.ids), -1)
    intervals[list(interval)] = list(interval.values())
    whole = LinearService(program, (), tuple(sore), intervals)
    rows = whole.rows.tocsc()
    effects = [csr_array(rows[:, list(own)].T) for own in counts]
    kept = np.setdiff1d(np.arange(rows.shape[1]), [n for own in counts for n in own])
    return whole.part(np.arange(rows.shape[0]), kept, effects, np.zeros(rows.shape[0]))


def _program(
    matrix: csr_array,
    rows: tuple[Floats, Floats],
    variables: tuple[Floats, Floats],
    cost: Floats,
) -> model_pb2.ModelProto:
    """Return a linear program to be minimised; bounds are lower and upper ones."""
    entries = matrix.tocoo()
    order = np.lexsort((entries.col, entries.row))
    charged = np.flatnonzero(cost)
    return model_pb2.ModelProto(
        variables=model_pb2.VariablesProto(
            ids=range(len(cost)),
            lower_bounds=variables[0].tolist(),
            upper_bounds=variables[1].tolist(),
            integers=[False] * len(cost),
        ),
        objective=model_pb2.ObjectiveProto(
            linear_coefficients=sparse_containers_pb2.SparseDoubleVectorProto(
                ids=charged.tolist(), values=cost[charged].tolist()
            )
        ),
        linear_constraints=model_pb2.LinearConstraintsProto(
            ids=range(len(rows[0])),
            lower_bounds=rows[0].tolist(),
            upper_bounds=rows[1].tolist(),
        ),
        linear_constraint_matrix=sparse_containers_pb2.SparseDoubleMatrixProto(
            row_ids=entries.row[order].tolist(),
            column_ids=entries.col[order].tolist(),
            coefficients=entries.data[order].tolist(),
        ),
    )
