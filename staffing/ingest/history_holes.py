"""History holes: silence that is no zero, told by what like hours say.

For each interval the expected volume is the mean of the same hour of the week in the eight nearest weeks that have
cases, the highest and the lowest left out. A run of silent intervals is a hole when its chance is below one in a
million even on a day half as busy as usual, such as a holiday: with expected volume μ over the run and dispersion φ
(variance over mean), the negative binomial gives P(no case) = φ^(−μ / (φ − 1)), which is e^(−μ) for φ = 1.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from staffing.domain.clock import WEEK_MINUTES
from staffing.domain.work import CalendarEvent
from staffing.ingest.history_grid import Grid

SURPRISE = -math.log(1e-6)
NEIGHBOUR_WEEKS, FEWEST_WEEKS = 8, 3
QUIET_DAY = 0.5
_ALIVE_SHARE = 0.1
_PARTIAL_CASES = 7.0


def without_partial_edges(grid: Grid, first_minute: int, last_minute: int) -> Grid:
    """Leave out an edge interval in which the files begin late or end early: seven usual cases missing are no chance.

    Parameters
    ----------
    first_minute, last_minute
        Earliest and latest row of all files, minutes since 1970.
    """
    if not grid.silence_is_zero or grid.volume.shape[1] < 3:
        return grid
    width = grid.interval_minutes
    total = np.nansum(grid.volume, axis=0)
    expected = expected_volume(total, width)
    late = (first_minute - grid.start_minute) / width
    early = 1 - (last_minute + 1 - grid.start_minute - (len(total) - 1) * width) / width
    begin = int(late * expected[0] > _PARTIAL_CASES)
    end = len(total) - int(early * expected[-1] > _PARTIAL_CASES)
    return replace(
        grid,
        start_minute=grid.start_minute + begin * width,
        volume=grid.volume[:, begin:end],
        aht_minutes=grid.aht_minutes[:, begin:end],
    )


def blank_outages(grid: Grid, events: Iterable[CalendarEvent]) -> Grid:
    """Return the grid with the outages of the calendar unknown."""
    volume = grid.volume.copy()
    for event in events:
        if event.kind != "outage":
            continue
        begin = max(0, math.floor(grid.interval_of(event.start)))
        end = max(0, math.ceil(grid.interval_of(event.end)))
        for row, (region, workstream) in enumerate(grid.series):
            if event.region in (None, region) and event.workstream in (None, workstream):
                volume[row, begin:end] = np.nan
    return replace(grid, volume=volume)


def blank_holes(grid: Grid, shown_as: str, warnings: list[str]) -> Grid:
    """Return the grid with every hole unknown, first those of all series together, and say so in ``warnings``."""
    if not grid.silence_is_zero:
        return grid
    volume = grid.volume.copy()
    unknown = np.isnan(volume).all(axis=0)
    total = np.where(unknown, np.nan, np.nansum(volume, axis=0))
    for begin, end, expected in holes(total, grid.interval_minutes):
        volume[:, begin:end] = np.nan
        warnings.append(_sentence(grid, shown_as, "No case at all", begin, end, expected))
    for row, (region, workstream) in enumerate(grid.series):
        for begin, end, expected in holes(volume[row], grid.interval_minutes):
            volume[row, begin:end] = np.nan
            who = f"No case of {workstream} from {region}"
            warnings.append(_sentence(grid, shown_as, who, begin, end, expected))
    return replace(grid, volume=volume)


def holes(volume: np.ndarray, interval_minutes: int) -> Iterator[tuple[int, int, float]]:
    """Yield first and one-past-last interval of each hole of a series, and the cases expected in it."""
    expected = expected_volume(volume, interval_minutes)
    surprise = QUIET_DAY * expected * _surprise_per_case(volume, expected)
    silent = np.concatenate([[False], volume == 0, [False]])
    edges = np.flatnonzero(np.diff(silent.astype(int)))
    for begin, end in edges.reshape(-1, 2).tolist():
        if surprise[begin:end].sum() > SURPRISE:
            yield begin, end, float(expected[begin:end].sum())


def expected_volume(volume: np.ndarray, interval_minutes: int) -> np.ndarray:
    """Return what like hours of the nearest weeks with cases say of each interval; 0 with under three such weeks."""
    slots = WEEK_MINUTES // interval_minutes
    known = np.nan_to_num(volume)
    weeks = len(known) // slots
    folded = known[: weeks * slots].reshape(weeks, slots)
    sums = folded.sum(axis=1)
    expected = np.zeros(len(known))
    if not sums.any():
        return expected
    alive = np.flatnonzero(sums > _ALIVE_SHARE * np.median(sums[sums > 0]))
    if len(alive) <= FEWEST_WEEKS:
        return expected
    for week in range(-(-len(known) // slots)):
        others = alive[alive != week]
        near = others[np.argsort(abs(others - week), kind="stable")[:NEIGHBOUR_WEEKS]]
        like = np.sort(folded[near], axis=0)
        here = slice(week * slots, min((week + 1) * slots, len(known)))
        expected[here] = like[1:-1].mean(axis=0)[: here.stop - here.start]
    return expected


def _surprise_per_case(volume: np.ndarray, expected: np.ndarray) -> float:
    """Return −log P(no case) per expected case: 1 for Poisson, less for volumes that come in bursts."""
    busy = (expected > 0.05) & ~np.isnan(volume)
    if not busy.any():
        return 0.0
    dispersion = float(np.mean((volume[busy] - expected[busy]) ** 2 / expected[busy]))
    return math.log(dispersion) / (dispersion - 1) if dispersion > 1.001 else 1.0


def _sentence(grid: Grid, shown_as: str, what: str, begin: int, end: int, expected: float) -> str:
    first, last = grid.moment(begin), grid.moment(end)
    hours = (last - first) / dt.timedelta(hours=1)
    return (
        f"{shown_as}: {what} from {first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M} UTC ({hours:g} h) where about "
        f"{expected:,.0f} are usual: taken as unknown, not as zero. Maybe list it in events.csv as an outage."
    )
