"""When the work of a deferrable workstream falls due, on the clock of its settings, and in which period it counts.

The clock starts when a case is opened. Arrivals of an interval are due when those of its end are; due instants are
rounded down to the grid, and nothing is due before the interval after its arrival has ended.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from staffing.domain.clock import Horizon, parse_week
from staffing.domain.errors import ProblemError, did_you_mean
from staffing.domain.people import Site
from staffing.domain.work import PastService, ServiceWeek, Workstream
from staffing.requirement.business_clock import BusinessClock

WEEKS_BEFORE = 3
"""A target of four weeks looks back this far."""


class Deadlines:
    """Due instants, closed intervals and periods of a workstream.

    Parameters
    ----------
    work
        A deferrable workstream.
    horizon
        Grid of the result.
    sites
        Sites by name; the one of the opening hours must be among them.

    Raises
    ------
    ProblemError
        If it is not.
    """

    def __init__(self, work: Workstream, horizon: Horizon, sites: Mapping[str, Site]) -> None:
        self._work, self._horizon = work, horizon
        self._within = work.due_minutes or 0
        opening = work.opening
        if opening and opening.site not in sites:
            raise ProblemError(
                f"{work.workstream!r} has opening hours of {opening.site!r}, which is no site."
                + did_you_mean(opening.site, sites)
            )
        self._zone = sites[opening.site].time_zone if opening else "UTC"
        self._open = BusinessClock(opening, sites[opening.site], horizon) if opening else None
        self._business = self._open if work.clock == "business" else None

    def of_arrivals(self) -> tuple[int, ...]:
        """Return the due minute of each interval's arrivals; nothing on the calendar clock, where it is plain."""
        if self._business is None:
            return ()
        width = self._horizon.interval_minutes
        ends = range(width, self._horizon.minutes + width, width)
        return tuple(
            max(self._on_grid(self._business.due(end, self._within)), end + width) for end in ends
        )

    def of_case(self, opened_at: dt.datetime, as_of: dt.datetime) -> int:
        """Return the due minute of a case of the backlog.

        A backlog that was counted before the horizon is carried forward with its ages: what was left of each case's
        time then is left at the start of the horizon.
        """
        opened, counted = self._horizon.minute(opened_at), self._horizon.minute(as_of)
        lag = max(0, -counted)
        if self._business is None:
            return self._on_grid(opened + lag + self._within)
        left = self._within - self._business.open_minutes(opened, counted)
        if left > 0:
            return self._on_grid(self._business.due(max(opened, counted) + lag, left))
        return self._on_grid(self._business.due(opened, self._within) + lag)

    def closed(self) -> tuple[int, ...]:
        """Return the intervals in which the work may not be done."""
        if self._open is None or self._work.opening is None or self._work.opening.worked_outside:
            return ()
        width = self._horizon.interval_minutes
        return tuple(
            t
            for t in range(self._horizon.intervals)
            if self._open.open_minutes(t * width, (t + 1) * width) == 0
        )

    def period_starts(self) -> tuple[int, ...]:
        """Return the intervals, besides the first, with which a period of the target begins."""
        if self._work.period != "day":
            return ()
        width = self._horizon.interval_minutes
        dates = [
            self._horizon.local_date(t * width, self._zone) for t in range(self._horizon.intervals)
        ]
        return tuple(t for t in range(1, len(dates)) if dates[t] != dates[t - 1])

    def _on_grid(self, minute: int) -> int:
        return minute - minute % self._horizon.interval_minutes


def past_service(
    work: Workstream,
    queue: str,
    weeks: Iterable[ServiceWeek],
    aht_minutes: float,
    horizon: Horizon,
) -> PastService | None:
    """Return what the period of a four-week target has seen before the horizon, None where nothing is known of it.

    Cases become work by the handle time of the planned week. Weeks that are not written down count for nothing: the
    target is planned over those that are known.
    """
    first = horizon.first_date - dt.timedelta(weeks=WEEKS_BEFORE)
    known = [
        week
        for week in weeks
        if week.queue == queue and first <= parse_week(week.week) < horizon.first_date
    ]
    arrived = round(sum(week.arrived for week in known) * aht_minutes)
    if work.period != "four_weeks" or not arrived:
        return None
    missed = round(sum(week.missed for week in known) * aht_minutes)
    return PastService(work_minutes=arrived, missed_minutes=missed)
