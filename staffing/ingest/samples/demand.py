"""Cases of a sample: how many are expected when, and the cases themselves.

Expected volume of a series (region, workstream) in an hour is its share of the daily volume × the hour and weekday at
the region's own clock × public holidays × trend × launches; the number that comes is negative binomial (a gamma
factor a day and a gamma factor an hour on a Poisson mean), moments are uniform, handle times lognormal.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass

import holidays
import numpy as np
import numpy.typing as npt
import pandas as pd

from staffing.domain import clock
from staffing.ingest.samples.organisation import Organisation, Stream

Floats = npt.NDArray[np.float64]
WEEK_MINUTES = 7 * 1440
YEARLY_GROWTH = 0.08
HOLIDAY_LEVEL = 0.6
SUMMER_DIP = 0.06
DAY_SHAPE, HOUR_SHAPE = 80.0, 8.0
"""Shapes of the gamma factors: a day varies by 11 %, an hour by 35 % beyond chance."""

PRESENCE = (0.7, 1.0)
"""An immediate queue of load ρ needs about ρ + 1.0 √ρ + 0.7 agents (square-root staffing)."""

_PEAK_HOUR, _PEAK_WIDTH = 13.0, 4.5
_OFFICE = range(9, 17)


@dataclass(frozen=True)
class Cases:
    """Cases by the moment they were opened.

    Parameters
    ----------
    opened
        ``opened[case]``, seconds since 1970, UTC, sorted.
    region, workstream
        Positions in the organisation's region_shares and streams.
    handle_minutes
        Tenths of a minute are the finest.
    """

    opened: npt.NDArray[np.int64]
    region: npt.NDArray[np.int8]
    workstream: npt.NDArray[np.int8]
    handle_minutes: Floats


def daily_volume(organisation: Organisation, productive_minutes: float) -> float:
    """Return the cases a day whose work fills the productive minutes of a week.

    Deferrable work grows with the volume, the presence for immediate work with volume and its root: found by bisection.
    """
    low, high = 0.0, 1e7
    for _ in range(80):
        middle = (low + high) / 2
        if _weekly_minutes(organisation, middle) > productive_minutes:
            high = middle
        else:
            low = middle
    return low


def expected(organisation: Organisation, start: dt.datetime, hours: int, per_day: float) -> Floats:
    """Return ``expected[region, workstream, hour]``, cases."""
    index = pd.date_range(start, periods=hours, freq="h")
    shape = (len(organisation.region_shares), len(organisation.streams), hours)
    volume = np.zeros(shape)
    for r, (region, share) in enumerate(organisation.region_shares.items()):
        site = organisation.site_of_region(region)
        local = clock.local_stamps(index, site.time_zone)
        calendar = holidays.country_holidays(
            site.country, subdiv=site.subdivision, years=range(start.year, local[-1].year + 1)
        )
        closed = np.array([date in calendar for date in local.date])
        season = np.where(closed, HOLIDAY_LEVEL, 1.0) * _trend(index) * _summer(local)
        for w, stream in enumerate(organisation.streams.values()):
            part = stream.share if stream.office_region else stream.share * share
            if stream.office_region in (None, region):
                volume[r, w] = per_day / 24 * part * _pattern(stream, local) * season
    for w, name in enumerate(organisation.streams):
        volume[:, w] *= _launch_factor(organisation, name, index)
    if organisation.hole:
        first, last = organisation.hole
        inside = (index >= pd.Timestamp(first)) & (index < pd.Timestamp(last))
        volume[:, :, inside] = 0.0
    return volume


def draw(
    organisation: Organisation, volume: Floats, start: dt.datetime, rng: np.random.Generator
) -> Iterator[Cases]:
    """Yield the cases of each four weeks in order."""
    step = 24 * 28
    first = int(start.timestamp())
    days = rng.gamma(DAY_SHAPE, 1 / DAY_SHAPE, (*volume.shape[:2], -(-volume.shape[2] // 24)))
    for begin in range(0, volume.shape[2], step):
        part = volume[:, :, begin : begin + step]
        daily = np.repeat(days[:, :, begin // 24 : (begin + step) // 24], 24, axis=2)
        hourly = rng.gamma(HOUR_SHAPE, 1 / HOUR_SHAPE, part.shape)
        counts = rng.poisson(part * daily[:, :, : part.shape[2]] * hourly)
        region, workstream, hour = np.unravel_index(
            np.repeat(np.arange(counts.size), counts.ravel()), counts.shape
        )
        opened = first + 3600 * (begin + hour) + rng.integers(0, 3600, hour.size)
        order = np.argsort(opened, kind="stable")
        yield Cases(
            opened=opened[order],
            region=region[order].astype(np.int8),
            workstream=workstream[order].astype(np.int8),
            handle_minutes=handle_minutes(organisation, workstream[order], rng),
        )


def handle_minutes(
    organisation: Organisation, workstream: npt.NDArray[np.int64], rng: np.random.Generator
) -> Floats:
    """Draw lognormal handle times with the mean of their workstream."""
    streams = list(organisation.streams.values())
    spread = np.array([stream.spread for stream in streams])
    centre = np.log([stream.aht_minutes for stream in streams]) - spread**2 / 2
    times = np.exp(centre[workstream] + spread[workstream] * rng.standard_normal(workstream.size))
    return np.maximum(0.5, np.round(times, 1))


def _weekly_minutes(organisation: Organisation, per_day: float) -> float:
    """Return the productive minutes that a week of a daily volume asks for."""
    total = 0.0
    for name, stream in organisation.streams.items():
        work = 7 * per_day * stream.share * stream.aht_minutes
        open_minutes = WEEK_MINUTES if stream.office_region is None else 5 * 60 * len(_OFFICE)
        if organisation.workstreams[name]["kind"] == "immediate":
            load = work / open_minutes
            work = (load + PRESENCE[1] * math.sqrt(load) + PRESENCE[0]) * open_minutes
        total += work
    return total


def _pattern(stream: Stream, local: pd.DatetimeIndex) -> Floats:
    """Return the level of each hour by weekday and time of day, 1 on the average of a week."""
    hours = np.arange(24)
    if stream.office_region is None:
        day = stream.night + (1 - stream.night) * np.exp(
            -(((hours - _PEAK_HOUR) / _PEAK_WIDTH) ** 2)
        )
    else:
        day = np.isin(hours, _OFFICE).astype(float)
    week = np.array([1, 1, 1, 1, 1, stream.weekend, stream.weekend])
    level = week[:, None] * day
    pattern: Floats = level[local.day_of_week.to_numpy(), local.hour.to_numpy()] / level.mean()
    return pattern


def _trend(index: pd.DatetimeIndex) -> Floats:
    """Return steady growth that ends at 1."""
    years = ((index - index[-1]) / pd.Timedelta(days=365.25)).to_numpy()
    return np.exp(math.log1p(YEARLY_GROWTH) * years)


def _summer(local: pd.DatetimeIndex) -> Floats:
    """Return the season of the year: a dip centred on the end of July, relative to the end of the history."""
    angle = 2 * math.pi * (local.day_of_year.to_numpy() - 210) / 365.25
    season = 1 - SUMMER_DIP / 2 * (1 + np.cos(angle))
    relative: Floats = season / season[-1]
    return relative


def _launch_factor(organisation: Organisation, name: str, index: pd.DatetimeIndex) -> Floats:
    """Return what launches do to a workstream: a jump that fades to nothing by the end of their days."""
    factor = np.ones(len(index))
    for launch in organisation.launches:
        if launch.workstream in (None, name):
            start = pd.Timestamp(launch.date, tz="UTC")
            age = ((index - start) / pd.Timedelta(days=launch.days)).to_numpy()
            factor += np.where((age >= 0) & (age < 1), launch.lift * (1 - age), 0.0)
    return factor
