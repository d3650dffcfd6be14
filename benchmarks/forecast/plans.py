"""How a set of series is scored: which of them, from which origins, with which calendar."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from staffing.forecast.calendar import RegionCalendar

TOTAL = "total"
"""The sum of all series of a set, where a plan names it."""

HORIZON_DAYS = 14
SHORTEST_HISTORY_DAYS = 14
LEAST_KNOWN_FRACTION = 0.5
FEWEST_CASES_A_DAY = 1.0
MOST_SERIES = 12
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
        The calendar that methods may use; None: not stated. Stamps are taken as they stand: a series on the local wall
        clock has the zone UTC here, as its day is that of its stamps.
    """

    name: str
    series: tuple[str, ...]
    step_days: int
    origins: int
    region: RegionCalendar | None = None


NOWHERE = RegionCalendar(region="here")
BANK = RegionCalendar(
    region="here", places=(("US", None),), open_on=("Columbus Day", "Veterans Day")
)
IOWA = RegionCalendar(region="here", places=(("US", "IA"),))
VICTORIA = RegionCalendar(region="here", places=(("AU", "VIC"),))

DEVELOPMENT = {
    "bank_calls": Plan("bank", ("bank",), 14, 6, BANK),
    "uihc_ed": Plan("uihc", ("uihc_ed",), 45, 8, IOWA),
    "nab_tweets": Plan("tweets", ("AMZN", "GOOG", "UPS", "KO"), 3, 6, NOWHERE),
    "openstack_merges": Plan("openstack", (TOTAL, "deployment", "services"), 45, 8, NOWHERE),
    "melbourne_pedestrian": Plan(
        "pedestrian", ("QV_MarketElizabeth_St_West", "Southern_Cross_Station"), 42, 8, VICTORIA
    ),
}


def plan_of(folder: Path, volumes: dict[str, pd.Series]) -> Plan:
    """Return the plan of a development set, or one made from the data of any other.

    Of another set the busiest series are scored, twelve at most, as far as `is_scored`.

    Parameters
    ----------
    folder
        Its name tells development sets; another set may have a ``calendar.toml`` with the fields of
        `RegionCalendar` (``places = [["US", "IA"]]``, ``time_zone``, ``open_on``). Without one its holidays are
        searched in the past of each task.
    volumes
        All series of the set, hourly.
    """
    known = DEVELOPMENT.get(folder.name)
    if known and set(known.series) <= {*volumes, TOTAL}:
        return known
    scored = sorted(
        (name for name, volume in volumes.items() if is_scored(volume)),
        key=lambda name: -float(volumes[name].sum()),
    )[:MOST_SERIES]
    days = float(np.median([len(volumes[name]) for name in scored] or [0])) / 24
    step_days, origins = next(plan for weeks, *plan in SPANS if days < 7 * weeks)
    return Plan(folder.name, tuple(scored), step_days, origins, _region(folder / CALENDAR_FILE))


def is_scored(volume: pd.Series) -> bool:
    """Tell whether a series is long enough, known half of the time, and has a case a day on average."""
    return (
        len(volume) >= 24 * (HORIZON_DAYS + SHORTEST_HISTORY_DAYS)
        and float(volume.notna().mean()) >= LEAST_KNOWN_FRACTION
        and float(volume.mean()) * 24 >= FEWEST_CASES_A_DAY
    )


def _region(path: Path) -> RegionCalendar | None:
    if not path.exists():
        return None
    given = tomllib.loads(path.read_text(encoding="utf-8"))
    return RegionCalendar.model_validate({"region": "here"} | given)
