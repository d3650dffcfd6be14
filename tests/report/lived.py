"""A week that was lived, made by hand: the build of `conftest`, ten times; legal is at risk, urgent is not."""

from __future__ import annotations

import numpy as np
import pandas as pd

from staffing.domain.build import Build
from staffing.simulate.counts import BANDS
from staffing.simulate.habits import Habits
from staffing.simulate.remedy import REMEDIES
from staffing.simulate.result import Simulated


def lived_by_hand(build: Build) -> Simulated:
    """Return a simulation of the build: legal misses 2 cases in each of the hours 20 to 22, and half a case in 40."""
    starts, days = build.problem.horizon.interval_starts(), build.problem.horizon.dates
    queues = pd.DataFrame(
        {
            "queue": ["urgent", "legal"],
            "kind": ["immediate", "deferrable"],
            "target": [0.9, 0.98],
            "believed": [0.95, 0.9799],
            "mean": [0.94, 0.9],
            "p10": [0.91, 0.85],
            "p50": [0.94, 0.9],
            "p90": [0.97, 0.96],
            "chance": [1.0, 0.1],
            "cases": [168.0, 84.0],
            "oldest_p90": [12.0, 300.0],
            "abandoned": np.nan,
            "worst_day": [days[5], days[0]],
            "worst_day_mean": [0.9, 0.4],
        }
    )
    missed = np.zeros((2, len(starts)))
    missed[1, 20:23], missed[1, 40] = 2.0, 0.5
    misses = pd.DataFrame(
        {
            "queue": np.repeat(["urgent", "legal"], len(starts)),
            "interval_start": [*starts, *starts],
            "due": 3.0,
            "missed": missed.ravel(),
            "chance": missed.ravel() / 4,
        }
    )
    backlog = misses.loc[np.repeat(misses.index, len(BANDS)), ["queue", "interval_start"]]
    backlog["band"] = list(BANDS) * len(misses)
    open_cases = backlog["band"].map(dict(zip(BANDS, (4.0, 3.0, 2.0, 1.0), strict=True)))
    return Simulated(
        replications=10,
        seed=1,
        cases=2520,
        levels=np.array([[0.94, 0.9]] * 10),
        queues=queues,
        days=pd.DataFrame({"queue": ["urgent"], "date": [days[0]], "mean": [np.nan]}),
        misses=misses,
        backlog=backlog.assign(mean=open_cases, p90=open_cases).reset_index(drop=True),
        classes=_classes(days),
        people=pd.DataFrame(
            {
                "agent_id": ["a1", "b1", "c1"],
                "present_minutes": [900.0, 480.0, 0.0],
                "worked_minutes": [600.0, 300.0, 0.0],
                "exposure_minutes": [0.0, 90.0, 0.0],
                "exposure_p90": [0.0, 150.0, 0.0],
                "overtime_minutes": [30.0, 0.0, 0.0],
                "overtime_p90": [66.0, 0.0, 0.0],
            }
        ),
        habits=Habits(absence_fraction=0.05),
        remedies=_remedies(starts),
    )


def _classes(days: tuple[object, ...]) -> pd.DataFrame:
    """Return two days of Dublin, 300 of 600 and 270 of 300 minutes at work; nobody comes in Singapore."""
    return pd.DataFrame(
        {
            "site": ["dublin", "dublin", "singapore"],
            "pool": "urgent+legal",
            "date": [days[0], days[1], days[0]],
            "people": [2, 2, 1],
            "present_minutes": [600.0, 300.0, 0.0],
            "occupancy": [0.5, 0.9, np.nan],
            "p10": [0.4, 0.8, np.nan],
            "p90": [0.6, 1.1, np.nan],
        }
    )


def _remedies(starts: pd.DatetimeIndex) -> pd.DataFrame:
    one = ("legal", starts[20], "singapore", "urgent+legal", 1, 60, 6.5, 2.5, 0.1, 2.0, 0.6)
    other = ("legal", starts[19], "dublin", "urgent+legal", 2, 90, 6.5, 2.25, 0.1, 2.0, 0.6)
    return pd.DataFrame([one, other], columns=list(REMEDIES))
