"""A week of clock change, whole: legal work on Dublin's business clock with daily targets, built and audited.

`build_week` raises where the audit's objective is not the solver's to the last digit, or the bound is above it.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from staffing import pipeline
from staffing.audit.service import served_minutes
from staffing.domain import clock
from staffing.domain.build import Build
from tests.scenarios.test_dst_weeks import SETTINGS, write_workspace

LEGAL = """\
    { workstream = "cases", kind = "deferrable", due_minutes = 480, target_fraction = 0.9, period = "day", \
clock = "business", opening = { site = "dublin", holidays = false, worked_outside = false, \
monday = ["09:00", "17:00"], tuesday = ["09:00", "17:00"], wednesday = ["09:00", "17:00"], \
thursday = ["09:00", "17:00"], friday = ["09:00", "17:00"], saturday = ["10:00", "13:00"] } },
"""


@pytest.fixture(scope="module", params=["2026-W13", "2026-W43"])
def build(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Build:
    saturday = clock.parse_week(request.param) + dt.timedelta(days=5)
    team = write_workspace(tmp_path_factory.mktemp(request.param) / "team", saturday)
    start, end = SETTINGS.index("    { workstream"), SETTINGS.index("]\ntemplates")
    text = SETTINGS[:start] + LEGAL + SETTINGS[end:]
    (team / "staffing.toml").write_text(text, encoding="utf-8")
    opened = clock.local_to_utc(
        dt.datetime.combine(saturday - dt.timedelta(days=8), dt.time(16)), "Europe/Dublin"
    )
    (team / "backlog.csv").write_text(
        f"case_id,workstream,region,opened_at,handle_minutes\nc1,cases,EMEA,{opened:%Y-%m-%dT%H:%MZ},45\n",
        encoding="utf-8",
    )
    workspace = pipeline.read_workspace(Path(team))
    return pipeline.build_week(workspace, request.param, pipeline.Budget(seconds=2, seed=1))


def test_friday_s_work_is_due_by_the_wall_clock(build: Build):
    (queue,) = build.problem.queues
    horizon = build.problem.horizon

    def interval(day: int, hour: int) -> int:
        moment = dt.datetime.combine(horizon.first_date + dt.timedelta(days=day), dt.time(hour))
        return horizon.minute(clock.local_to_utc(moment, "Europe/Dublin")) // 60

    # Friday 15:00 to 16:00: 1 h on Friday, 3 h on Saturday, 4 h on Monday, 13:00 local, after the clocks have changed.
    assert queue.due[interval(4, 15)] == interval(7, 13) * 60
    # Opened on Friday before the week at 16:00: 1 h, 3 h on Saturday, 4 h on Monday.
    assert [(item.due, item.work_minutes) for item in queue.opening] == [(interval(0, 13) * 60, 45)]


def test_nobody_works_on_it_while_dublin_is_closed(build: Build):
    (queue,) = build.problem.queues
    assert build.solution.allocation is not None
    served = served_minutes(build.solution.allocation, queue, 168)
    zone = "Europe/Dublin"
    for t, minutes in enumerate(served):
        local = clock.to_local(build.problem.horizon.at(60 * t), zone)
        hours = (10, 13) if local.weekday() == 5 else (9, 17)
        assert not minutes or (local.weekday() < 6 and hours[0] <= local.hour < hours[1])
    assert sum(served) > 0


def test_each_day_has_its_own_target(build: Build):
    (line,) = build.bill.service
    midnights = [
        build.problem.horizon.day_bounds(date, "Europe/Dublin")[0]
        for date in build.problem.horizon.dates
    ]
    assert {max(0, period.start) for period in line.periods} <= {max(0, m) for m in midnights}
    assert len(line.periods) > 3
    assert line.expected_fraction == min(period.expected_fraction for period in line.periods)
    (missed,) = [term for term in build.bill.terms if term.name == "missed:cases"]
    beyond = [max(0, p.late_minutes - p.allowance_minutes) for p in line.periods]
    assert missed.amount == sum(beyond)
