"""Public holidays that are days as all others."""

from __future__ import annotations

import numpy as np

from staffing.forecast.care.holiday_odds import SATURDAY, HolidayOdds
from staffing.forecast.care.holiday_table import HolidayTable
from staffing.forecast.care.unusual_days import UnusualDays, chance_of

SURE = 4.0


def surely_kept(days: UnusualDays, table: HolidayTable) -> np.ndarray:
    """Tell which named holidays are e⁴ times as likely quiet, or busy, days as days as all others: ``kept[name]``."""
    nothing = np.zeros(len(days.dates), dtype=bool)
    searches = [HolidayOdds.of(days, nothing, is_dip=is_dip) for is_dip in (True, False)]
    over = [_over_usual(search, table) for search in searches]
    return np.asarray(np.max(over, axis=0) > SURE)


def ordinary_names(days: UnusualDays, table: HolidayTable, kept: np.ndarray) -> tuple[str, ...]:
    """Return the holidays that are e⁴ times as likely as ever as they are moved as far as the kept ones, up or down.

    Weekdays alone are looked at. A name that one place keeps and another does not is kept.

    Parameters
    ----------
    kept
        ``kept[name]``; without any of them nothing can be told.
    """
    weekday = np.asarray(days.dates.day_of_week < SATURDAY)
    name, day = table.met(days.dates, weekday & ~np.isnan(days.log_ratio))
    moved = days.log_ratio[day[kept[name]]]
    if not len(moved):
        return ()
    ratio, deviation = days.log_ratio[day], days.deviation[day]
    effect = np.median(moved)
    as_moved = [chance_of((ratio - size) / deviation) for size in (effect, -effect)]
    over = chance_of(ratio / deviation) - np.max(as_moved, axis=0)
    is_ordinary = (np.bincount(name, over, len(table.names)) > SURE) & ~kept
    names = np.array(table.names)
    return tuple(sorted(set(names[is_ordinary].tolist()).difference(names[kept].tolist())))


def _over_usual(search: HolidayOdds, table: HolidayTable) -> np.ndarray:
    names, rate = search.of_names(table), search.ordinary.sum(axis=0).argmax()
    return np.asarray(names.kept - names.ordinary[:, rate])
