"""Handle time of every series by interval: its level of late × local hour × weekday, with the dispersion of one case.

A series with few cases borrows from its workstream, a workstream from all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import pandas as pd

from staffing.domain import clock
from staffing.forecast.calendar import Calendar
from staffing.forecast.handle_time.handle_cases import Cases
from staffing.forecast.handle_time.handle_level import Level, level_of_late
from staffing.forecast.handle_time.handle_pattern import Pattern, learn_pattern

HISTORY_WEEKS = 104
USUAL_CV = 1.0
"""Standard deviation over mean of one handle time where nothing is known: exponential, as Erlang has it."""
CV_TO_TRUST = 50
"""Intervals that count as much as what is believed of the dispersion."""
PARENT_CASES = 16.0
"""Cases that count as much as the level of the workstream: times with a cv of 1, levels a quarter apart (1 / .25²)."""

Key = tuple[str, str]
Part = TypeVar("Part")
Belief = TypeVar("Belief")
Scatter = tuple[float, int]
Cells = tuple[np.ndarray, np.ndarray, Scatter]


@dataclass(frozen=True)
class HandleTime:
    """Minutes a case of one series.

    Parameters
    ----------
    aht_minutes
        ``aht_minutes[interval]``, the mean; NaN where no case of any series has a handle time.
    cv
        Standard deviation of the handle time of one case over its mean.
    """

    aht_minutes: np.ndarray
    cv: float


def handle_times(
    history: pd.DataFrame,
    volumes: Mapping[Key, pd.Series],
    calendar: Calendar,
    index: pd.DatetimeIndex,
) -> dict[Key, HandleTime]:
    """Return the handle time of every (region, workstream) in the intervals of an index.

    At most the last 104 weeks before the index are learnt from.

    Parameters
    ----------
    history
        A HISTORY table (`staffing.domain.tables`).
    volumes
        What is known of the volume of every series (`staffing.forecast.series.volumes_before`); a handle time without
        a known volume is not looked at.
    calendar
        Hour and weekday are those of the region's local day.
    index
        Aware UTC, on any grid.
    """
    zones = {key: calendar.of_series(*key).region.time_zone for key in volumes}
    recent = history[history["interval_start"] >= index[0] - pd.Timedelta(weeks=HISTORY_WEEKS)]
    rows = {
        (str(region), str(workstream)): of_series
        for (region, workstream), of_series in recent.groupby(["region", "workstream"])
    }
    found = {key: _cases(rows[key], volumes[key], zones[key]) for key in volumes if key in rows}
    cases = {key: those.capped() for key, those in found.items() if len(those.count)}
    cells = {key: _cells(those) for key, those in cases.items()}
    patterns = _down_the_tree(zones, cells, _pattern, Pattern.flat())
    scatters = {
        key: those.scatter(patterns[key].factor(those.weekday, those.hour))
        for key, those in cases.items()
    }
    cvs = _down_the_tree(zones, scatters, _cv, USUAL_CV)
    levels = {key: _level(those, patterns[key]) for key, those in cases.items()}
    minutes = _down_the_tree(zones, levels, _minutes, np.nan)
    return {
        key: HandleTime(minutes[key] * _along(patterns[key], index, zone), cvs[key])
        for key, zone in zones.items()
    }


def _down_the_tree(
    keys: Iterable[Key],
    parts: Mapping[Key, Part],
    learn: Callable[[Sequence[Part], Belief], Belief],
    belief: Belief,
) -> dict[Key, Belief]:
    """Learn from all series, then from those of each workstream, then from each, starting from the belief above."""
    shared = learn(list(parts.values()), belief)
    siblings: dict[str, list[Part]] = {workstream: [] for _, workstream in keys}
    for (_, workstream), part in parts.items():
        siblings[workstream].append(part)
    of_workstream = {name: learn(members, shared) for name, members in siblings.items()}
    return {key: learn([parts[key]] if key in parts else [], of_workstream[key[1]]) for key in keys}


def _cases(rows: pd.DataFrame, volume: pd.Series, time_zone: str) -> Cases:
    aht_minutes = rows.set_index("interval_start")["aht_minutes"]
    return Cases.of_series(volume.loc[aht_minutes.index.min() :], aht_minutes, time_zone)


def _along(pattern: Pattern, index: pd.DatetimeIndex, time_zone: str) -> np.ndarray:
    local = clock.local_stamps(index, time_zone)
    return pattern.factor(local.day_of_week, local.hour)


def _cells(cases: Cases) -> Cells:
    """Return cases and minutes by weekday and hour, minutes in units of the series' own mean, and the rough scatter."""
    count, minutes = cases.by_cell(cases.count), cases.by_cell(cases.minutes)
    return count, minutes * count.sum() / minutes.sum(), cases.scatter(np.ones(len(cases.count)))


def _pattern(parts: Sequence[Cells], parent: Pattern) -> Pattern:
    if not parts:
        return parent
    count, minutes, scatters = zip(*parts, strict=True)
    return learn_pattern(sum(count), sum(minutes), _cv(scatters, USUAL_CV), parent)


def _cv(parts: Sequence[Scatter], believed: float) -> float:
    squares, free = sum(part[0] for part in parts), sum(part[1] for part in parts)
    return float(np.sqrt((squares + CV_TO_TRUST * believed**2) / (free + CV_TO_TRUST)))


def _level(cases: Cases, pattern: Pattern) -> Level:
    awaited = cases.count * pattern.factor(cases.weekday, cases.hour)
    return level_of_late(cases.by_week(cases.minutes), cases.by_week(awaited))


def _minutes(parts: Sequence[Level], parent_minutes: float) -> float:
    return sum(parts, Level()).beside(parent_minutes, PARENT_CASES)
