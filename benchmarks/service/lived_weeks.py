"""Weeks of a sample organisation that differ in calendar, volume, backlog and leave.

The generator of the samples writes each of them anew: the same sites, seats and targets, but two years of cases,
backlog, leave and wishes drawn from a seed of their own. Launches, holidays and the changes of the clocks are where the
calendar has them. Some weeks are made hard with what a workspace may hold: an override of the forecast, more open
cases, more people on leave. `STRAINED` weeks have more of it, so that targets bind.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from staffing.domain import clock
from staffing.domain.clock import Horizon
from staffing.domain.judgement import Override
from staffing.domain.people import TimeOff
from staffing.domain.work import OpenCase
from staffing.ingest.samples import write_sample
from staffing.policy.workspace import Workspace, read_workspace

EVERY = 5
"""People who are away besides are every so many of the list, which takes them from all sites."""


@dataclass(frozen=True)
class Week:
    """A week to plan, and what is different about it.

    Parameters
    ----------
    week
        ISO week.
    seed
        Of all that its sample is drawn from.
    what
        For the table.
    more_fraction
        Volume above the statistical forecast, as an override.
    backlog_times
        How many open cases there are for each that the sample has.
    away
        People on leave all week besides those of the sample.
    is_strained
        There is more to do than people can: a queue has to be short.
    """

    week: str
    seed: int
    what: str
    more_fraction: float = 0.0
    backlog_times: int = 1
    away: int = 0
    is_strained: bool = False

    @property
    def monday(self) -> dt.date:
        """Its first day."""
        return dt.date.fromisocalendar(int(self.week[:4]), int(self.week[-2:]), 1)


WEEKS = (
    Week("2026-W49", 1, "the sample as it is"),
    Week("2026-W08", 2, "Lunar New Year, Presidents' Day"),
    Week("2026-W13", 3, "summer time begins in Dublin"),
    Week("2026-W20", 4, "a launch on the Tuesday"),
    Week("2026-W27", 5, "Independence Day, 6 more on leave", away=6),
    Week("2026-W34", 6, "20 % more than forecast", more_fraction=0.2),
    Week("2026-W44", 7, "summer time ends in the US, backlog × 4", backlog_times=4),
    Week("2026-W52", 8, "Christmas, backlog × 2, 4 more on leave", backlog_times=2, away=4),
)
STRAINED = (
    Week("2026-W38", 9, "50 % more than forecast", more_fraction=0.5, is_strained=True),
    Week("2026-W51", 10, "backlog × 6, 6 more on leave", backlog_times=6, away=6, is_strained=True),
)


def workspace_of(week: Week, sample: str) -> Workspace:
    """Return the workspace of a sample as it is before that week."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, sample)
        write_sample(folder, sample, seed=week.seed, monday=week.monday)
        workspace = read_workspace(folder)
    horizon = Horizon.of_week(week.week, workspace.settings.interval_minutes)
    overrides = (_override(week, horizon),) if week.more_fraction else ()
    return replace(
        workspace,
        overrides=overrides,
        open_cases=tuple(_repeated(workspace.open_cases, week.backlog_times)),
        time_off=(*workspace.time_off, *_leave(workspace, week)),
    )


def _override(week: Week, horizon: Horizon) -> Override:
    return Override(
        start=horizon.start,
        end=horizon.start + dt.timedelta(minutes=horizon.minutes),
        change_fraction=week.more_fraction,
        by="benchmark",
        why=week.what,
    )


def _repeated(cases: tuple[OpenCase, ...], times: int) -> list[OpenCase]:
    return [case.changed(case_id=f"{case.case_id}-{n}") for case in cases for n in range(times)]


def _leave(workspace: Workspace, week: Week) -> list[TimeOff]:
    """Return a week of leave of people who have no pins and no leave yet."""
    bound = {pin.agent_id for pin in workspace.pins} | {own.agent_id for own in workspace.time_off}
    steady = [agent for agent in workspace.agents if agent.agent_id not in bound]
    zones = {site.site: site.time_zone for site in workspace.settings.sites}
    midnight = dt.datetime.combine(week.monday, dt.time())
    ends = (midnight, midnight + dt.timedelta(weeks=1))
    return [
        TimeOff(
            agent_id=agent.agent_id,
            start=clock.local_to_utc(ends[0], zones[agent.site]),
            end=clock.local_to_utc(ends[1], zones[agent.site]),
        )
        for agent in steady[::EVERY][: week.away]
    ]
