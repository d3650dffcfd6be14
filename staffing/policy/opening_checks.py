"""What must hold for opening hours: a site that exists, times on the grid, holidays that it has."""

from __future__ import annotations

import datetime as dt

from staffing.domain.errors import Fault, did_you_mean
from staffing.domain.opening import WEEKDAYS, OpeningHours
from staffing.domain.people import Site
from staffing.domain.work import Workstream
from staffing.forecast.calendar import holiday_names, place_fault
from staffing.policy.forecasting_checks import YEARS
from staffing.policy.settings_checks import Parts
from staffing.policy.toml_file import Key, TomlFile


def check_openings(toml: TomlFile, parts: Parts, faults: list[Fault]) -> None:
    """Check the opening hours of every workstream; every fault goes to ``faults``."""
    sites = {site.site: site for site in parts.sites.values()}
    written = {item.get("site") for _, item in toml.items("sites", [])}
    for position, work in parts.workstreams.items():
        if work.opening is None:
            continue
        key = ("workstreams", position, "opening")
        name = work.opening.site
        if name not in written:
            message = f"Unknown site.{did_you_mean(name, [str(known) for known in written])}"
            faults.append(toml.fault((*key, "site"), message, name))
        elif name in sites:
            _check_holidays(toml, key, work.opening, sites[name], faults)
        _check_grid(toml, key, work, parts.interval_minutes, faults)


def _check_holidays(
    toml: TomlFile, key: Key, opening: OpeningHours, site: Site, faults: list[Fault]
) -> None:
    """Check that the holidays on which it is open are holidays of the site."""
    if not opening.open_on or place_fault(site.country, site.subdivision):
        return
    known = holiday_names(site.country, site.subdivision, YEARS)
    faults.extend(
        toml.fault((*key, "open_on"), f"No such holiday.{did_you_mean(name, known)}", name)
        for name in opening.open_on
        if name not in known
    )


def _check_grid(
    toml: TomlFile, key: Key, work: Workstream, interval_minutes: int | None, faults: list[Fault]
) -> None:
    """Check that opening and closing times lie on grid lines."""
    for day, hours in zip(WEEKDAYS, work.opening.hours if work.opening else (), strict=False):
        for time in hours or ():
            if interval_minutes and _minute(time) % interval_minutes:
                message = (
                    f"This is between the lines of a grid of {interval_minutes} minutes. "
                    "Choose another time, or a smaller interval_minutes."
                )
                faults.append(toml.fault((*key, day), message, f"{time:%H:%M}"))


def _minute(time: dt.time) -> int:
    return time.hour * 60 + time.minute
