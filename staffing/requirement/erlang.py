"""Erlang B and C for immediate work, by the stable recursion over the number of agents.

With A erlangs offered to n agents, ``B(0) = 1``, ``B(n) = A·B(n-1) / (n + A·B(n-1))`` is the share
of blocked arrivals; ``C = B / (1 - (A/n)·(1 - B))`` the share that waits. No factorials, so
thousands of agents are no trouble. Source: A. K. Erlang (1917); the recursion is in every text on
teletraffic, such as ITU-T E.501.

Deferrable work has no requirement per interval: for it these formulas are a category error.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from staffing.requirement.workload import Floats, Ints, offered_load

HIGHEST_TARGET_FRACTION = 0.9999
"""Erlang C never promises everybody: a higher target is sized as this one."""

_TINY = 1e-9


def _blocking(load: Floats) -> Iterator[tuple[int, Floats]]:
    """Yield (n, Erlang B of n agents) for n = 0, 1, 2, …, for every load at once."""
    blocked = np.ones_like(load)
    agents = 0
    while True:
        yield agents, blocked
        agents += 1
        blocked = load * blocked / (agents + load * blocked)


def _waiting(load: Floats, agents: npt.ArrayLike, blocked: Floats) -> Floats:
    """Return Erlang C from Erlang B; 1 where the agents cannot keep up with the load."""
    staff = np.asarray(agents, dtype=np.float64)
    keeps_up = staff > load
    used = np.where(keeps_up, load / np.where(staff > 0, staff, 1.0), 0.0)
    return np.where(keeps_up, blocked / (1 - used * (1 - blocked)), np.where(load > 0, 1.0, 0.0))


def erlang_b(offered_load: npt.ArrayLike, agents: npt.ArrayLike) -> Floats:
    """Return the share of arrivals that find all agents busy and are lost.

    Parameters
    ----------
    offered_load
        Erlangs, ≥ 0, any shape.
    agents
        Whole number of agents, ≥ 0, any shape that broadcasts with the load.

    Returns
    -------
    Floats
        Shares 0 to 1 in the common shape.
    """
    load, staff = np.broadcast_arrays(
        np.asarray(offered_load, dtype=np.float64), np.asarray(agents, dtype=np.int64)
    )
    result = np.ones_like(load)
    most = int(staff.max(initial=0))
    for count, blocked in _blocking(load):
        result = np.where(staff == count, blocked, result)
        if count == most:
            break
    return result


def erlang_c(offered_load: npt.ArrayLike, agents: npt.ArrayLike) -> Floats:
    """Return the share of arrivals that wait, when nobody gives up.

    Parameters and shape as in `erlang_b`. Where the agents cannot keep up (agents ≤ load) everybody
    waits: 1.
    """
    load = np.asarray(offered_load, dtype=np.float64)
    return _waiting(load, agents, erlang_b(load, agents))


def _on_time(
    waiting: Floats, load: Floats, agents: npt.ArrayLike, patience_in_aht: Floats
) -> Floats:
    """Return the share answered within a threshold that is given in handle times."""
    spare = np.maximum(np.asarray(agents, dtype=np.float64) - load, 0.0)
    return 1 - waiting * np.exp(-spare * patience_in_aht)


def service_level(
    volume: npt.ArrayLike,
    aht_minutes: npt.ArrayLike,
    interval_minutes: int,
    agents: npt.ArrayLike,
    threshold_minutes: float,
) -> Floats:
    """Return the share of cases answered within the threshold: ``1 - C·exp(-(n - A)·T / AHT)``.

    Parameters
    ----------
    volume
        Cases per interval, any shape.
    aht_minutes
        Average handle time in minutes.
    interval_minutes
        Length of the interval.
    agents
        Available agents (net of shrinkage), whole numbers.
    threshold_minutes
        Longest wait that is on time.

    Returns
    -------
    Floats
        Shares 0 to 1; 1 where nothing arrives, 0 where the agents cannot keep up.
    """
    load = offered_load(volume, aht_minutes, interval_minutes)
    waiting = erlang_c(load, agents)
    level = _on_time(waiting, load, agents, _in_handle_times(load, aht_minutes, threshold_minutes))
    return np.where(load > 0, level, 1.0)


def mean_wait_minutes(
    volume: npt.ArrayLike,
    aht_minutes: npt.ArrayLike,
    interval_minutes: int,
    agents: npt.ArrayLike,
) -> Floats:
    """Return the mean wait in minutes (average speed of answer), ``C·AHT / (n - A)``.

    Parameters as in `service_level`; inf where the agents cannot keep up.
    """
    load = offered_load(volume, aht_minutes, interval_minutes)
    spare = np.asarray(agents, dtype=np.float64) - load
    aht = np.where(load > 0, aht_minutes, 0.0)
    wait = erlang_c(load, agents) * aht / np.where(spare > 0, spare, 1.0)
    return np.where((spare > 0) | (load <= 0), wait, np.inf)


def agents_needed(
    volume: npt.ArrayLike,
    aht_minutes: npt.ArrayLike,
    interval_minutes: int,
    threshold_minutes: float,
    target_fraction: float,
    occupancy_cap_fraction: float = 1.0,
) -> Ints:
    """Return the smallest staff that meets the target within the occupancy cap.

    One pass of the recursion serves all intervals: each takes the first n that is enough.

    Parameters
    ----------
    volume, aht_minutes, interval_minutes, threshold_minutes
        As in `service_level`.
    target_fraction
        Share to answer within the threshold; above `HIGHEST_TARGET_FRACTION` that one is taken.
    occupancy_cap_fraction
        Highest share of their time that agents may be busy, 0 < cap ≤ 1.

    Returns
    -------
    Ints
        Agents, net of shrinkage; 0 where nothing arrives.
    """
    load = offered_load(volume, aht_minutes, interval_minutes)
    patience = _in_handle_times(load, aht_minutes, threshold_minutes)
    target = min(target_fraction, HIGHEST_TARGET_FRACTION)
    needed = np.where(load > 0, -1, 0)
    for agents, blocked in _blocking(load):
        level = _on_time(_waiting(load, agents, blocked), load, agents, patience)
        enough = (
            (agents > load)
            & (load <= agents * occupancy_cap_fraction + _TINY)
            & (level >= target - _TINY)
        )
        needed = np.where(enough & (needed < 0), agents, needed)
        if (needed >= 0).all():
            break
    return needed.astype(np.int64)


def _in_handle_times(load: Floats, aht_minutes: npt.ArrayLike, minutes: float) -> Floats:
    """Return a stretch of minutes as a multiple of the handle time, 0 where there is no work."""
    aht = np.where(load > 0, aht_minutes, 1.0)
    return np.where(load > 0, minutes / aht, 0.0)
