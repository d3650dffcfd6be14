"""What a manager should know of a history: holes, outages, capped hours, level shifts, holidays, closed hours.

``CARE`` is one long table with one row per finding: ``kind`` is one of ``KINDS``, ``start`` to ``end`` (UTC,
half-open) holds ``hours`` hours of it. ``actual`` and ``usual`` are cases: counted against learnt (capped), 0 against
usual (outage), NaN against usual (hole), a day after against a day before (level_shift), all days of it against like
days (holidays); of closed hours, ``hours`` are those of a week. ``sentence`` says what to know and what to do.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from staffing.domain import clock
from staffing.forecast.calendar import Calendar, SeriesCalendar
from staffing.forecast.care.findings import Finding, merged, stretches, weight_hours
from staffing.forecast.care.holiday_findings import ordinary_holidays, unnamed_holidays
from staffing.forecast.care.level_shifts import level_shifts
from staffing.forecast.care.outages import outages
from staffing.forecast.methods.clean import clean
from staffing.forecast.weeks import fold, interval_of, places, usual_volume

CARE = (
    "region",
    "workstream",
    "kind",
    "start",
    "end",
    "hours",
    "actual",
    "usual",
    "sentence",
)
KINDS = (
    "outage",
    "level_shift",
    "hole",
    "capped",
    "unnamed_holiday",
    "ordinary_holiday",
    "closed",
)
MUCH_ABOVE, MANY_CASES = 1.5, 5.0
"""Capped hours are shown where they hold this many times, and this many more cases than are learnt from."""
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def history_care(history: pd.DataFrame, calendar: Calendar, interval_minutes: int) -> pd.DataFrame:
    """Look through a HISTORY table and return what is worth knowing as a CARE table, series by series."""
    tables = []
    for (region, workstream), rows in history.groupby(["region", "workstream"]):
        known = rows.dropna(subset=["volume"]).set_index("interval_start")["volume"].sort_index()
        if len(known):
            series = known.asfreq(f"{interval_minutes}min")
            found = series_care(series, calendar.of_series(str(region), str(workstream)))
            tables.append(found.assign(region=str(region), workstream=str(workstream)))
    if not tables:
        return pd.DataFrame(columns=list(CARE))
    return pd.concat(tables, ignore_index=True)[list(CARE)]


def series_care(history: pd.Series, calendar: SeriesCalendar) -> pd.DataFrame:
    """Look through one series; what the user has marked himself is not repeated.

    Parameters
    ----------
    history
        Cases per interval (NaN: unknown) on an aware UTC index that has a frequency.

    Returns
    -------
    pd.DataFrame
        ``CARE`` without region and workstream, in the order of ``KINDS``, then of time.
    """
    learnt = calendar.masked(history)
    found = [
        *_outages(learnt, calendar),
        *_level_shifts(learnt, calendar),
        *merged(_holes(history, calendar)),
        *merged(_capped(learnt, calendar)),
        *unnamed_holidays(learnt, calendar),
        *ordinary_holidays(learnt, calendar),
        *_closed(learnt, calendar),
    ]
    return pd.DataFrame([finding.row for finding in found], columns=list(CARE[2:]))


def most_important(care: pd.DataFrame, most: int) -> pd.DataFrame:
    """Return the findings that matter most, those with most hours' worth of cases lost, gained or moved first.

    Closed hours are left out: nothing is odd about them.
    """
    odd = care[care["kind"] != "closed"]
    weight = [
        weight_hours(*numbers)
        for numbers in zip(odd["hours"], odd["actual"], odd["usual"], strict=True)
    ]
    return odd.iloc[np.argsort(np.negative(weight), kind="stable")[:most]]


def _outages(history: pd.Series, calendar: SeriesCalendar) -> Iterator[Finding]:
    index = pd.DatetimeIndex(history.index)
    for outage in outages(history, calendar):
        yield Finding.over(
            "outage",
            index,
            (outage.begin, outage.end),
            (0.0, outage.usual),
            "No case {when} where about {usual} are usual: taken as an outage and left out of learning. "
            "If the team was closed, name it in events.csv as a launch.",
        )


def _level_shifts(history: pd.Series, calendar: SeriesCalendar) -> Iterator[Finding]:
    shifts = level_shifts(history, calendar)
    last = history.index[-1] + interval_of(history.index)
    for shift, end in zip(shifts, [*(later.start for later in shifts[1:]), last], strict=False):
        date = clock.to_local(shift.start.to_pydatetime(), calendar.region.time_zone).date()
        sentence = (
            f"{shift.factor:.2g} times as many cases from {date} on: about {shift.after:,.0f} a day, "
            f"{shift.before:,.0f} before. The forecast follows; mark the weeks as not_typical if they "
            "say nothing about those to come."
        )
        yield Finding("level_shift", shift.start, end, shift.after, shift.before, sentence)


def _holes(history: pd.Series, calendar: SeriesCalendar) -> Iterator[Finding]:
    index = pd.DatetimeIndex(history.index)
    where = places(index, calendar.region.time_zone)
    folded = usual_volume(fold(history.to_numpy(), where))
    usual = folded[where.week - where.week.min(), where.slot]
    for begin, end in stretches(history.isna().to_numpy() & ~calendar.marked(index)):
        yield Finding.over(
            "hole",
            index,
            (begin, end),
            (np.nan, float(usual[begin:end].sum())),
            "Unknown {when}, where about {usual} cases are usual: left out of learning.",
        )


def _capped(history: pd.Series, calendar: SeriesCalendar) -> Iterator[Finding]:
    index, volume = pd.DatetimeIndex(history.index), history.to_numpy()
    where = places(index, calendar.region.time_zone)
    learnt = clean(volume, where, calendar.launched(index)).volume
    for begin, end in stretches(volume > learnt):
        actual, usual = float(volume[begin:end].sum()), float(learnt[begin:end].sum())
        if actual < max(MUCH_ABOVE * usual, usual + MANY_CASES):
            continue
        yield Finding.over(
            "capped",
            index,
            (begin, end),
            (actual, usual),
            "{actual} cases {when}, far above like hours: learnt as {usual}. Name it in events.csv: "
            "a launch if it will come again, an incident if not.",
        )


def _closed(history: pd.Series, calendar: SeriesCalendar) -> Iterator[Finding]:
    index = pd.DatetimeIndex(history.index)
    where = places(index, calendar.region.time_zone)
    is_closed = clean(history.to_numpy(), where).is_closed
    if is_closed.any():
        minutes = clock.WEEK_MINUTES // where.slots
        spans = ", ".join(
            f"{_time_of_week(begin * minutes)} to {_time_of_week(end * minutes)}"
            for begin, end in stretches(is_closed)
        )
        hours = is_closed.sum() * minutes / 60
        sentence = f"Closed {hours:g} h a week ({calendar.region.time_zone}): {spans}."
        end = index[-1] + interval_of(index)
        yield Finding("closed", index[0], end, 0.0, 0.0, sentence, float(hours))


def _time_of_week(minute: int) -> str:
    """Return a minute of the week as a clock shows it, ``Mon 08:00``."""
    day, rest = divmod(minute, clock.DAY_MINUTES)
    return f"{WEEKDAYS[day % 7]} {rest // 60:02d}:{rest % 60:02d}"
