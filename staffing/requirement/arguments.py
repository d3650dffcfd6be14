"""What the queueing formulas take: checked at the door, since a wrong number would only give another number."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from staffing.domain.errors import ProblemError
from staffing.requirement.workload import Floats, Ints


def loads(offered_load: npt.ArrayLike) -> Floats:
    """Return offered loads as an array.

    Raises
    ------
    ProblemError
        If one is negative, infinite or NaN.
    """
    values = np.asarray(offered_load, dtype=np.float64)
    _refuse(values, ~(np.isfinite(values) & (values >= 0)), "offered_load", "erlangs, 0 or more")
    return values


def heads(agents: npt.ArrayLike) -> Ints:
    """Return numbers of agents as whole numbers.

    Raises
    ------
    ProblemError
        If one is negative or not whole.
    """
    values = np.asarray(agents, dtype=np.float64)
    whole = np.isfinite(values) & (values >= 0) & (values == np.floor(values))
    _refuse(values, ~whole, "agents", "a whole number, 0 or more")
    return values.astype(np.int64)


def times(name: str, minutes: npt.ArrayLike, *, may_be_zero: bool = False) -> Floats:
    """Return lengths of time as an array; inf is one.

    Raises
    ------
    ProblemError
        If one is NaN or negative, or 0 where that means nothing.
    """
    values = np.asarray(minutes, dtype=np.float64)
    good = (values >= 0) if may_be_zero else (values > 0)
    _refuse(values, ~good, name, "0 or more" if may_be_zero else "above 0")
    return values


def _refuse(values: Floats, wrong: npt.NDArray[np.bool_], name: str, wanted: str) -> None:
    if wrong.any():
        raise ProblemError(f"{name} ({values[wrong].flat[0]:g}) must be {wanted}.")
