"""Immediate work: the shares that are blocked (Erlang B), that wait (Erlang C) or give up (Erlang A).

All functions take numbers or arrays that broadcast: intervals × queues at once. Thousands of agents are no trouble, as
the formulas are recursions and series of positive terms (`recursions`, `waiting_series`).
Source: A. K. Erlang (1917); in every text on teletraffic, such as ITU-T E.501. Erlang A: `patience`.

Deferrable work has no requirement per interval: for it these formulas are a category error.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from staffing.requirement.arguments import heads, loads, times
from staffing.requirement.patience import ErlangA, erlang_a
from staffing.requirement.workload import Floats, offered_load

__all__ = [
    "ErlangA",
    "erlang_a",
    "erlang_b",
    "erlang_c",
    "mean_wait_minutes",
    "on_time_fraction",
    "service_level",
]


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

    Raises
    ------
    ProblemError
        If a load is negative or no number, or an agent is not whole.
    """
    from staffing.requirement.recursions import inverse_blocking

    return np.asarray(1 / inverse_blocking(loads(offered_load), heads(agents)))


def erlang_c(offered_load: npt.ArrayLike, agents: npt.ArrayLike) -> Floats:
    """Return the share of arrivals that wait, when nobody gives up: ``B / (1 - (A/n)·(1 - B))``.

    Parameters, shape and errors as in `erlang_b`. Where the agents cannot keep up (agents ≤ load) everybody waits: 1.
    """
    from staffing.requirement.recursions import waiting

    return np.asarray(waiting(loads(offered_load), heads(agents)))


def on_time_fraction(
    offered_load: npt.ArrayLike, agents: npt.ArrayLike, threshold_in_aht: npt.ArrayLike
) -> Floats:
    """Return the share of arrivals answered within a threshold: ``1 - C·exp(-(n - A)·T / AHT)``.

    Parameters
    ----------
    offered_load, agents
        As in `erlang_c`.
    threshold_in_aht
        Longest wait that is on time, in handle times.

    Returns
    -------
    Floats
        Shares 0 to 1; 1 where nothing arrives, 0 where the agents cannot keep up.
    """
    load = loads(offered_load)
    spare = np.maximum(heads(agents) - load, 0.0)
    longest = times("threshold_in_aht", threshold_in_aht, may_be_zero=True)
    return np.asarray(1 - erlang_c(load, agents) * np.exp(-spare * longest))


def service_level(
    volume: npt.ArrayLike,
    aht_minutes: npt.ArrayLike,
    interval_minutes: int,
    agents: npt.ArrayLike,
    threshold_minutes: float,
) -> Floats:
    """Return the share of cases answered within the threshold, by Erlang C.

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
    aht = np.where(load > 0, aht_minutes, 1.0)
    return on_time_fraction(load, agents, threshold_minutes / aht)


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
    spare = heads(agents) - load
    aht = np.where(load > 0, aht_minutes, 0.0)
    wait = erlang_c(load, agents) * aht / np.where(spare > 0, spare, 1.0)
    return np.where((spare > 0) | (load <= 0), wait, np.inf)
