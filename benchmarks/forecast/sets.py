"""Sets of real series, cut into what was known at an origin and what came after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.forecast.calendars import Source, regions_of
from benchmarks.forecast.plans import (
    HORIZON_DAYS,
    LEAST_KNOWN_FRACTION,
    SHORTEST_HISTORY_DAYS,
    TOTAL,
    Plan,
    plan_of,
)
from staffing.forecast.calendar import SeriesCalendar

WEEK_HOURS = 168
HORIZON_HOURS = 24 * HORIZON_DAYS
HISTORY_WEEKS = 104
FILL_WEEKS = 4
PATTERN = "*_hourly.csv*"


@dataclass(frozen=True)
class SeriesSet:
    """Hourly series of one folder and how they are scored.

    Parameters
    ----------
    volumes
        Cases per hour by series, NaN where unknown, on stamps taken for UTC.
    left_out
        Names of the series that are not scored.
    """

    plan: Plan
    volumes: dict[str, pd.Series]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Task:
    """One forecast to be made.

    Parameters
    ----------
    set_name, series, origin
        What is forecast, and from when (midnight).
    history
        Cases per hour before the origin, at most 104 weeks; NaN where unknown.
    actual
        ``actual[hour]`` of the 14 days from the origin. A gap holds the median of the same hour of week within four
        weeks before and after, NaN where that is unknown too.
    """

    set_name: str
    series: str
    origin: pd.Timestamp
    history: pd.Series
    actual: np.ndarray
    calendar: SeriesCalendar

    @property
    def key(self) -> str:
        """Name of the task, for files."""
        return f"{self.set_name}/{self.series}/{self.origin:%Y-%m-%d}"

    @property
    def index(self) -> pd.DatetimeIndex:
        """The hours to forecast."""
        return pd.date_range(self.origin, periods=HORIZON_HOURS, freq="h", unit="us")


def read_sets(folder: Path) -> tuple[SeriesSet, ...]:
    """Read every set of a folder: a sub-folder with ``*_hourly.csv.gz`` (columns ds, series, y) each."""
    found = []
    for path in sorted(folder.glob(f"*/{PATTERN}")):
        volumes = _volumes(path)
        plan = plan_of(path.parent, volumes)
        if TOTAL in plan.series and TOTAL not in volumes:
            volumes[TOTAL] = pd.concat(volumes, axis=1).sum(axis=1, skipna=False).asfreq("h")
        left_out = tuple(name for name in volumes if name not in plan.series)
        scored = {name: volumes[name] for name in plan.series}
        found.append(SeriesSet(plan, scored, left_out))
    return tuple(found)


def tasks_of(series_set: SeriesSet, every: int = 1, source: Source = "stated") -> Iterator[Task]:
    """Cut every series at its origins, the latest first; take every so many of them.

    An origin counts where a fortnight lies before it, and half of that and of the one after it is known.

    Parameters
    ----------
    source
        Where the holidays come from.
    """
    plan = series_set.plan
    cuts = [
        (name, *cut)
        for name, volume in series_set.volumes.items()
        for cut in _cuts(volume, plan, every)
    ]
    regions = regions_of(plan, [past for _, _, past, _ in cuts], source)
    for (name, origin, past, ahead), region in zip(cuts, regions, strict=True):
        yield Task(plan.name, name, origin, past, ahead, SeriesCalendar(region=region))


def _cuts(
    volume: pd.Series, plan: Plan, every: int
) -> Iterator[tuple[pd.Timestamp, pd.Series, np.ndarray]]:
    """Yield origin, past and what came after."""
    end = (volume.index[-1] + pd.Timedelta(hours=1)).normalize()
    actual = filled(volume)
    for back in range(0, plan.origins, every):
        origin = end - pd.Timedelta(days=HORIZON_DAYS + plan.step_days * back)
        past = volume[volume.index < origin].iloc[-HISTORY_WEEKS * WEEK_HOURS :]
        ahead = actual[origin:].iloc[:HORIZON_HOURS]
        if _is_known(past.iloc[-24 * SHORTEST_HISTORY_DAYS :]) and _is_known(ahead):
            yield origin, past.asfreq("h"), ahead.to_numpy()


def notes(series_set: SeriesSet, tasks: Sequence[Task]) -> Iterator[str]:
    """Yield what one should know of a set: the series that are not scored, and whose holidays were found."""
    name = series_set.plan.name
    scored = dict.fromkeys(task.series for task in tasks)
    left_out = [*series_set.left_out, *(one for one in series_set.volumes if one not in scored)]
    if left_out:
        yield f"{name}: {len(scored)} series scored, left out: {', '.join(left_out)}"
    for one in scored:
        places = Counter(
            "-".join(filter(None, place))
            for task in tasks
            if task.series == one
            for place in task.calendar.region.places
        )
        if places and series_set.plan.region is None:
            found = ", ".join(f"{place} at {count} origins" for place, count in places.items())
            yield f"{name}, {one}: moves with the holidays of {found}"


def _is_known(fortnight: pd.Series) -> bool:
    complete = len(fortnight) == 24 * SHORTEST_HISTORY_DAYS
    return complete and float(fortnight.notna().mean()) >= LEAST_KNOWN_FRACTION


def filled(volume: pd.Series) -> pd.Series:
    """Fill gaps by the median of the same hour of week within four weeks before and after, as far as known."""
    weeks = [week for week in range(-FILL_WEEKS, FILL_WEEKS + 1) if week]
    near = pd.concat([volume.shift(WEEK_HOURS * week) for week in weeks], axis=1)
    return volume.fillna(near.median(axis=1))


def _volumes(path: Path) -> dict[str, pd.Series]:
    """Return every series by the hour from its first to its last known stamp, in whatever order its rows stand.

    Rows of one stamp are averaged (an hour that clocks repeat); finer stamps are added up to hours, of which all parts
    must be known.
    """
    table = pd.read_csv(path, dtype={"series": str}).dropna()
    table["ds"] = pd.to_datetime(table["ds"], utc=True).dt.as_unit("us")
    return {
        str(name): _by_hour(rows.groupby("ds")["y"].mean())
        for name, rows in table.groupby("series")
    }


def _by_hour(known: pd.Series) -> pd.Series:
    """Add up the stamps of each hour: as many as the fullest hours of the series have."""
    hours = known.groupby(pd.DatetimeIndex(known.index).floor("h"))
    return hours.sum().where(hours.count() == hours.count().max()).asfreq("h")
