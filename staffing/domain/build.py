"""One finished build: what the report, the exports and the notebooks look at."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from staffing.domain.base import Frozen
from staffing.domain.judgement import Adjustment
from staffing.domain.problem import Problem
from staffing.domain.rehearsal import Rehearsal
from staffing.domain.result import Bill, Solution, Unavoidable
from staffing.domain.tiers import TierProof


class Shortage(Frozen):
    """A stretch in which a queue or a floor is short, and why.

    Parameters
    ----------
    queue
        Queue, or workstream of a floor.
    start, end
        Minutes of the horizon, half-open.
    work_minutes
        Work (deferrable) or agent-minutes (immediate, floor) that are missing.
    reasons
        What binds, strongest first: rules, absences, missing skills, as sentences.
    message
        One sentence an ops manager can act on.
    """

    queue: str
    start: int
    end: int
    work_minutes: int
    reasons: tuple[str, ...]
    message: str


@dataclass(frozen=True)
class Build:
    """Everything about one built week.

    Parameters
    ----------
    organisation
        Name from the workspace's settings.
    forecast, backtest
        Long tables (`staffing.domain.tables`), the forecast over the horizon.
    adjustments
        What judgement did to the forecast.
    history
        Long table, the last weeks before the horizon (for pictures).
    rehearsal
        The rounds in which the schedule was lived and built again; None if nobody asked for it.
    unavoidable
        What of its shortage no roster could avoid; None where nothing is short.
    tiers
        What is proven of each tier; None without a schedule, and where certainty was bought.
    seconds
        Wall-clock seconds by phase.
    """

    organisation: str
    problem: Problem
    history: pd.DataFrame
    forecast: pd.DataFrame
    backtest: pd.DataFrame
    solution: Solution
    bill: Bill
    shortages: tuple[Shortage, ...]
    seed: int
    adjustments: tuple[Adjustment, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    peak_rss_bytes: int = 0
    rehearsal: Rehearsal | None = None
    unavoidable: Unavoidable | None = None
    tiers: TierProof | None = None
