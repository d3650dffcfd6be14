"""What a sample organisation is like: who sits where, what arrives, and how much of it.

The settings of a sample (sites, workstreams and their targets, templates, rules) are TOML files beside this module and
are copied into the workspace as they stand; here is only what its people and its cases are drawn from.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

from staffing.domain.people import Site

UTILISATION = 0.93
"""Planned work over productive time in the planned week: what makes a sample tight. Work is cases × handle time and
the presence that immediate queues need; productive time is paid time less leave and shrinkage."""

LEAVE_FRACTION = 0.06
WEEK = dt.date(2026, 11, 30)
"""Monday of the week to plan, 2026-W49."""
HISTORY_WEEKS = 104
PUBLISHED = dt.timedelta(weeks=1)
"""From the end of the history to the planned week: the duties of that week are already published."""


@dataclass(frozen=True)
class Role:
    """A kind of person; people of a role serve the same queues.

    Parameters
    ----------
    on_call
        Belongs to the incident-management rota.
    """

    grade: str
    workstreams: tuple[str, ...]
    exposure_cleared: bool = False
    on_call: bool = False


@dataclass(frozen=True)
class Stream:
    """How the cases of a workstream arrive.

    Parameters
    ----------
    share
        Of all cases.
    aht_minutes, spread
        Mean handle time, and the standard deviation of its logarithm.
    night, weekend
        Level in the middle of the night against the peak of the day, and of a weekend day against a working day.
    office_region
        Cases come only in the office hours of this region.
    """

    share: float
    aht_minutes: float
    spread: float = 0.6
    night: float = 0.3
    weekend: float = 0.7
    office_region: str | None = None


@dataclass(frozen=True)
class Launch:
    """A launch that lifts volume by ``lift`` at first, fading over ``days``."""

    name: str
    date: dt.date
    days: int
    lift: float
    workstream: str | None = None


@dataclass(frozen=True)
class Organisation:
    """One sample.

    Parameters
    ----------
    settings
        Text of staffing.toml.
    roles
        By name.
    seats
        For each site the role and weekly hours of its people; a larger organisation has each seat several times.
    streams
        By workstream.
    region_shares
        Share of the cases that come from each region.
    hole
        A stretch without any record, in no calendar.
    """

    settings: str
    roles: Mapping[str, Role]
    seats: Mapping[str, tuple[tuple[str, int], ...]]
    streams: Mapping[str, Stream]
    region_shares: Mapping[str, float]
    launches: tuple[Launch, ...] = ()
    hole: tuple[dt.datetime, dt.datetime] | None = None

    @cached_property
    def sites(self) -> dict[str, Site]:
        """Sites of the settings by name."""
        found = tomllib.loads(self.settings)["sites"]
        return {site["site"]: Site.model_validate(site) for site in found}

    @cached_property
    def shrinkage_fraction(self) -> float:
        """Shrinkage of the settings."""
        return float(tomllib.loads(self.settings)["shrinkage_fraction"])

    @cached_property
    def workstreams(self) -> dict[str, dict[str, object]]:
        """Workstreams of the settings by name, as written."""
        return {w["workstream"]: w for w in tomllib.loads(self.settings)["workstreams"]}

    @property
    def people(self) -> int:
        """People of the organisation in its own size."""
        return sum(len(seats) for seats in self.seats.values())

    def site_of_region(self, region: str) -> Site:
        """Return the first site of a region: its clock and holidays shape the cases from there."""
        return next(site for site in self.sites.values() if site.region == region)


def settings_text(name: str) -> str:
    """Return the settings of a sample: its own part, then shifts and rules that all samples share."""
    return own_text(name) + "\n" + own_text("shifts-and-rules")


def own_text(name: str) -> str:
    """Return a TOML file beside this module."""
    return (files(__package__) / f"{name}.toml").read_text(encoding="utf-8")
