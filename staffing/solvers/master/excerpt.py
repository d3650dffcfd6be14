"""An excerpt of service: what some duties can change, while the counts of all others stand still.

What only counts that stand still can change leaves the program, which is small then, however long the horizon is. Where
work waits from interval to interval it all hangs together, until what waits elsewhere is told to stand still as well.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from staffing.solvers.master.duals import Floats
from staffing.solvers.master.linear import LinearService

Flags = NDArray[np.bool_]


def excerpt(
    service: LinearService,
    is_open: Sequence[Flags],
    standing: Sequence[Floats],
    still: Floats | None = None,
) -> LinearService:
    """Return the program of the open duties; it costs the same less a constant.

    Parameters
    ----------
    is_open
        ``is_open[team][k]``: whether the count of the team's k-th duty may change. The duties of the excerpt are those.
    standing
        ``standing[team][k]``: what it is where it may not.
    still
        Value of each variable of service that is to stand still too, NaN of those that may change; None: all may. What
        is found then can be done, and more might be.
    """
    others = [np.where(open_, 0.0, held) for open_, held in zip(is_open, standing, strict=True)]
    is_free = np.ones(service.rows.shape[1], bool) if still is None else np.isnan(still)
    moved = service.moved(others)
    if still is not None:
        moved += service.rows @ np.where(is_free, 0.0, still)
    free = np.flatnonzero(is_free)
    row_part, part = _parts(csr_array(service.rows[:, free]))
    effects = [own[open_] for own, open_ in zip(service.effects, is_open, strict=True)]
    changed = np.unique(np.concatenate([own.indices for own in effects]))
    kept = np.flatnonzero(np.isin(row_part, row_part[changed]))
    variables = free[np.isin(part, row_part[changed])]
    return service.part(kept, variables, [own[:, kept] for own in effects], moved)


def _parts(rows: csr_array) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return which part of the program each row and each variable belongs to: parts share neither."""
    entries, count = rows.tocoo(), sum(rows.shape)
    where = entries.row, entries.col + rows.shape[0]
    links = csr_array((np.ones(entries.nnz), where), shape=(count, count))
    part = connected_components(links, directed=False)[1]
    return part[: rows.shape[0]], part[rows.shape[0] :]
