"""Two people at two sites, a week in which Dublin's clocks go back."""

from __future__ import annotations

import datetime as dt

import pytest

from staffing.domain.clock import Horizon
from staffing.domain.people import Agent, Site
from staffing.domain.problem import Problem
from staffing.domain.roster import Roster
from staffing.domain.shifts import ShiftTemplate, duty_on

DUBLIN = Site(site="dublin", region="EMEA", time_zone="Europe/Dublin", country="IE")
KOLKATA = Site(site="kolkata", region="APAC", time_zone="Asia/Kolkata", country="IN")
DAY = ShiftTemplate(
    template="D08", start=dt.time(8), end=dt.time(16, 30), break_after_minutes=240, break_minutes=30
)
NIGHT = ShiftTemplate(template="N22", start=dt.time(22), end=dt.time(6))


@pytest.fixture
def problem() -> Problem:
    return Problem(
        week="2026-W43",
        horizon=Horizon.of_week("2026-W43"),
        sites=(DUBLIN, KOLKATA),
        agents=(
            Agent(
                agent_id="007",
                name='=HYPERLINK("x"), Zoë',
                email="zoe@example.com",
                site="dublin",
                grade="lead",
                weekly_minutes=2400,
                workstreams=("legal", "harms"),
                exposure_cleared=True,
            ),
            Agent(
                agent_id="k1",
                name="Asha\nRao",
                email="asha@example.com",
                site="kolkata",
                grade="agent",
                weekly_minutes=2400,
                workstreams=("legal",),
            ),
        ),
        templates=(DAY, NIGHT),
        queues=(),
    )


@pytest.fixture
def roster(problem: Problem) -> Roster:
    horizon = problem.horizon
    saturday, monday = horizon.dates[5], horizon.dates[0]
    return Roster(
        duties={
            "007": (duty_on(horizon, DUBLIN, NIGHT, saturday),),
            "k1": (
                duty_on(horizon, KOLKATA, DAY, monday),
                duty_on(horizon, KOLKATA, DAY, horizon.dates[1]),
            ),
        }
    )
