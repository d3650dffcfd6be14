"""``[forecast]`` of the settings: how far back to look, and whose clock and holidays a volume follows."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from staffing.domain.base import Frozen
from staffing.domain.people import Site
from staffing.domain.work import CalendarEvent
from staffing.forecast.calendar import Calendar, RegionCalendar
from staffing.policy.toml_file import Key


class RegionDays(Frozen):
    """The days of a region where they are not those of its sites.

    Parameters
    ----------
    time_zone
        IANA zone whose clock the volume follows; None: that of the first site of the region.
    countries
        Countries whose public holidays move the volume, with a subdivision where they differ: ``US``, ``CA-ON``. They
        stand in place of those of the sites; None: the sites'.
    open_on
        Names of public holidays that are ordinary days here, besides those named for all.
    """

    region: str
    time_zone: str | None = None
    countries: tuple[str, ...] | None = None
    open_on: tuple[str, ...] = ()

    @property
    def of_workstream(self) -> str | None:
        """The workstream it is for; None: all of the region."""
        return None

    def over(self, usual: RegionCalendar) -> RegionCalendar:
        """Return a calendar with what is said here in place of the usual."""
        places = usual.places if self.countries is None else tuple(map(place_of, self.countries))
        return usual.changed(
            time_zone=self.time_zone or usual.time_zone,
            places=places,
            open_on=(*usual.open_on, *self.open_on),
        )


class SeriesDays(RegionDays):
    """The days of one series where they are not those of its region: it may follow its customers' local day."""

    workstream: str

    @property
    def of_workstream(self) -> str | None:
        """The workstream of the series."""
        return self.workstream


class Forecasting(Frozen):
    """What the forecast may use.

    Parameters
    ----------
    history_weeks
        Weeks of history that are looked at, counted back from its end.
    open_on
        Names of public holidays that are ordinary days everywhere.
    regions, series
        Clock and holidays of a region, and of a series of it, where they differ from those of the sites.
    """

    history_weeks: int = Field(default=156, ge=1, le=520)
    open_on: tuple[str, ...] = ()
    regions: tuple[RegionDays, ...] = ()
    series: tuple[SeriesDays, ...] = ()

    @property
    def entries(self) -> tuple[tuple[Key, RegionDays], ...]:
        """Every entry of ``regions`` and ``series`` with its key in the file."""
        regions = ((("forecast", "regions", at), entry) for at, entry in enumerate(self.regions))
        series = ((("forecast", "series", at), entry) for at, entry in enumerate(self.series))
        return (*regions, *series)


def calendar_of(
    sites: Iterable[Site], forecasting: Forecasting, events: Iterable[CalendarEvent]
) -> Calendar:
    """Return the calendar of an organisation: its sites, then what is said of a region, then of a series."""
    usual = Calendar.of_sites(sites, events, forecasting.open_on)
    regions = {region.region: region for region in usual.regions}
    for entry in forecasting.regions:
        regions[entry.region] = entry.over(regions[entry.region])
    own = [
        entry.over(regions[entry.region]).changed(workstream=entry.of_workstream)
        for entry in forecasting.series
    ]
    return usual.changed(regions=(*regions.values(), *own))


def place_of(country: str) -> tuple[str, str | None]:
    """Return country and subdivision of a code such as ``US`` or ``CA-ON``."""
    code, _, subdivision = country.partition("-")
    return code, subdivision or None
