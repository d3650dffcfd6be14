"""The calendar that a forecast learns from: public holidays, named events, the local day of a region."""

from __future__ import annotations

import datetime as dt
import re
import warnings
from collections import Counter
from collections.abc import Iterable
from functools import cache

import numpy as np
import pandas as pd
from pydantic import field_validator

from staffing.domain.base import Frozen
from staffing.domain.errors import ProblemError, did_you_mean
from staffing.domain.people import Site
from staffing.domain.work import CalendarEvent
from staffing.forecast.weeks import interval_of

YEARS_TO_KNOW_A_DATE = 12
SHARE_OF_A_FIXED_DATE = 0.7
SATURDAY = 5
_REMARK = re.compile(r" \((observed|estimated|observed, estimated)\)$")


class RegionCalendar(Frozen):
    """The local day and the public holidays of a region, or of one of its series.

    Parameters
    ----------
    workstream
        The series that it is for; None: every series of the region that has no calendar of its own.
    time_zone
        IANA zone whose clock the volume follows.
    places
        Country and subdivision (ISO 3166, None: national holidays only) of each place of the region. A holiday of
        one place of two counts half.
    open_on
        Names of public holidays that are ordinary days here, such as ``Columbus Day``.
    """

    region: str
    workstream: str | None = None
    time_zone: str = "UTC"
    places: tuple[tuple[str, str | None], ...] = ()
    open_on: tuple[str, ...] = ()

    @field_validator("places")
    @classmethod
    def _known(
        cls, places: tuple[tuple[str, str | None], ...]
    ) -> tuple[tuple[str, str | None], ...]:
        faults = [fault for place in places if (fault := place_fault(*place))]
        if faults:
            raise ValueError(" ".join(faults))
        return places

    def holidays(self, years: tuple[int, ...]) -> dict[dt.date, dict[str, float]]:
        """Return the holidays of some years: by local date and name, the share of places that keep it."""
        found: dict[dt.date, dict[str, float]] = {}
        for country, subdivision in self.places:
            for date, name in public_holidays(country, subdivision, years):
                if name not in self.open_on:
                    shares = found.setdefault(date, {})
                    shares[name] = shares.get(name, 0.0) + 1 / len(self.places)
        return found


class SeriesCalendar(Frozen):
    """What the calendar says about one series: its region and the events that concern it."""

    region: RegionCalendar
    events: tuple[CalendarEvent, ...] = ()

    @property
    def launches(self) -> tuple[str, ...]:
        """Names of the events that move volume, each once."""
        return tuple(sorted({event.name for event in self.events if event.kind == "launch"}))

    def during(self, index: pd.DatetimeIndex, launch: str) -> np.ndarray:
        """Tell which intervals meet an event of that name."""
        return self._met(index, [event for event in self.events if event.name == launch])

    def launched(self, index: pd.DatetimeIndex) -> np.ndarray:
        """Tell which intervals meet an event that moves volume: what is unusual in them has a cause that is known."""
        return self._met(index, [event for event in self.events if event.kind == "launch"])

    def marked(self, index: pd.DatetimeIndex) -> np.ndarray:
        """Tell which intervals meet an outage, an incident or a not typical stretch: nothing is learnt from them."""
        return self._met(index, [event for event in self.events if event.kind != "launch"])

    def masked(self, history: pd.Series) -> pd.Series:
        """Return the history with every `marked` interval unknown (NaN)."""
        return history.mask(self.marked(pd.DatetimeIndex(history.index)))

    @staticmethod
    def _met(index: pd.DatetimeIndex, events: Iterable[CalendarEvent]) -> np.ndarray:
        width = interval_of(index)
        met = np.zeros(len(index), dtype=bool)
        for event in events:
            first, last = pd.Timestamp(event.start), pd.Timestamp(event.end)
            met |= np.asarray((index < last) & (index > first - width))
        return met


class Calendar(Frozen):
    """Regions and events; a region without an entry has no holidays and follows UTC."""

    regions: tuple[RegionCalendar, ...] = ()
    events: tuple[CalendarEvent, ...] = ()

    @classmethod
    def of_sites(
        cls,
        sites: Iterable[Site],
        events: Iterable[CalendarEvent] = (),
        open_on: Iterable[str] = (),
    ) -> Calendar:
        """Build the calendar of an organisation: a region keeps the holidays of all its sites.

        The local day of a region is that of its first site.
        """
        by_region: dict[str, list[Site]] = {}
        for site in sites:
            by_region.setdefault(site.region, []).append(site)
        regions = tuple(
            RegionCalendar(
                region=region,
                time_zone=members[0].time_zone,
                places=tuple(dict.fromkeys((site.country, site.subdivision) for site in members)),
                open_on=tuple(open_on),
            )
            for region, members in by_region.items()
        )
        return cls(regions=regions, events=tuple(events))

    def of_series(self, region: str, workstream: str) -> SeriesCalendar:
        """Return the part that concerns one series: its own calendar comes before that of its region."""
        here = {known.workstream: known for known in self.regions if known.region == region}
        return SeriesCalendar(
            region=here.get(workstream) or here.get(None) or RegionCalendar(region=region),
            events=tuple(
                event
                for event in self.events
                if event.region in (None, region) and event.workstream in (None, workstream)
            ),
        )


def holiday_names(country: str, subdivision: str | None, years: Iterable[int]) -> frozenset[str]:
    """Return the names of all public holidays of some years."""
    return frozenset(name for _, name in public_holidays(country, subdivision, tuple(years)))


def place_fault(country: str, subdivision: str | None) -> str | None:
    """Say why a place has no holiday calendar, or None where it has one."""
    try:
        public_holidays(country, subdivision, (2024,))
    except ProblemError as error:
        return str(error)
    return None


@cache
def supported_places() -> dict[str, tuple[str, ...]]:
    """Return every country whose holidays are known, with its subdivisions."""
    import holidays

    known = holidays.list_supported_countries(include_aliases=False)
    return {country: tuple(subdivisions) for country, subdivisions in known.items()}


@cache
def public_holidays(
    country: str, subdivision: str | None, years: tuple[int, ...]
) -> tuple[tuple[dt.date, str], ...]:
    """Return date and name of every public holiday of some years, in lieu and on its own day."""
    import holidays

    around = range(min(years) - YEARS_TO_KNOW_A_DATE, max(years) + 1)
    try:
        with warnings.catch_warnings(action="ignore"):  # it warns of years that it does not know
            found = holidays.country_holidays(country, subdiv=subdivision, years=around)
    except NotImplementedError:
        known = holidays.list_supported_countries()
        if country not in known:
            message = f"{country!r} is not a country code (ISO 3166)." + did_you_mean(
                country, known
            )
        else:
            message = f"{subdivision!r} is not a subdivision of {country}." + did_you_mean(
                str(subdivision), known[country]
            )
        raise ProblemError(message) from None
    kept = {
        (date, _REMARK.sub("", name)) for date, names in found.items() for name in names.split("; ")
    }
    return tuple(sorted(day for day in kept | _own_days(kept) if day[0].year in years))


def _own_days(kept: set[tuple[dt.date, str]]) -> set[tuple[dt.date, str]]:
    """Return the weekend days from which some year's law moved a holiday of fixed date.

    Christmas 2016 was kept on Tuesday the 27th in Victoria; the 25th was no ordinary Sunday for that.
    """
    own = set()
    for name in {name for _, name in kept}:
        dates = [date for date, other in kept if other == name]
        (month, day), times = Counter((date.month, date.day) for date in dates).most_common(1)[0]
        years = {date.year for date in dates}
        if times >= SHARE_OF_A_FIXED_DATE * len(years):
            own |= {(dt.date(year, month, day), name) for year in years}
    return {(date, name) for date, name in own if date.weekday() >= SATURDAY}
