"""History warnings: what looks odd about a history that can be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import numpy as np

from staffing.ingest.history_grid import Grid

SECONDS_ABOVE_MINUTES, HOURS_BELOW_MINUTES = 1000.0, 0.5
FEW_WEEKS = 4


def doubts(grid: Grid, shown_as: str) -> Iterator[str]:
    """Yield a sentence about each doubt: units of handle times, a short history."""
    for workstream in dict.fromkeys(workstream for _, workstream in grid.series):
        rows = [row for row, (_, name) in enumerate(grid.series) if name == workstream]
        if not np.nansum(grid.volume[rows]):
            continue
        times = grid.aht_minutes[rows]
        times = times[~np.isnan(times)]
        if not times.size:
            yield f"{shown_as}: {workstream} has no handle time: its work cannot be sized. Fill the column."
            continue
        median = float(np.median(times))
        if median > SECONDS_ABOVE_MINUTES:
            yield f"{shown_as}: {workstream} takes {median:,.0f} minutes a case. Are these seconds? Divide by 60."
        elif median < HOURS_BELOW_MINUTES:
            yield f"{shown_as}: {workstream} takes {median:.2g} minutes a case. Are these hours? Multiply by 60."
    span = dt.timedelta(minutes=grid.interval_minutes * grid.volume.shape[1])
    if span < dt.timedelta(weeks=FEW_WEEKS):
        days = span / dt.timedelta(days=1)
        yield f"{shown_as}: {days:.1f} days of history; a forecast wants {FEW_WEEKS} weeks at least, better a year."
