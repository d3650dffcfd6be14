"""Outages that nobody marked: zeros that the weeks around make next to impossible, and that no holiday explains."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from staffing.domain import clock
from staffing.forecast.calendar import SeriesCalendar
from staffing.forecast.care.findings import stretches
from staffing.forecast.methods.design import CHRISTMAS_WEEK
from staffing.forecast.weeks import Places, fold, places, usual_volume

SURPRISE = -math.log(1e-9)
QUIET_DAY = 0.5
LONGEST_WEEKS = 2
NEIGHBOUR_WEEKS, FEWEST_WEEKS = 8, 3
OPEN_CASES = 0.05
MOST_EXPLAINED = 0.5
A_YEAR = (pd.Timedelta(days=361), pd.Timedelta(days=369))


@dataclass(frozen=True)
class Outage:
    """A stretch of zeros: first and one-past-last interval, and the cases that are usual in it."""

    begin: int
    end: int
    usual: float


def outages(history: pd.Series, calendar: SeriesCalendar) -> tuple[Outage, ...]:
    """Find the stretches of zeros that are no quiet hours.

    A stretch counts when its chance is below one in 10⁹ even on a day half as busy as usual: the negative binomial with
    mean μ and variance φμ gives P(no case) = φ^(−μ / (φ − 1)), which is e^(−μ) for φ = 1; φ is that of single intervals
    for stretches of up to half a day, else that of days. What is usual is told by the same hours of the eight nearest
    weeks, the second lowest of them. An outage lasts two weeks at most, begins after the
    first case, does not mostly lie on or beside a public holiday, in the Christmas week or in a launch, and does not
    come back after a year.

    Parameters
    ----------
    history
        Cases per interval (NaN: unknown) on an aware UTC index that has a frequency.
    """
    index = pd.DatetimeIndex(history.index)
    volume, where = history.to_numpy(), places(index, calendar.region.time_zone)
    folded = fold(volume, where)
    usual = usual_volume(folded)[where.week - where.week.min(), where.slot]
    day = (where.week - where.week.min()) * 7 + where.slot // (where.slots // 7)
    hourly, daily = (QUIET_DAY * _surprise_per_case(volume, usual, unit) for unit in (None, day))
    explained = is_festive(index, calendar) | calendar.launched(index)
    found = []
    for begin, end in _silent(volume, usual):
        awaited = usual[begin:end]
        surprise = hourly if end - begin <= where.slots // 14 else daily
        doubtful = (
            surprise * awaited.sum() > SURPRISE
            and end - begin <= LONGEST_WEEKS * where.slots
            and awaited @ explained[begin:end] <= MOST_EXPLAINED * awaited.sum()
        )
        like = _like_weeks(folded, where, begin, end) if doubtful else 0.0
        if surprise * like > SURPRISE:
            found.append(Outage(begin, end, like))
    return tuple(outage for outage in found if not _comes_back(index, outage, found))


def without_outages(history: pd.Series, calendar: SeriesCalendar) -> pd.Series:
    """Return the history with its outages unknown (NaN): nothing is learnt from them."""
    known = history.to_numpy().copy()
    for outage in outages(history, calendar):
        known[outage.begin : outage.end] = np.nan
    return pd.Series(known, index=history.index)


def is_festive(index: pd.DatetimeIndex, calendar: SeriesCalendar) -> np.ndarray:
    """Tell which intervals lie on a public holiday, the day before or after, or in the Christmas week, local time."""
    local = clock.local_stamps(index, calendar.region.time_zone).normalize()
    dates, day = np.unique(local.to_numpy(), return_inverse=True)
    days = pd.DatetimeIndex(dates)
    holidays = calendar.region.holidays(tuple(range(days[0].year - 1, days[-1].year + 2)))
    around = {date + pd.Timedelta(days=step) for date in holidays for step in (-1, 0, 1)}
    festive = [date.date() in around or (date.month, date.day) in CHRISTMAS_WEEK for date in days]
    return np.array(festive)[day]


def _silent(volume: np.ndarray, usual: np.ndarray) -> Iterator[tuple[int, int]]:
    """Yield each run of zeros after the first case, without closed hours at its ends."""
    first_case = np.argmax(volume > 0)
    for begin, end in stretches(volume == 0):
        is_open = np.flatnonzero(usual[begin:end] > OPEN_CASES)
        if begin > first_case and len(is_open):
            yield begin + int(is_open[0]), begin + int(is_open[-1]) + 1


def _surprise_per_case(volume: np.ndarray, usual: np.ndarray, unit: np.ndarray | None) -> float:
    """Return −log P(no case) per usual case: 1 for Poisson, less for volumes that come in bursts.

    Parameters
    ----------
    unit
        ``unit[interval]``, numbers of the stretches (days) over which bursts are measured; None: interval by interval.
    """
    busy = (usual > OPEN_CASES) & ~np.isnan(volume)
    if not busy.any():
        return 0.0
    volume, usual = volume[busy], usual[busy]
    if unit is not None:
        volume, usual = (np.bincount(unit[busy], cases) for cases in (volume, usual))
        volume, usual = volume[usual > 0], usual[usual > 0]
    dispersion = float(np.mean((volume - usual) ** 2 / usual))
    return math.log(dispersion) / (dispersion - 1) if dispersion > 1.001 else 1.0


def _like_weeks(folded: np.ndarray, where: Places, begin: int, end: int) -> float:
    """Return the cases of the same hours in the second lowest of the nearest known weeks, 0 with under three."""
    week, slot = where.week[begin:end] - where.week.min(), where.slot[begin:end]
    first = -(-(end - begin) // where.slots)
    sums: list[float] = []
    for distance in range(first, first + NEIGHBOUR_WEEKS):
        for other in (week - distance, week + distance):
            if other[0] >= 0 and other[-1] < len(folded):
                cases = folded[other, slot]
                if not np.isnan(cases).any():
                    sums.append(float(cases.sum()))
    near = sums[:NEIGHBOUR_WEEKS]
    return sorted(near)[1] if len(near) >= FEWEST_WEEKS else 0.0


def _comes_back(index: pd.DatetimeIndex, outage: Outage, others: list[Outage]) -> bool:
    """Tell whether the team was as silent a year before or after: a holiday that the calendar does not know."""
    apart = (abs(index[other.begin] - index[outage.begin]) for other in others)
    return any(A_YEAR[0] <= distance <= A_YEAR[1] for distance in apart)
