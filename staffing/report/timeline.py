"""The time axis of the schedule: places in percent, ticks on the wall clock of any zone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from staffing.domain import clock
from staffing.domain.clock import DAY_MINUTES, Horizon
from staffing.domain.people import Site
from staffing.domain.roster import Roster
from staffing.report.words import day

TICK_HOURS = 6
EDGE_MINUTES = 12 * 60


@dataclass(frozen=True)
class Window:
    """The stretch that the timeline shows, in minutes of the horizon."""

    first: int
    last: int

    def left(self, minute: int) -> float:
        """Return the place of a minute in percent of the length."""
        return 100 * (minute - self.first) / (self.last - self.first)

    def width(self, minutes: int) -> float:
        """Return a length in percent."""
        return 100 * minutes / (self.last - self.first)


@dataclass(frozen=True)
class Tick:
    """A mark of the axis; ``is_day`` at local midnight."""

    left: float
    label: str
    is_day: bool


@dataclass(frozen=True)
class Axis:
    """The time axis on the wall clock of a zone, and the sites that live by it."""

    zone: str
    sites: tuple[str, ...]
    ticks: tuple[Tick, ...]


def window_of(horizon: Horizon, roster: Roster) -> Window:
    """Return the horizon, widened to hold whole duties."""
    duties = [duty for _, duty in roster.rows()]
    return Window(
        first=min([0, *(duty.start for duty in duties)]),
        last=max([horizon.minutes, *(duty.end for duty in duties)]),
    )


def axes(horizon: Horizon, sites: Iterable[Site], window: Window) -> tuple[Axis, ...]:
    """Return an axis for UTC and for each zone of the sites."""
    by_zone: dict[str, list[str]] = {"UTC": []}
    for site in sites:
        by_zone.setdefault(site.time_zone, []).append(site.site)
    return tuple(
        Axis(zone, tuple(names), _ticks(horizon, zone, window)) for zone, names in by_zone.items()
    )


def _ticks(horizon: Horizon, zone: str, window: Window) -> tuple[Tick, ...]:
    """Return local midnights and every sixth local hour, right through clock changes.

    A first day that is cut off is named at the edge, where there is room for its name.
    """
    first_date, ticks = horizon.local_date(window.first, zone), []
    for offset in range((window.last - window.first) // DAY_MINUTES + 2):
        date = first_date + dt.timedelta(days=offset)
        for hour in range(0, 24, TICK_HOURS):
            wall = dt.datetime.combine(date, dt.time(hour))
            minute = horizon.minute(clock.local_to_utc(wall, zone))
            if window.first <= minute < window.last:
                label = f"{hour:02d}" if hour else day(date)
                ticks.append(Tick(window.left(minute), label, is_day=not hour))
    to_midnight = horizon.day_bounds(first_date, zone)[1] - window.first
    if not ticks[0].is_day and to_midnight >= EDGE_MINUTES:
        ticks.insert(0, Tick(0.0, day(first_date), is_day=True))
    return tuple(ticks)
