"""Histories whose truth is known."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from staffing.domain import clock
from staffing.domain.work import CalendarEvent
from staffing.forecast.calendar import RegionCalendar, SeriesCalendar

UTC = SeriesCalendar(region=RegionCalendar(region="EMEA"))


def grid(start: str, weeks: float, minutes: int = 60) -> pd.DatetimeIndex:
    """Return a UTC index."""
    periods = round(weeks * clock.WEEK_MINUTES / minutes)
    return pd.date_range(start, periods=periods, freq=f"{minutes}min", tz="UTC", unit="us")


def shape(index: pd.DatetimeIndex, mean: float, time_zone: str = "UTC") -> np.ndarray:
    """Return the expected volume of a local day that peaks at 15:00, weekends at 40 %."""
    local = clock.local_stamps(index, time_zone)
    hour = (local.hour + local.minute / 60).to_numpy()
    weekend = local.day_of_week.to_numpy() >= 5
    return mean * np.exp(0.8 * np.cos((hour - 15) / 24 * 2 * np.pi)) * np.where(weekend, 0.4, 1.0)


def counts(index: pd.DatetimeIndex, expected: np.ndarray, seed: int = 1) -> pd.Series:
    """Return Poisson counts around the expected volume."""
    drawn = np.random.default_rng(seed).poisson(expected)
    return pd.Series(drawn.astype(float), index=index)


def event(kind: str, start: str, end: str, name: str = "thing", **where: str) -> CalendarEvent:
    """Return an event between two UTC stamps."""
    first, last = (
        dt.datetime.fromisoformat(stamp).replace(tzinfo=dt.UTC) for stamp in (start, end)
    )
    return CalendarEvent(name=name, kind=kind, start=first, end=last, **where)


def in_region(time_zone: str, *places: tuple[str, str | None]) -> SeriesCalendar:
    """Return the calendar of a region without events."""
    region = RegionCalendar(region="here", time_zone=time_zone, places=places)
    return SeriesCalendar(region=region)


def table(volume: pd.Series, region: str = "EMEA", workstream: str = "tickets") -> pd.DataFrame:
    """Return a HISTORY table of one series, every case 12 minutes."""
    return pd.DataFrame(
        {
            "region": region,
            "workstream": workstream,
            "interval_start": volume.index,
            "volume": volume.to_numpy(),
            "aht_minutes": 12.0,
        }
    )


def wape(actual: np.ndarray, mean: np.ndarray) -> float:
    """Return the sum of absolute errors over the sum of actual volumes."""
    return float(np.abs(actual - mean).sum() / actual.sum())
