"""An immediate workstream in one place: what it asks for, and what a number of agents makes of it.

Stationary formulas interval by interval, on the load of `lagged_load`: Erlang A where patience is known, else Erlang
C. An agent who handles k chats at once counts as k servers, each at the handle time that the history shows, which is
that of a chat among others: M/M/(k·n). That errs to the safe side when an agent has fewer chats at a time, and so is
faster.
Source of the model: J. Luo and J. Zhang, Staffing and control of instant messaging contact centers, Operations
Research 61 (2013); T. Tezcan and J. Zhang, Routing and staffing in customer service chat systems with impatient
customers, Operations Research 62 (2014), who let the speed depend on the number of chats.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from staffing.domain.errors import ProblemError
from staffing.domain.work import Workstream
from staffing.requirement.erlang import erlang_a
from staffing.requirement.lagged_load import lagged_load
from staffing.requirement.quiet_hours import quiet_intervals
from staffing.requirement.staff_search import smallest_staff
from staffing.requirement.workload import Floats, Ints


def required_agents(
    work: Workstream, volume: Floats, aht_minutes: Floats, interval_minutes: int
) -> Ints:
    """Return the agents that each interval asks for, net of shrinkage; a floor is the business of `min_staff`.

    Parameters
    ----------
    work
        An immediate workstream.
    volume, aht_minutes
        Cases per interval and their handle time, shape (intervals,), in order.
    interval_minutes
        Length of the interval.

    Returns
    -------
    Ints
        Agents who must be free for it, same shape; 0 in quiet hours (`quiet_hours`).
    """
    load = lagged_load(volume, aht_minutes, interval_minutes)
    leaving = work.abandonment_target_fraction
    may_leave = 1.0 if leaving is None else leaving
    allowance = min(1 - work.target_fraction, may_leave)
    quiet = quiet_intervals(
        volume, load, interval_minutes, work.staffed_from_probability, allowance
    )
    missed = float(volume[quiet].sum() / volume.sum()) if quiet.any() else 0.0
    servers = smallest_staff(
        load,
        np.where(aht_minutes > 0, aht_minutes, 1.0),
        _threshold(work),
        work.target_fraction / (1 - missed),
        work.occupancy_cap_fraction,
        _patience(work),
        1.0 if leaving is None else (may_leave - missed) / (1 - missed),
    )
    return np.where(quiet, 0, -(-servers // work.concurrency))


def on_time_fraction(
    work: Workstream,
    volume: npt.ArrayLike,
    aht_minutes: npt.ArrayLike,
    interval_minutes: int,
    agents: npt.ArrayLike,
) -> Floats:
    """Return the share of the arrivals of each interval that is answered within the threshold of a workstream.

    Parameters as in `required_agents`; 1 where there is nothing to do.
    """
    aht = np.asarray(aht_minutes, dtype=np.float64)
    return erlang_a(
        lagged_load(volume, aht, interval_minutes),
        np.asarray(agents) * work.concurrency,
        np.where(aht > 0, aht, 1.0),
        _patience(work),
        _threshold(work),
    ).on_time_of_arrivals


def _patience(work: Workstream) -> float:
    return np.inf if work.patience_minutes is None else work.patience_minutes


def _threshold(work: Workstream) -> int:
    if work.threshold_minutes is None:
        raise ProblemError(f"workstream {work.workstream!r} has no threshold_minutes.")
    return work.threshold_minutes
