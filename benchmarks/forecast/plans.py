"""How a set of series is scored: which of them, from which origins, with which calendar."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from staffing.forecast.calendar import RegionCalendar

TOTAL = "total"
"""The sum of all series of a set, where a plan names it."""

HORIZON_DAYS = 14
SHORTEST_HISTORY_DAYS = 14
LEAST_KNOWN_FRACTION = 0.5
CALENDAR_FILE = "calendar.toml"

SPANS = ((12, 3, 6), (40, 14, 6), (float("inf"), 45, 8))
"""For sets without a plan: up to so many weeks, an origin every so many days, so many origins."""


@dataclass(frozen=True)
class Plan:
    """What is scored of one set.

    Parameters
    ----------
    name
        What the table calls the set.
    series
        Names of the series scored.
    step_days, origins
        Days between two origins, and how many there are; the last one lies 14 days before the end.
    region
        The calendar that methods may use. Stamps are taken as they stand: a series on the local wall clock has the
        zone UTC here, as its day is that of its stamps.
    """

    name: str
    series: tuple[str, ...]
    step_days: int
    origins: int
    region: RegionCalendar = field(default_factory=lambda: RegionCalendar(region="here"))


BANK = RegionCalendar(
    region="here", places=(("US", None),), open_on=("Columbus Day", "Veterans Day")
)
IOWA = RegionCalendar(region="here", places=(("US", "IA"),))
VICTORIA = RegionCalendar(region="here", places=(("AU", "VIC"),))

DEVELOPMENT = {
    "bank_calls": Plan("bank", ("bank",), 14, 6, BANK),
    "uihc_ed": Plan("uihc", ("uihc_ed",), 45, 8, IOWA),
    "nab_tweets": Plan("tweets", ("AMZN", "GOOG", "UPS", "KO"), 3, 6),
    "openstack_merges": Plan("openstack", (TOTAL, "deployment", "services"), 45, 8),
    "melbourne_pedestrian": Plan(
        "pedestrian", ("QV_MarketElizabeth_St_West", "Southern_Cross_Station"), 42, 8, VICTORIA
    ),
}


def plan_of(folder: Path, volumes: dict[str, pd.Series]) -> Plan:
    """Return the plan of a development set, or one made from the data of any other.

    Parameters
    ----------
    folder
        Its name tells development sets; another set may have a ``calendar.toml`` with the fields of
        `RegionCalendar` (``places = [["US", "IA"]]``, ``time_zone``, ``open_on``). Without one it has no holidays.
    volumes
        All series of the set, hourly.
    """
    known = DEVELOPMENT.get(folder.name)
    if known and set(known.series) <= {*volumes, TOTAL}:
        return known
    days = max(len(volume) for volume in volumes.values()) // 24
    step_days, origins = next(plan for weeks, *plan in SPANS if days < 7 * weeks)
    spare_days = days - HORIZON_DAYS - SHORTEST_HISTORY_DAYS
    origins = min(origins, 1 + spare_days // step_days)
    first_origin_days = HORIZON_DAYS + SHORTEST_HISTORY_DAYS + step_days * (origins - 1)
    enough = tuple(
        name
        for name, volume in volumes.items()
        if len(volume) >= 24 * first_origin_days and volume.notna().mean() >= LEAST_KNOWN_FRACTION
    )
    return Plan(folder.name, enough, step_days, origins, _region(folder / CALENDAR_FILE))


def _region(path: Path) -> RegionCalendar:
    given = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return RegionCalendar.model_validate({"region": "here"} | given)
