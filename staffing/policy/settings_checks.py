"""What must hold between the entries of the settings: names, zones, grid, templates."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import holidays

from staffing.domain import clock
from staffing.domain.errors import ClockError, Fault, did_you_mean
from staffing.domain.people import Site
from staffing.domain.shifts import ShiftTemplate
from staffing.domain.work import Workstream
from staffing.ingest.wishes import OFF
from staffing.policy.toml_file import Key, TomlFile

PROBE = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
"""Moment at which offsets are looked at; `clock.grid_fault` adds the other half of the year."""

_NAME = re.compile(r"[\w.\-]+")


@dataclass(frozen=True)
class Parts:
    """The sound entries of the settings by their position in the file.

    Parameters
    ----------
    interval_minutes
        Grid of demand; None when it is faulty.
    """

    sites: Mapping[int, Site]
    workstreams: Mapping[int, Workstream]
    templates: Mapping[int, ShiftTemplate]
    interval_minutes: int | None

    def usable_sites(self) -> Iterable[Site]:
        """Yield the sites whose zone exists."""
        return (site for site in self.sites.values() if self.is_zone(site.time_zone))

    @staticmethod
    def is_zone(name: str) -> bool:
        """Tell whether tz data has a zone."""
        try:
            clock.zone(name)
        except ClockError:
            return False
        return True


def check_parts(toml: TomlFile, parts: Parts, faults: list[Fault]) -> None:
    """Check the entries against each other; every fault goes to ``faults``."""
    for section, key in (
        ("sites", "site"),
        ("workstreams", "workstream"),
        ("templates", "template"),
    ):
        _check_names(toml, section, key, faults)
    check_zone(toml, ("case_time_zone",), toml.values.get("case_time_zone"), faults)
    for position, site in parts.sites.items():
        _check_site(toml, ("sites", position), site, parts, faults)
    _check_regions(toml, parts, faults)
    _check_coverage(toml, parts, faults)
    for position, template in parts.templates.items():
        _check_template(toml, ("templates", position), template, faults)


def _check_names(toml: TomlFile, section: str, key: str, faults: list[Fault]) -> None:
    """Check that names can be written in lists and file names, and that each stands once."""
    seen: dict[str, str] = {}
    for position, item in toml.items(section, []):
        name = item.get(key)
        if not isinstance(name, str):
            continue
        place = (section, position, key)
        if not _NAME.fullmatch(name):
            message = "A name has letters, digits, '_', '-' and '.' only. Rename it."
            faults.append(toml.fault(place, message, name))
        first = seen.setdefault(name.casefold(), name)
        if first is not name:
            how = "stands twice" if first == name else f"differs from {first!r} only in case"
            faults.append(toml.fault(place, f"This {key} {how}. Rename or remove one.", name))
        if section == "templates" and name.casefold() == OFF:
            faults.append(toml.fault(place, f"{OFF!r} means a day off in pins. Rename it.", name))


def check_zone(toml: TomlFile, key: Key, name: object, faults: list[Fault]) -> bool:
    """Check that a zone exists."""
    if isinstance(name, str):
        try:
            clock.zone(name)
        except ClockError as error:
            faults.append(toml.fault(key, str(error), name))
            return False
    return True


def _check_site(toml: TomlFile, key: Key, site: Site, parts: Parts, faults: list[Fault]) -> None:
    """Check zone, grid and country of a site."""
    if check_zone(toml, (*key, "time_zone"), site.time_zone, faults) and parts.interval_minutes:
        fault = clock.grid_fault(site.time_zone, PROBE, parts.interval_minutes)
        if fault:
            message = fault[0].upper() + fault[1:]
            faults.append(toml.fault((*key, "time_zone"), message, site.time_zone))
    countries = holidays.list_supported_countries(include_aliases=False)
    if site.country not in countries:
        alias = holidays.country_holidays(site.country).country if _is_alias(site.country) else ""
        hint = f" Did you mean {alias!r}?" if alias else " Write it like IE, SG or US."
        message = f"This is no country of ISO 3166 with known public holidays.{hint}"
        faults.append(toml.fault((*key, "country"), message, site.country))
    elif site.subdivision is not None and site.subdivision not in countries[site.country]:
        hint = did_you_mean(site.subdivision, countries[site.country])
        message = f"{site.country} has no such subdivision with public holidays of its own.{hint}"
        faults.append(toml.fault((*key, "subdivision"), message, site.subdivision))


def _check_coverage(toml: TomlFile, parts: Parts, faults: list[Fault]) -> None:
    """Check that every site has a template; nothing can be said as long as one of them is faulty."""
    templates = list(parts.templates.values())
    if not templates or len(templates) < len(toml.items("templates", [])):
        return
    for position, site in parts.sites.items():
        if not any(not template.sites or site.site in template.sites for template in templates):
            message = "No template can be used at this site. Add one, or add the site to one."
            faults.append(toml.fault(("sites", position, "site"), message, site.site))


def _is_alias(country: str) -> bool:
    """Tell whether a country is known under another code, such as UK or USA."""
    return country in holidays.list_supported_countries(include_aliases=True)


def _check_regions(toml: TomlFile, parts: Parts, faults: list[Fault]) -> None:
    """Check that two sites do not spell one region in two ways."""
    seen: dict[str, str] = {}
    for position, site in parts.sites.items():
        first = seen.setdefault(site.region.casefold(), site.region)
        if first != site.region:
            message = f"This differs from {first!r} only in case. Write both alike."
            faults.append(toml.fault(("sites", position, "region"), message, site.region))
        elif not _NAME.fullmatch(site.region):
            message = "A name has letters, digits, '_', '-' and '.' only. Rename it."
            faults.append(toml.fault(("sites", position, "region"), message, site.region))


def _check_template(toml: TomlFile, key: Key, template: ShiftTemplate, faults: list[Fault]) -> None:
    """Check the times of a template, its sites and the workstreams it asks for."""
    for name in ("start", "end"):
        time: dt.time = getattr(template, name)
        if time.tzinfo is not None or time.second or time.microsecond:
            message = "Write a local time in whole minutes without an offset, such as 07:00."
            faults.append(toml.fault((*key, name), message, time.isoformat()))
    known = {
        "sites": {item.get("site") for _, item in toml.items("sites", [])},
        "requires": {item.get("workstream") for _, item in toml.items("workstreams", [])},
    }
    for field, names in known.items():
        usable = {name for name in names if isinstance(name, str)}
        for name in getattr(template, field):
            if name not in usable:
                what = "site" if field == "sites" else "workstream"
                message = f"Unknown {what}.{did_you_mean(name, usable)}"
                faults.append(toml.fault((*key, field), message, name))
