"""Weeks of real case histories, built end to end: clean, bounded, better forecast than naive, right to the minute.

In the first week of each pair the clocks go back in Dublin and not in Seattle, in the second the other way round, in
Singapore never. Somebody at the site concerned is pinned to the night in which it happens: 22:00 to 07:00 is ten hours
then, of which the break is one.
"""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from benchmarks.real_input import WEEKS, write_real_workspace
from staffing import pipeline
from staffing.audit.check import audit
from staffing.domain import clock
from staffing.domain.build import Build
from staffing.policy.workspace import Workspace
from staffing.report.kpis import picked_methods

SERIES = Path(__file__).parents[3] / "shared" / "series"
pytestmark = pytest.mark.skipif(
    not SERIES.is_dir(), reason="the real series are not beside this checkout (../shared/series)"
)

CASES = [
    (kind, week, site)
    for kind, weeks in sorted(WEEKS.items())
    for week, site in zip(weeks, ("dublin", "seattle"), strict=True)
]
NIGHT = "N22"


@dataclass(frozen=True)
class Week:
    """A built week; ``night_worker`` is at ``site``, where the clocks change."""

    workspace: Workspace
    build: Build
    folder: Path
    site: str
    night_worker: str
    saturday: dt.date


@pytest.fixture(scope="module", params=CASES, ids=lambda case: f"{case[0]}-{case[1]}")
def week(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    kind, name, site = request.param
    team = tmp_path_factory.mktemp(f"{kind}-{name}") / "team"
    write_real_workspace(team, SERIES, kind, name)
    saturday = clock.parse_week(name) + dt.timedelta(days=5)
    night_worker = pin_to_the_night(team, site, saturday)
    workspace = pipeline.read_workspace(team)
    budget = pipeline.Budget(seconds=4, seed=1)
    build = pipeline.build_week(workspace, name, budget)
    folder = pipeline.write_build(team, build)
    yield Week(workspace, build, folder, site, night_worker, saturday)
    shutil.rmtree(team)


def records(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def pin_to_the_night(team: Path, site: str, saturday: dt.date) -> str:
    """Pin the first full-time agent of a site without leave and pins to the night of the Saturday."""
    busy = {
        row["agent_id"] for name in ("time_off.csv", "pins.csv") for row in records(team / name)
    }
    chosen = next(
        row["agent_id"]
        for row in records(team / "agents.csv")
        if row["site"] == site and row["weekly_hours"] == "40" and row["agent_id"] not in busy
    )
    with (team / "pins.csv").open("a", encoding="utf-8") as file:
        file.write(f"{chosen},{saturday},{NIGHT}\n")
    return chosen


def test_the_audit_is_clean_and_counts_the_same_objective(week: Week):
    build, book = week.build, week.workspace.settings.book
    audited = audit(build.problem, book, build.solution.roster, build.solution.allocation)
    assert audited.faults == ()
    assert audited.bill.must_violations == ()
    assert audited.bill.objective == build.solution.objective


def test_the_roster_file_alone_gives_the_same_objective(week: Week):
    audited = pipeline.audit_roster(week.workspace, week.build.problem, week.folder / "roster.csv")
    assert audited.is_clean
    assert audited.bill.objective == week.build.solution.objective


def test_the_bound_is_below_the_objective(week: Week):
    assert 0 < week.build.solution.bound <= week.build.solution.objective


def test_the_forecast_beats_seasonal_naive_on_past_weeks(week: Week):
    scores = picked_methods(week.build.backtest)
    cases = week.build.forecast.groupby(["workstream", "region"])["mean"].sum()
    weight = scores.set_index(["workstream", "region"]).index.map(cases)
    picked = (scores["wape"] * weight).sum()
    naive = (scores["naive_wape"] * weight).sum()
    assert picked < 0.95 * naive


def test_every_site_has_duties(week: Week):
    held = {duty.site for _, duty in week.build.solution.roster.rows()}
    assert held == {site.site for site in week.build.problem.sites}


def test_a_duty_lasts_as_long_as_the_clocks_of_its_site_say(week: Week):
    rows = records(week.folder / "roster.csv")
    assert rows
    for row in rows:
        zone = ZoneInfo(row["time_zone"])
        start, end = (pd.Timestamp(row[name]).to_pydatetime() for name in ("start_utc", "end_utc"))
        minutes = (end - start).total_seconds() / 60
        assert int(row["paid_minutes"]) == minutes - int(row["break_minutes"])
        for local, moment in ((row["start_local"], start), (row["end_local"], end)):
            assert f"{moment.astimezone(zone):%Y-%m-%dT%H:%M}" == local


def test_the_night_of_the_change_is_an_hour_longer(week: Week):
    (row,) = [
        row
        for row in records(week.folder / "roster.csv")
        if row["agent_id"] == week.night_worker and row["date"] == week.saturday.isoformat()
    ]
    assert row["template"] == NIGHT
    assert row["paid_minutes"] == "540"  # 22:00 to 07:00 on the wall is 10 h, less an hour of break


def test_all_other_nights_and_sites_are_as_long_as_ever(week: Week):
    for site, duties in week.build.problem.duties_of_site.items():
        for duty in duties:
            longer = site == week.site and duty.date == week.saturday and duty.template == NIGHT
            assert duty.paid_minutes == (540 if longer else 480)


def test_from_sunday_on_the_site_of_the_change_starts_an_hour_later_in_utc(week: Week):
    for site, duties in week.build.problem.duties_of_site.items():
        starts = {duty.date: duty.start for duty in duties if duty.template == "D08"}
        sunday = week.saturday + dt.timedelta(days=1)
        day_minutes = starts[sunday] - starts[week.saturday]
        assert day_minutes == (1500 if site == week.site else 1440)
