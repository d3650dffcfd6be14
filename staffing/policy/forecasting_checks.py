"""What must hold in ``[forecast]``: names that exist, zones, countries and their holidays."""

from __future__ import annotations

from collections.abc import Sequence

from staffing.domain.errors import Fault, did_you_mean
from staffing.domain.people import Site
from staffing.forecast.calendar import RegionCalendar, holiday_names, place_fault
from staffing.ingest.context import Context
from staffing.policy.forecasting import Forecasting, RegionDays, calendar_of, place_of
from staffing.policy.settings_checks import check_zone
from staffing.policy.toml_file import Key, TomlFile

YEARS = range(2000, 2051)
"""A public holiday of any of these years may be named."""


def check_forecasting(
    toml: TomlFile,
    forecasting: Forecasting,
    sites: Sequence[Site],
    context: Context,
    faults: list[Fault],
) -> None:
    """Check names, zones, countries and holidays of ``[forecast]``; every fault goes to ``faults``.

    Parameters
    ----------
    sites
        Every site; none where one of them is faulty, and nothing is said about holidays then.
    context
        Names of regions and workstreams.
    """
    before = len(faults)
    seen: set[tuple[str, str | None]] = set()
    for key, entry in forecasting.entries:
        _check_entry(toml, key, entry, context, faults)
        if (entry.region, entry.of_workstream) in seen:
            message = "There is an entry for it above. Remove one."
            faults.append(toml.fault((*key, "region"), message, entry.region))
        seen.add((entry.region, entry.of_workstream))
    if sites and len(faults) == before:
        _check_holidays(toml, forecasting, sites, faults)


def _check_entry(
    toml: TomlFile, key: Key, entry: RegionDays, context: Context, faults: list[Fault]
) -> None:
    """Check one entry of ``regions`` or ``series``."""
    for field, name, known in (
        ("region", entry.region, context.regions),
        ("workstream", entry.of_workstream, context.workstreams),
    ):
        if name is not None and known is not None and name not in known:
            message = f"Unknown {field}.{did_you_mean(name, known)}"
            faults.append(toml.fault((*key, field), message, name))
    check_zone(toml, (*key, "time_zone"), entry.time_zone, faults)
    faults.extend(
        toml.fault((*key, "countries"), why, country)
        for country in entry.countries or ()
        if (why := place_fault(*place_of(country)))
    )


def _check_holidays(
    toml: TomlFile, forecasting: Forecasting, sites: Sequence[Site], faults: list[Fault]
) -> None:
    """Check that the holidays of ``open_on`` exist where they are said to be ordinary days."""
    regions = calendar_of(sites, forecasting, ()).regions
    own = {(region.region, region.workstream): region for region in regions}
    concerned: list[tuple[Key, tuple[str, ...], tuple[RegionCalendar, ...]]] = [
        (("forecast",), forecasting.open_on, regions),
        *(
            (key, entry.open_on, (own[entry.region, entry.of_workstream],))
            for key, entry in forecasting.entries
        ),
    ]
    for key, names, calendars in concerned:
        places = {place for calendar in calendars for place in calendar.places} if names else set()
        known = {name for place in places for name in holiday_names(*place, YEARS)}
        faults.extend(
            toml.fault((*key, "open_on"), f"No such holiday.{did_you_mean(name, known)}", name)
            for name in names
            if name not in known
        )
