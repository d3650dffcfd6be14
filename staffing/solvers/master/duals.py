"""What a linear program says of prices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Duals:
    """Duals of a restricted master.

    Parameters
    ----------
    objective
        Of the linear program.
    duties
        ``duties[team][k]``: what a further member on the k-th duty of the team is worth.
    places
        ``places[group]``: what a member of the group costs at least, his duties set against it.
    """

    objective: float
    duties: tuple[Floats, ...]
    places: Floats
