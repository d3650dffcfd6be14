"""The smallest staff that meets a target: one pass of the recursion for Erlang C, bisection for Erlang A."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from staffing.requirement.arguments import loads, times
from staffing.requirement.patience import erlang_a
from staffing.requirement.workload import Floats, Ints

HIGHEST_TARGET_FRACTION = 0.9999
"""No queue promises everybody: a higher target is sized as this one, and no abandonment as one in 10,000."""

_TINY = 1e-9


def smallest_staff(
    offered_load: npt.ArrayLike,
    aht_minutes: npt.ArrayLike,
    threshold_minutes: npt.ArrayLike,
    target_fraction: npt.ArrayLike,
    occupancy_cap_fraction: npt.ArrayLike = 1.0,
    patience_minutes: npt.ArrayLike = np.inf,
    abandonment_target_fraction: npt.ArrayLike = 1.0,
) -> Ints:
    """Return the fewest agents that meet every target; all arguments broadcast.

    Parameters
    ----------
    offered_load
        Erlangs, ≥ 0.
    aht_minutes
        Average handle time, > 0.
    threshold_minutes
        Longest wait that is on time.
    target_fraction
        Share of all arrivals to answer within the threshold.
    occupancy_cap_fraction
        Highest share of their time that agents may be busy, 0 < cap ≤ 1.
    patience_minutes
        Mean patience; inf: nobody gives up.
    abandonment_target_fraction
        Share of arrivals that may give up.

    Returns
    -------
    Ints
        Agents, net of shrinkage, in the common shape; 0 where nothing arrives.

    Raises
    ------
    ProblemError
        If a load or a time is outside of its range.
    """
    load, aht, threshold, target, cap, patience, leaving = np.broadcast_arrays(
        loads(offered_load),
        times("aht_minutes", aht_minutes),
        times("threshold_minutes", threshold_minutes, may_be_zero=True),
        np.minimum(target_fraction, HIGHEST_TARGET_FRACTION),
        times("occupancy_cap_fraction", occupancy_cap_fraction),
        times("patience_minutes", patience_minutes),
        np.maximum(abandonment_target_fraction, 1 - HIGHEST_TARGET_FRACTION),
    )
    from staffing.requirement.recursions import smallest_staff as of_the_patient

    needed = np.asarray(of_the_patient(load, threshold / aht, 1 - target, cap), dtype=np.int64)
    ends = np.isfinite(patience) & (load > 0)
    if ends.any():
        chosen = (each[ends] for each in (load, aht, threshold, target, cap, patience, leaving))
        needed[ends] = _of_the_impatient(*chosen)
    return needed


def _of_the_impatient(
    load: Floats,
    aht: Floats,
    threshold: Floats,
    target: Floats,
    cap: Floats,
    patience: Floats,
    leaving: Floats,
) -> Ints:
    """Return the fewest agents, at least one, by Erlang A: every measure gets better with each further agent."""

    def enough(agents: Ints) -> npt.NDArray[np.bool_]:
        result = erlang_a(load, agents, aht, patience, threshold)
        return (
            (result.on_time_of_arrivals >= target - _TINY)
            & (result.abandonment <= leaving + _TINY)
            & (result.occupancy <= cap + _TINY)
        )

    high = np.ceil(load).astype(np.int64)
    while not (found := enough(high)).all():
        high = np.where(found, high, 2 * high)
    low = np.zeros_like(high)
    while ((high - low) > 1).any():
        middle = high - (high - low) // 2
        found = enough(middle)
        low, high = np.where(found, low, middle), np.where(found, middle, high)
    return high
