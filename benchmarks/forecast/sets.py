"""Sets of real series, cut into what was known at an origin and what came after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.forecast.plans import HORIZON_DAYS, TOTAL, Plan, plan_of
from staffing.forecast.calendar import SeriesCalendar

WEEK_HOURS = 168
HORIZON_HOURS = 24 * HORIZON_DAYS
HISTORY_WEEKS = 104
FILL_WEEKS = 4
PATTERN = "*_hourly.csv.gz"


@dataclass(frozen=True)
class SeriesSet:
    """Hourly series of one folder and how they are scored.

    Parameters
    ----------
    volumes
        Cases per hour by series, NaN where unknown, on stamps taken for UTC.
    """

    plan: Plan
    volumes: dict[str, pd.Series]


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
        found.append(SeriesSet(plan, {name: volumes[name] for name in plan.series}))
    return tuple(found)


def tasks_of(series_set: SeriesSet, every: int = 1) -> Iterator[Task]:
    """Cut every series at its origins, the latest first; take every so many of them."""
    plan = series_set.plan
    for name, volume in series_set.volumes.items():
        end = (volume.index[-1] + pd.Timedelta(hours=1)).normalize()
        actual = filled(volume)
        for back in range(0, plan.origins, every):
            origin = end - pd.Timedelta(days=HORIZON_DAYS + plan.step_days * back)
            past = volume[volume.index < origin].iloc[-HISTORY_WEEKS * WEEK_HOURS :]
            yield Task(
                set_name=plan.name,
                series=name,
                origin=origin,
                history=past.asfreq("h"),
                actual=actual[origin:].to_numpy()[:HORIZON_HOURS],
                calendar=SeriesCalendar(region=plan.region),
            )


def filled(volume: pd.Series) -> pd.Series:
    """Fill gaps by the median of the same hour of week within four weeks before and after, as far as known."""
    weeks = [week for week in range(-FILL_WEEKS, FILL_WEEKS + 1) if week]
    near = pd.concat([volume.shift(WEEK_HOURS * week) for week in weeks], axis=1)
    return volume.fillna(near.median(axis=1))


def _volumes(path: Path) -> dict[str, pd.Series]:
    """Return every series from its first to its last known hour."""
    table = pd.read_csv(path, parse_dates=["ds"])
    table["ds"] = table["ds"].dt.as_unit("us").dt.tz_localize("UTC")
    return {
        str(name): known.groupby(level=0).mean().asfreq("h")
        for name, known in table.dropna().set_index("ds").groupby("series")["y"]
    }
