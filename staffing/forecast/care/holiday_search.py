"""Whose public holidays move a series: every country is tried, then the subdivisions of the best."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from staffing.forecast.calendar import RegionCalendar, supported_places
from staffing.forecast.care.holiday_odds import HolidayOdds
from staffing.forecast.care.holiday_ordinary import ordinary_names
from staffing.forecast.care.holiday_table import HolidayTable, Place
from staffing.forecast.care.unusual_days import UnusualDays

LEAST_ODDS, LEAST_OWN_GAIN = 4.0, 3.0
"""Natural logarithms: after the price of choosing among all places, and from holidays that few other places keep."""

FEWEST_DAYS = 42
COUNTRIES_LOOKED_INTO = 6
SIZE_POWER = 0.75

SELDOM_KEPT = {"US": frozenset({"Columbus Day", "Veterans Day"})}
"""Public holidays on which most employers work: days as all others until a history shows otherwise."""


@dataclass(frozen=True)
class Evidence:
    """What speaks for a place.

    Parameters
    ----------
    odds
        Natural logarithm of the odds that its holidays move the series, against no place at all.
    own_gain
        The part of it that comes from holidays that few other countries keep.
    kept, ordinary
        Names of its holidays on which the series is rather unusual than not, and surely as ever.
    dates
        Days of the kept ones that the history knows, Christmas and New Year apart.
    moved
        ``moved[date]``: unusual rather than not.
    actual, usual
        ``[date]``, cases counted, and those of like days.
    """

    place: Place
    odds: float
    own_gain: float
    kept: tuple[str, ...]
    ordinary: tuple[str, ...]
    dates: pd.DatetimeIndex
    moved: np.ndarray
    actual: np.ndarray
    usual: np.ndarray

    @property
    def is_strong(self) -> bool:
        """Tell whether the place may be taken for found."""
        return self.odds > LEAST_ODDS and self.own_gain > LEAST_OWN_GAIN

    @property
    def open_on(self) -> tuple[str, ...]:
        """Names of its holidays that are best taken for ordinary days."""
        seldom = SELDOM_KEPT.get(self.place[0], frozenset()).difference(self.kept)
        return tuple(sorted(seldom.union(self.ordinary)))


def likely_places(history: pd.Series, time_zone: str) -> tuple[Place, ...]:
    """Return the place whose public holidays move a series, or none where the evidence is thin: see `best_place`."""
    found = best_place(history, RegionCalendar(region="", time_zone=time_zone))
    return (found.place,) if found is not None and found.is_strong else ()


def best_place(history: pd.Series, region: RegionCalendar) -> Evidence | None:
    """Return the place whose holidays explain most of the unusual days that the region's own calendar leaves.

    Days are ordinary, unusually quiet or unusually busy (`UnusualDays`). Without a place every day has the same small
    chance to be unusual. With one, nine in ten of its weekday holidays are, and four in ten of those on a weekend, as
    far as a holiday is kept (three in four are). Choosing one of 250 countries costs ln 250, less for a country with
    many subdivisions than for an islet with the same holidays; a subdivision costs as much again as it has siblings.

    Parameters
    ----------
    history
        Cases per interval (NaN: unknown) on an aware UTC index that has a frequency.
    region
        The clock of the series, and holidays that are known to move it.

    Returns
    -------
    Evidence or None
        None: a history of less than six weeks.
    """
    days = UnusualDays.of(history, region.time_zone)
    if len(days.dates) < FEWEST_DAYS:
        return None
    years = years_of(days)
    is_explained = days.on(region.holidays(years))
    found = [
        _best(HolidayOdds.of(days, is_explained, is_dip=is_dip), years) for is_dip in (True, False)
    ]
    return max(found, key=lambda evidence: evidence.odds)


def years_of(days: UnusualDays) -> tuple[int, ...]:
    """Return the years that a history meets."""
    return tuple(range(days.dates[0].year, days.dates[-1].year + 1))


def _best(search: HolidayOdds, years: tuple[int, ...]) -> Evidence:
    """Return the best place, either for dips or for rises."""
    countries = HolidayTable.of_countries(years)
    odds = _odds(search, countries)
    order = np.argsort(-odds, kind="stable")
    found = [(float(odds[order[0]]), countries.places[order[0]])]
    for position in order[:COUNTRIES_LOOKED_INTO]:
        country = countries.places[position][0]
        inside = tuple((country, part) for part in supported_places()[country])
        if inside:
            odds_inside = _odds(search, HolidayTable.of(inside, years))
            found.append((float(odds_inside.max()), inside[int(odds_inside.argmax())]))
    best, place = max(found, key=lambda one: one[0])
    return _evidence(search, place, best, years)


def _odds(search: HolidayOdds, table: HolidayTable) -> np.ndarray:
    """Return ``odds[place]``: what its holidays explain less the price of choosing it."""
    known = supported_places()
    size = {country: (1 + len(parts)) ** SIZE_POWER for country, parts in known.items()}
    every = sum(size.values())
    prices = [
        np.log(every / size[country]) + (np.log1p(len(known[country])) if part else 0.0)
        for country, part in table.places
    ]
    return np.asarray(search.of_places(table)[0] - prices)


def _evidence(search: HolidayOdds, place: Place, odds: float, years: tuple[int, ...]) -> Evidence:
    """Say what speaks for one place."""
    table, days = HolidayTable.of((place,), years), search.days
    names, rate = search.of_names(table), search.of_places(table)[1][0]
    kept = names.kept > names.ordinary[:, rate]
    here = search.tells & days.on(table.date[kept[table.name]].astype(object))
    return Evidence(
        place=place,
        odds=odds,
        own_gain=float(names.gain[~table.is_widely_kept(years), rate].sum()),
        kept=tuple(np.array(table.names)[kept].tolist()),
        ordinary=ordinary_names(days, table, kept),
        dates=days.dates[here],
        moved=(search.unusual > 0)[here],
        actual=days.cases[here],
        usual=days.usual[here],
    )
