"""Which holidays the methods may know of: those stated with a set, those found in the past of a task, or none."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from benchmarks.forecast.plans import NOWHERE, Plan
from staffing.forecast.calendar import RegionCalendar, SeriesCalendar
from staffing.forecast.holiday_search import best_place

Source = Literal["stated", "found", "none"]
SOURCES: tuple[Source, ...] = ("stated", "found", "none")


def calendar_of(plan: Plan, past: pd.Series, source: Source = "stated") -> SeriesCalendar:
    """Return the calendar of one task.

    Parameters
    ----------
    past
        Cases per hour before the origin: nothing else is looked at.
    source
        Where holidays come from; where none are stated, they are searched.
    """
    if source == "none":
        return SeriesCalendar(region=NOWHERE)
    if source == "stated" and plan.region is not None:
        return SeriesCalendar(region=plan.region)
    return SeriesCalendar(region=found_region(past))


def found_region(past: pd.Series) -> RegionCalendar:
    """Return the region whose holidays move a series, without those on which it is as ever."""
    evidence = best_place(past, NOWHERE)
    if evidence is None or not evidence.is_strong:
        return NOWHERE
    return NOWHERE.changed(places=(evidence.place,), open_on=evidence.open_on)
