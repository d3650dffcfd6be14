"""A series folded into local weeks, so that like hours stand in one column whatever the clocks did."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from staffing.domain import clock
from staffing.domain.errors import ProblemError

HISTORY_WEEKS = 104
MONDAY = pd.Timestamp("1970-01-05")
USUAL_WEEKS = 6


@dataclass(frozen=True)
class Places:
    """Where each interval of an index lies in its local week.

    Parameters
    ----------
    week
        ``week[interval]``, weeks since Monday, 5 January 1970, local.
    slot
        ``slot[interval]``, number of the interval within the local week, from Monday 00:00.
    slots
        Intervals of a week.
    """

    week: np.ndarray
    slot: np.ndarray
    slots: int


def interval_of(index: pd.Index) -> pd.Timedelta:
    """Return the length of the intervals of a time index.

    Raises
    ------
    ProblemError
        If the index has no fixed frequency: methods learn from regular grids only.
    """
    freq = index.freq if isinstance(index, pd.DatetimeIndex) else None
    if not isinstance(freq, pd.offsets.Tick):
        raise ProblemError("the index has no frequency. Maybe use asfreq() first.")
    return pd.Timedelta(freq)


def slots_a_week(index: pd.Index) -> int:
    """Return the intervals of a week on the grid of an index."""
    return int(pd.Timedelta(weeks=1) // interval_of(index))


def recent(history: pd.Series, weeks: int = HISTORY_WEEKS) -> pd.Series:
    """Return the last weeks, by default the 104 that methods learn from."""
    return history.iloc[-weeks * slots_a_week(history.index) :]


def places(index: pd.DatetimeIndex, time_zone: str) -> Places:
    """Return the local weeks and slots of an aware index that has a frequency."""
    slots = slots_a_week(index)
    minutes = (
        (clock.local_stamps(index, time_zone) - MONDAY) // pd.Timedelta(minutes=1)
    ).to_numpy()
    return Places(
        week=minutes // clock.WEEK_MINUTES,
        slot=minutes % clock.WEEK_MINUTES // (clock.WEEK_MINUTES // slots),
        slots=slots,
    )


def fold(values: np.ndarray, where: Places) -> np.ndarray:
    """Return ``folded[week, slot]`` from the first to the last week of the series; NaN where it has no interval.

    Of the two intervals that share a slot when clocks go back, the later is kept.
    """
    first = where.week.min()
    folded = np.full((where.week.max() - first + 1, where.slots), np.nan)
    folded[where.week - first, where.slot] = values
    return folded


def usual_volume(folded: np.ndarray) -> np.ndarray:
    """Return ``usual[week, slot]``: the mean of the slot in the known weeks within six weeks on either side, else 0."""
    around = pd.DataFrame(folded).rolling(2 * USUAL_WEEKS + 1, min_periods=1, center=True)
    return np.asarray(np.nan_to_num(around.mean().to_numpy()))


def mean_of_last(folded: np.ndarray, count: int) -> np.ndarray:
    """Return for each slot the mean of its last ``count`` known weeks.

    A slot that was never known takes the mean of its time of day, else of all slots, else 0.
    """
    total, known = np.zeros(folded.shape[1]), np.zeros(folded.shape[1])
    for week in folded[::-1]:
        take = ~np.isnan(week) & (known < count)
        total[take] += week[take]
        known[take] += 1
        if known.min() >= count:
            break
    return filled(total, known)


def filled(total: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Return ``total / known`` by slot; where nothing is known that of the time of day, else of all slots, else 0."""
    days = (7, -1)
    by_time = np.tile(_ratio(total.reshape(days).sum(0), known.reshape(days).sum(0)), 7)
    overall = total.sum() / known.sum() if known.any() else 0.0
    by_time = np.where(np.isnan(by_time), overall, by_time)
    return np.where(known > 0, _ratio(total, known), by_time)


def _ratio(total: np.ndarray, known: np.ndarray) -> np.ndarray:
    quotient = np.full(total.shape, np.nan)
    np.divide(total, known, out=quotient, where=known > 0)
    return quotient
