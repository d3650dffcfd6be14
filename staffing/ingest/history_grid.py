"""History grid: sums of files laid on one regular UTC grid, NaN where nobody knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from staffing.domain import clock
from staffing.domain.tables import HISTORY, checked

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Grid:
    """Volumes and handle times of all series on one grid.

    Parameters
    ----------
    series
        (region, workstream), sorted.
    start_minute
        Start of the first interval, minutes since 1970, UTC.
    silence_is_zero
        True where nothing in the files meant no case: then holes have to be told from quiet hours.
    volume
        ``volume[series, interval]``, cases; NaN where unknown.
    aht_minutes
        ``aht_minutes[series, interval]``, mean handle time; NaN without a case that has one.
    """

    series: tuple[tuple[str, str], ...]
    start_minute: int
    interval_minutes: int
    silence_is_zero: bool
    volume: np.ndarray
    aht_minutes: np.ndarray

    def moment(self, interval: int) -> dt.datetime:
        """Return the start of an interval, aware UTC."""
        return moment(self.start_minute + interval * self.interval_minutes)

    def interval_of(self, when: dt.datetime) -> float:
        """Return where a moment lies, in intervals from the start of the grid."""
        minutes = (when - EPOCH) / dt.timedelta(minutes=1) - self.start_minute
        return minutes / self.interval_minutes

    def table(self) -> pd.DataFrame:
        """Return the grid as the long table `HISTORY`."""
        intervals = self.volume.shape[1]
        starts = pd.date_range(
            self.moment(0), periods=intervals, freq=f"{self.interval_minutes}min", unit="us"
        )
        columns = {
            "region": np.repeat([region for region, _ in self.series], intervals),
            "workstream": np.repeat([workstream for _, workstream in self.series], intervals),
            "interval_start": starts[np.tile(np.arange(intervals), len(self.series))],
            "volume": self.volume.ravel(),
            "aht_minutes": self.aht_minutes.ravel(),
        }
        return checked(pd.DataFrame(columns), HISTORY)


def moment(minute: int) -> dt.datetime:
    """Return a minute since 1970 as aware UTC."""
    return EPOCH + dt.timedelta(minutes=int(minute))


def wall_kinds(minutes: Iterable[int], time_zone: str) -> dict[int, str]:
    """Return ``normal``, ``nonexistent`` or ``ambiguous`` for minutes since 1970 on a wall clock."""
    return {
        minute: clock.local_kind(moment(minute).replace(tzinfo=None), time_zone)
        for minute in minutes
    }


def to_utc(sums: pd.DataFrame, time_zone: str | None) -> pd.DataFrame:
    """Move the sums of a file to UTC; a bin that the wall clock shows twice becomes two unknown ones."""
    naive = sums["naive"].to_numpy(dtype=bool)
    if time_zone is None or not naive.any():
        return sums
    local = sums.loc[naive]
    walls = local["minute"].unique()
    kinds = wall_kinds(walls, time_zone)
    twice = (local["minute"].map(kinds) == "ambiguous").to_numpy()
    early, late = (_shifted(local, walls, time_zone, fold) for fold in (0, 1))
    unknown = [moved.loc[twice].assign(volume=np.nan) for moved in (early, late)]
    return pd.concat([sums.loc[~naive], early.loc[~twice], *unknown], ignore_index=True)


def on_grid(
    sums: pd.DataFrame,
    *,
    layout: str,
    interval_minutes: int,
    regions: tuple[str, ...],
    workstreams: tuple[str, ...],
) -> Grid:
    """Lay sums in UTC on the grid that reaches from the first to the last whole interval of all of them.

    Parameters
    ----------
    sums
        Columns of `CaseReader.sums`, and for counts ``covered_minutes``, how much of its interval a row speaks for.
    """
    interval = sums["minute"].to_numpy(dtype=np.int64) // interval_minutes
    first = int(interval.min())
    pairs = sums[["region", "workstream"]].to_numpy() - 1
    found = {(int(r), int(w)) for r, w in np.unique(pairs, axis=0)}
    order = sorted(found, key=lambda pair: (regions[pair[0]], workstreams[pair[1]]))
    position = np.zeros((len(regions), len(workstreams)), dtype=int)
    for k, pair in enumerate(order):
        position[pair] = k
    cell = (position[pairs[:, 0], pairs[:, 1]], interval - first)
    shape = (len(order), int(interval.max()) - first + 1)

    def laid(column: str) -> np.ndarray:
        total = np.zeros(shape)
        np.add.at(total, cell, sums[column].to_numpy(dtype=float))
        return total

    volume, handled = laid("volume"), laid("handled")
    silence_is_zero = layout == "events" or not bool((sums["volume"] == 0).any())
    if not silence_is_zero:
        volume[laid("covered_minutes") < interval_minutes] = np.nan
    return Grid(
        series=tuple((regions[r], workstreams[w]) for r, w in order),
        start_minute=first * interval_minutes,
        interval_minutes=interval_minutes,
        silence_is_zero=silence_is_zero,
        volume=volume,
        aht_minutes=np.divide(
            laid("handle_minutes"), handled, out=np.full(shape, np.nan), where=handled > 0
        ),
    )


def _shifted(local: pd.DataFrame, walls: np.ndarray, time_zone: str, fold: int) -> pd.DataFrame:
    """Move sums by wall clock to UTC; of two moments that the clock shows alike ``fold`` chooses."""
    shift = {
        wall: (
            clock.local_to_utc(moment(wall).replace(tzinfo=None, fold=fold), time_zone)
            - moment(wall)
        )
        // dt.timedelta(minutes=1)
        for wall in walls
    }
    minutes = local["minute"].map(shift)
    return local.assign(**{name: local[name] + minutes for name in ("minute", "first", "last")})
