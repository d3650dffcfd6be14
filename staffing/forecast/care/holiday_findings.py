"""What a history says against the stated calendar: holidays that nobody named move it, or named ones do not."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from staffing.domain import clock
from staffing.forecast.calendar import SeriesCalendar
from staffing.forecast.care.findings import Finding
from staffing.forecast.care.holiday_ordinary import ordinary_names, surely_kept
from staffing.forecast.care.holiday_search import best_place, years_of
from staffing.forecast.care.holiday_table import HolidayTable
from staffing.forecast.care.unusual_days import UnusualDays

TELLING_ODDS = 6.0
"""Natural logarithm, as the odds of `staffing.forecast.care.holiday_search.Evidence`: a workspace has many series."""

A_DAY = pd.Timedelta(days=1)


def unnamed_holidays(history: pd.Series, calendar: SeriesCalendar) -> Iterator[Finding]:
    """Yield at most one finding: the place whose holidays move the series beyond those of the stated calendar.

    Parameters
    ----------
    history
        Cases per interval (NaN: unknown) on an aware UTC index that has a frequency.
    """
    evidence = best_place(
        history.mask(calendar.launched(pd.DatetimeIndex(history.index))), calendar.region
    )
    if evidence is None or not evidence.is_strong or evidence.odds < TELLING_ODDS:
        return
    moved, zone = evidence.moved, calendar.region.time_zone
    actual, usual = float(evidence.actual[moved].sum()), float(evidence.usual[moved].sum())
    place = "-".join(filter(None, evidence.place))
    others = [
        "-".join(filter(None, one)) for one in calendar.region.places if one[0] != evidence.place[0]
    ]
    countries = ", ".join(f'"{one}"' for one in [*others, place])
    yield Finding(
        kind="unnamed_holiday",
        start=_midnight(evidence.dates[moved][0], zone),
        end=_midnight(evidence.dates[moved][-1] + A_DAY, zone),
        actual=actual,
        usual=usual,
        hours=24.0 * moved.sum(),
        sentence=f"Public holidays of {place}, which nobody named, move the volume: {moved.sum()} of "
        f"{len(moved)} are at {actual / usual:.0%} of like days. Maybe write countries = [{countries}] "
        "under [[forecast.regions]].",
    )


def ordinary_holidays(history: pd.Series, calendar: SeriesCalendar) -> Iterator[Finding]:
    """Yield at most one finding: the stated holidays that are surely days as all others, where others are not.

    Parameters
    ----------
    history
        Cases per interval (NaN: unknown) on an aware UTC index that has a frequency.
    """
    region = calendar.region
    if not region.places:
        return
    days = UnusualDays.of(
        history.mask(calendar.launched(pd.DatetimeIndex(history.index))), region.time_zone
    )
    table = HolidayTable.of(region.places, years_of(days))
    ordinary = ordinary_names(days, table, surely_kept(days, table))
    names = [name for name in ordinary if name not in region.open_on]
    if not names:
        return
    meant = np.isin(np.array(table.names)[table.name], names)
    here = days.on(table.date[meant].astype(object)) & ~np.isnan(days.log_ratio)
    dates, quoted = days.dates[here], ", ".join(f'"{name}"' for name in names)
    yield Finding(
        kind="ordinary_holiday",
        start=_midnight(dates[0], region.time_zone),
        end=_midnight(dates[-1] + A_DAY, region.time_zone),
        actual=float(days.cases[here].sum()),
        usual=float(days.usual[here].sum()),
        hours=24.0 * here.sum(),
        sentence=f"As many cases as ever on {', '.join(names)} ({here.sum()} days), other public holidays apart. "
        f"Maybe write open_on = [{quoted}] under [[forecast.regions]].",
    )


def _midnight(date: pd.Timestamp, time_zone: str) -> pd.Timestamp:
    return pd.Timestamp(clock.local_day(date.date(), time_zone)[0])
