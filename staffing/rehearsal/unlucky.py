"""The weeks that are to be saved: those that miss a target, but for the worst, which the confidence gives up.

If all of them met the target, it would hold. They say how much more comes in them than is planned for, and by how much
they are below.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from staffing.domain.clock import DAY_MINUTES, Horizon
from staffing.domain.work import Queue
from staffing.requirement.service import due_instants
from staffing.requirement.workload import Floats, Ints
from staffing.simulate.demand import Demand
from staffing.simulate.result import Simulated

TINY = 1e-9


@dataclass(frozen=True)
class Unlucky:
    """The weeks to be saved of one queue.

    Parameters
    ----------
    below
        By how much the worst of them is below the target, as a share of its cases.
    missed_share
        Share that all lived weeks miss on average, in the worst period.
    due
        Cases that fall due in a week.
    missed
        ``missed[interval]``: mean cases missed.
    growth
        ``growth[interval]``: cases of these weeks over those that are planned for, day by day and never below 1; 1 on
        days that have no part in a miss.
    """

    below: float
    missed_share: float
    due: float
    missed: Floats
    growth: Floats

    @classmethod
    def of(
        cls,
        horizon: Horizon,
        queue: Queue,
        number: int,
        lived: Simulated,
        demand: Demand,
        confidence: float,
    ) -> Unlucky:
        """Return them for the queue of a number, which misses its target too often."""
        levels = np.nan_to_num(lived.levels[:, number], nan=1.0)
        weeks = weeks_to_save(levels, queue.workstream.target_fraction, confidence)
        own = lived.misses[lived.misses["queue"] == queue.queue]
        missed = own["missed"].to_numpy(dtype=np.float64)
        day = np.arange(horizon.intervals) * horizon.interval_minutes // DAY_MINUTES
        planned = np.bincount(day, queue.volume)
        theirs = np.bincount(day, demand.cases[weeks, number].mean(axis=0))
        growth = np.where(planned > 0, theirs / np.maximum(planned, TINY), 1.0)
        growth[~np.isin(np.arange(len(growth)), day[_involved(horizon, queue, missed)])] = 1.0
        return cls(
            below=float(queue.workstream.target_fraction - levels[weeks].min()),
            missed_share=float(1 - levels.mean()),
            due=float(own["due"].sum()),
            missed=missed,
            growth=np.maximum(growth, 1.0)[day],
        )


def weeks_to_save(levels: Floats, target: float, confidence: float) -> Ints:
    """Return which weeks are to be saved, the worst first.

    Parameters
    ----------
    levels
        ``levels[week]``: service.
    """
    order = np.argsort(levels, kind="stable")
    failing = int((levels < target - TINY).sum())
    return order[int((1 - confidence) * len(levels) + TINY) : failing]


def _involved(horizon: Horizon, queue: Queue, missed: Floats) -> Ints:
    """Return the intervals in which something is missed, and those in which it may have arrived."""
    late = np.flatnonzero(missed > 0)
    if queue.is_immediate:
        return late
    falling = np.array(due_instants(horizon, queue)) // horizon.interval_minutes - 1
    return np.union1d(late, np.flatnonzero(np.isin(falling, late)))
