"""Which holidays the methods may know of: those stated with a set, those found in the past of a task, or none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import pandas as pd

from benchmarks.forecast.plans import NOWHERE, Plan
from staffing.forecast.calendar import RegionCalendar
from staffing.forecast.care.holiday_search import Evidence, best_place

Source = Literal["stated", "found", "none"]
SOURCES: tuple[Source, ...] = ("stated", "found", "none")


def regions_of(
    plan: Plan, pasts: Sequence[pd.Series], source: Source = "stated"
) -> list[RegionCalendar]:
    """Return the calendar of each task of a set.

    Parameters
    ----------
    pasts
        Cases per hour before the origin of each: nothing else is looked at.
    source
        Where holidays come from; where none are stated, they are searched.
    """
    if source == "none":
        return [NOWHERE] * len(pasts)
    if source == "stated" and plan.region is not None:
        return [plan.region] * len(pasts)
    return found_regions(pasts)


def found_regions(pasts: Sequence[pd.Series]) -> list[RegionCalendar]:
    """Return the holidays that move each series of a set, without those on which it is as ever.

    Series that disagree at one origin take the place that is clearest among them: they are of one set.
    """
    found = [best_place(past, NOWHERE) for past in pasts]
    clearest: dict[pd.Timestamp, Evidence] = {}
    for past, evidence in zip(pasts, found, strict=True):
        if evidence is not None and evidence.is_strong:
            rival = clearest.setdefault(past.index[-1], evidence)
            if evidence.odds > rival.odds:
                clearest[past.index[-1]] = evidence
    regions = []
    for past, evidence in zip(pasts, found, strict=True):
        if evidence is None or not evidence.is_strong:
            regions.append(NOWHERE)
        else:
            best = clearest[past.index[-1]]
            taken = evidence if evidence.place == best.place else best
            regions.append(NOWHERE.changed(places=(taken.place,), open_on=taken.open_on))
    return regions
