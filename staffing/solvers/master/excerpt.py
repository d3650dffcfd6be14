"""An excerpt of service: what some duties can change, while the counts of all others stand still.

What only counts that stand still can change leaves the program, which is small then, however long the horizon is. Where
work flows from interval to interval it all hangs together, and nearly everything stays.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt import model_pb2, sparse_containers_pb2
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from staffing.solvers.master.service import LinearService

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def excerpt(
    service: LinearService, is_open: Sequence[Flags], standing: Sequence[Floats]
) -> LinearService:
    """Return the program of the open duties; it costs the same less a constant.

    Parameters
    ----------
    is_open
        ``is_open[team][k]``: whether the count of the team's k-th duty may change. The counts of the excerpt are those.
    standing
        ``standing[team][k]``: what it is where it may not.
    """
    program, rows = service.program, service.rows
    count = np.concatenate([np.array(own, np.int64) for own in service.counts])
    may, held = np.concatenate(list(is_open)), np.concatenate(list(standing))
    value = np.zeros(rows.shape[1])
    value[count[~may]] = held[~may]
    is_free = np.ones(len(value), bool)
    is_free[count[~may]] = False
    moved = rows @ value
    rest = csr_array(rows[:, np.flatnonzero(is_free)])
    row_part, part = _parts(rest)
    number = np.cumsum(is_free) - 1
    kept_parts = np.unique(part[number[count[may]]])
    kept = np.flatnonzero(np.isin(part, kept_parts))
    kept_rows = np.flatnonzero(np.isin(row_part, kept_parts))
    variables = np.flatnonzero(is_free)[kept]
    new = np.full(len(value), -1)
    new[variables] = np.arange(len(variables))
    linear = program.linear_constraints
    return LinearService(
        program=_program(
            matrix=csr_array(rest[kept_rows][:, kept]),
            rows=(
                np.array(linear.lower_bounds)[kept_rows] - moved[kept_rows],
                np.array(linear.upper_bounds)[kept_rows] - moved[kept_rows],
            ),
            variables=(
                np.array(program.variables.lower_bounds)[variables],
                np.array(program.variables.upper_bounds)[variables],
            ),
            cost=service.cost[variables],
        ),
        counts=tuple(
            tuple(new[np.array(own, np.int64)[open_]].tolist())
            for own, open_ in zip(service.counts, is_open, strict=True)
        ),
        sore=tuple(
            (int(new[amount]), teams, t) for amount, teams, t in service.sore if new[amount] >= 0
        ),
    )


def _parts(rows: csr_array) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return which part of the program each row and each variable belongs to: parts share neither."""
    entries, count = rows.tocoo(), sum(rows.shape)
    where = entries.row, entries.col + rows.shape[0]
    links = csr_array((np.ones(entries.nnz), where), shape=(count, count))
    part = connected_components(links, directed=False)[1]
    return part[: rows.shape[0]], part[rows.shape[0] :]


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
