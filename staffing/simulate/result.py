"""What many lived weeks say: long tables for reports, and the raw shares for whoever asks more."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from staffing.requirement.workload import Floats
from staffing.simulate.habits import Habits

SERVICE = ("mean", "p10", "p50", "p90")
SURE = 0.9
"""A target is at risk if the week meets it with a smaller chance."""


@dataclass(frozen=True)
class Simulated:
    """A week that was lived many times with random cases.

    Service is the share of cases on time: finished by their due instant (deferrable) or answered within the threshold
    (immediate), of those for which that moment lies within the horizon. Whoever gave up was not answered.

    Parameters
    ----------
    replications, seed
        How many weeks, from which seed.
    cases
        Cases that arrived, all replications together.
    levels
        ``levels[replication, queue]``: service of the week, in the worst period of the target; NaN: nothing is due.
    queues
        One row a queue: ``queue``, ``kind``, ``target``, ``believed`` (by the plan; NaN: not known), ``mean``, ``p10``,
        ``p50``, ``p90`` of the service, ``chance`` of meeting the target, ``cases`` (mean), ``oldest_p90`` (minutes,
        the greatest age in a week), ``abandoned`` (share; NaN: nobody does), ``worst_day``, ``worst_day_mean``.
    days
        One row a queue and UTC day: ``queue``, ``date``, ``cases`` due, ``mean``, ``p10``, ``p50``, ``p90``,
        ``oldest_p90``, ``abandoned``.
    misses
        One row a queue and interval: ``queue``, ``interval_start``, ``due``, ``missed`` (mean cases), ``chance`` that
        any is missed. What is missed here should have been done before its end.
    backlog
        One row a queue, interval and age band (`staffing.simulate.counts.BANDS`): ``queue``, ``interval_start``,
        ``band``, ``mean`` and ``p90`` cases open at the end of the interval.
    classes
        One row a class (site and skills) and UTC day: ``site``, ``pool``, ``date``, ``people``, ``present_minutes``
        (mean), ``occupancy`` (of all replications), ``p10``, ``p90``; without presence NaN.
    people
        One row a person: ``agent_id``, ``present_minutes``, ``worked_minutes``, ``exposure_minutes`` (mean),
        ``exposure_p90``, ``overtime_minutes`` (mean), ``overtime_p90``.
    habits
        How people worked.
    remedies
        Hours that would help targets at risk, see `staffing.simulate.remedy`; empty where nobody has looked.
    """

    replications: int
    seed: int
    cases: int
    levels: Floats
    queues: pd.DataFrame
    days: pd.DataFrame
    misses: pd.DataFrame
    backlog: pd.DataFrame
    classes: pd.DataFrame
    people: pd.DataFrame
    habits: Habits = field(default_factory=Habits)
    remedies: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def at_risk(self) -> tuple[str, ...]:
        """Queues whose target is at risk, in the order of the problem."""
        return tuple(self.queues.loc[self.queues["chance"] < SURE, "queue"])
