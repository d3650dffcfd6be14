"""One regular series of volumes per region and workstream, out of the long table."""

from __future__ import annotations

import pandas as pd

from staffing.domain.errors import ProblemError
from staffing.forecast.calendar import Calendar, SeriesCalendar
from staffing.forecast.care.outages import without_outages
from staffing.forecast.weeks import interval_of


def volumes_before(
    history: pd.DataFrame, calendar: Calendar, index: pd.DatetimeIndex
) -> dict[tuple[str, str], pd.Series]:
    """Return what is known of the volume of every (region, workstream) before an index.

    Parameters
    ----------
    history
        HISTORY table; a row that is absent is as unknown as one with NaN.
    calendar
        What it marks becomes unknown, as do the outages that are found.
    index
        The intervals to forecast; rows at or after its start are not looked at.

    Raises
    ------
    ProblemError
        If there is no series, or one has no known volume, a negative one, or another grid than the index.
    """
    keys = history[["region", "workstream"]].drop_duplicates().itertuples(index=False, name=None)
    known = history[(history["interval_start"] < index[0]) & history["volume"].notna()]
    stamped = known.set_index(["region", "workstream", "interval_start"])["volume"].sort_index()
    found = {}
    for key in sorted(keys):
        name = f"the history of {key[1]!r} in {key[0]!r}"
        known_at = stamped.loc[key] if key in stamped.index else stamped.iloc[:0]
        here = calendar.of_series(*key)
        volume = _learnt(_regular(known_at, name, index), here) if len(known_at) else known_at
        if volume.isna().all():
            raise ProblemError(
                f"{name} has no known volume before {index[0]:%Y-%m-%d %H:%M} UTC. "
                "Maybe write zeros where there were no cases."
            )
        found[key] = volume
    if not found:
        raise ProblemError("the history is empty. Maybe add case files of the weeks before.")
    return found


def _learnt(volume: pd.Series, calendar: SeriesCalendar) -> pd.Series:
    """Return what may be learnt from: neither what the user has marked nor outages."""
    return without_outages(calendar.masked(volume), calendar)


def _regular(counted: pd.Series, name: str, index: pd.DatetimeIndex) -> pd.Series:
    """Return the counts from first to last on the grid of the index."""
    if counted.min() < 0:
        raise ProblemError(f"{name} has the negative volume {counted.min()} at {counted.idxmin()}.")
    stamps, width = counted.index.to_series(), interval_of(index)
    minutes = width // pd.Timedelta(minutes=1)
    off_grid = (stamps != index[0] + (stamps - index[0]) // width * width).any()
    if off_grid or stamps.diff().min() > width:
        raise ProblemError(
            f"{name} is not counted by intervals of {minutes} minutes. Maybe change interval_minutes."
        )
    regular: pd.Series = counted.asfreq(f"{minutes}min")
    return regular
