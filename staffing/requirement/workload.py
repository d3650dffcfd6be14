"""From volumes and handle times to minutes of work, and the one way to round them."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

HALF = 0.5 + 1e-9


def cumulative_round(values: npt.ArrayLike) -> Ints:
    """Round a series to whole numbers so that every running sum is right to half a unit.

    Rounding each value alone would lose or invent work: 0.4 minutes in each of 10 hours is 4
    minutes, not 0.

    Parameters
    ----------
    values
        Numbers in order, shape (n,).

    Returns
    -------
    Ints
        Whole numbers, shape (n,), whose sum is the rounded sum of ``values``; none is negative if
        no value is.
    """
    running = np.floor(np.cumsum(np.asarray(values, dtype=np.float64)) + HALF).astype(np.int64)
    return np.diff(running, prepend=np.int64(0))


def work_minutes(volume: npt.ArrayLike, aht_minutes: npt.ArrayLike) -> Floats:
    """Return minutes of work of a volume; no cases are no work, even where the AHT is NaN."""
    cases, aht = np.broadcast_arrays(
        np.asarray(volume, dtype=np.float64), np.asarray(aht_minutes, dtype=np.float64)
    )
    return np.where(cases > 0, cases * np.where(cases > 0, aht, 0.0), 0.0)


def offered_load(
    volume: npt.ArrayLike, aht_minutes: npt.ArrayLike, interval_minutes: int
) -> Floats:
    """Return the offered load in erlangs: minutes of work that arrive in a minute."""
    return work_minutes(volume, aht_minutes) / interval_minutes


def weighted_mean(values: Floats, weights: Floats, axis: int | None = None) -> Any:
    """Return the mean of known values by weight, the plain mean where no weight is, else 0.

    Parameters
    ----------
    values
        Numbers, NaN for unknown.
    weights
        Weights of the same shape, none negative.
    axis
        Axis to take the mean over; None is all of them.

    Returns
    -------
    Any
        A float, or an array without that axis.
    """
    known = ~np.isnan(values)
    filled = np.where(known, values, 0.0)
    weight = np.where(known, weights, 0.0)
    weight = np.where(weight.sum(axis=axis, keepdims=True) > 0, weight, known.astype(np.float64))
    total = weight.sum(axis=axis)
    return (filled * weight).sum(axis=axis) / np.where(total > 0, total, 1.0)


def scheduled_agents(required_agents: npt.ArrayLike, shrinkage_fraction: float) -> Ints:
    """Return how many people on duty make ``required_agents`` available: gross of shrinkage."""
    gross = np.asarray(required_agents, dtype=np.float64) / (1 - shrinkage_fraction)
    return np.ceil(gross - 1e-9).astype(np.int64)
