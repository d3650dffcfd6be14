"""Weeks in which clocks change, end to end: hours, rests, coverage and exports right to the minute.

Three people at each of three sites. The first is pinned to the night of Saturday to Sunday, 22:00 to 06:00, the second
to the Sunday, 08:00 to 16:00 with a break of an hour, the third has the Sunday off.

- 29 March: Dublin loses an hour, so its night has 7 h; the United States changed on 8 March.
- 25 October: Dublin gains an hour, so its night has 9 h.
- 1 November: Seattle gains an hour, so its night has 9 h.
- Singapore never changes: 8 h.
"""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import pytest

from staffing import pipeline
from staffing.audit.service import pool_minutes
from staffing.domain import clock
from staffing.domain.build import Build
from staffing.domain.roster import Roster
from staffing.domain.shifts import Duty
from staffing.export.profile import read_profile
from staffing.export.writer import write_export
from staffing.policy.workspace import Workspace
from staffing.requirement.sizing import capacity_minutes

SETTINGS = """\
schema_version = 1
name = "Clock changes"
shrinkage_fraction = 0.25
sites = [
    { site = "dublin", region = "EMEA", time_zone = "Europe/Dublin", country = "IE" },
    { site = "seattle", region = "AMER", time_zone = "America/Los_Angeles", country = "US" },
    { site = "singapore", region = "APAC", time_zone = "Asia/Singapore", country = "SG" },
]
workstreams = [
    { workstream = "cases", kind = "deferrable", due_minutes = 480, target_fraction = 0.9 },
]
templates = [
    { template = "D08", start = "08:00", end = "16:00", break_after_minutes = 240, break_minutes = 60 },
    { template = "M10", start = "10:00", end = "18:00" },
    { template = "L15", start = "15:00", end = "23:00" },
    { template = "N22", start = "22:00", end = "06:00" },
]
rules = [
    { kind = "one_duty_at_a_time" },
    { kind = "availability" },
    { kind = "skills" },
    { kind = "min_rest", rest_minutes = 660 },
    { kind = "weekly_rest" },
    { kind = "max_weekly_hours" },
    { kind = "max_consecutive_days", level = "must", days = 6 },
    { kind = "contract_hours", level = "should" },
]
"""
SITES = {"dublin": "EMEA", "seattle": "AMER", "singapore": "APAC"}


@dataclass(frozen=True)
class Expected:
    """What a site's weekend is like, worked out by hand: moments in UTC as ``day hour`` of the month.

    ``night_minutes`` lie within local 23:00 to 06:00; ``first_interval`` is the hour of the week in which the night
    begins; ``rest_minutes`` lie between 23:00 on Saturday and 10:00 on Sunday; ``sunday_minutes`` is the whole day.
    """

    night: tuple[str, str]
    night_offset: str
    hours: int
    night_minutes: int
    first_interval: int
    sunday: tuple[str, str]
    sunday_offset: str
    rest_minutes: int
    sunday_minutes: int


def plain(night: tuple[str, str], offset: str, first: int, sunday: tuple[str, str]) -> Expected:
    """Return the weekend of a site whose clocks stay."""
    return Expected(night, offset, 8, 420, first, sunday, offset, 660, 1440)


# Saturday is day 5 of the week: its 00:00 UTC is interval 120, Sunday's 144.
WEEKS = {
    "2026-W13": {
        "dublin": Expected(
            ("2026-03-28T22:00", "2026-03-29T05:00"), "+00:00", 7, 360, 142,
            ("2026-03-29T07:00", "2026-03-29T15:00"), "+01:00", 600, 1380,
        ),
        "seattle": plain(
            ("2026-03-29T05:00", "2026-03-29T13:00"), "-07:00", 149,
            ("2026-03-29T15:00", "2026-03-29T23:00"),
        ),
        "singapore": plain(
            ("2026-03-28T14:00", "2026-03-28T22:00"), "+08:00", 134,
            ("2026-03-29T00:00", "2026-03-29T08:00"),
        ),
    },
    "2026-W43": {
        "dublin": Expected(
            ("2026-10-24T21:00", "2026-10-25T06:00"), "+01:00", 9, 480, 141,
            ("2026-10-25T08:00", "2026-10-25T16:00"), "+00:00", 720, 1500,
        ),
        "seattle": plain(
            ("2026-10-25T05:00", "2026-10-25T13:00"), "-07:00", 149,
            ("2026-10-25T15:00", "2026-10-25T23:00"),
        ),
        "singapore": plain(
            ("2026-10-24T14:00", "2026-10-24T22:00"), "+08:00", 134,
            ("2026-10-25T00:00", "2026-10-25T08:00"),
        ),
    },
    "2026-W44": {
        "dublin": plain(
            ("2026-10-31T22:00", "2026-11-01T06:00"), "+00:00", 142,
            ("2026-11-01T08:00", "2026-11-01T16:00"),
        ),
        "seattle": Expected(
            ("2026-11-01T05:00", "2026-11-01T14:00"), "-07:00", 9, 480, 149,
            ("2026-11-01T16:00", "2026-11-02T00:00"), "-08:00", 720, 1500,
        ),
        "singapore": plain(
            ("2026-10-31T14:00", "2026-10-31T22:00"), "+08:00", 134,
            ("2026-11-01T00:00", "2026-11-01T08:00"),
        ),
    },
}  # fmt: skip


@dataclass(frozen=True)
class Week:
    """A built week with its workspace, the folder of the build, and what is expected of each site."""

    workspace: Workspace
    build: Build
    folder: Path
    saturday: dt.date
    expected: dict[str, Expected]

    @property
    def sunday(self) -> dt.date:
        return self.saturday + dt.timedelta(days=1)

    def duty(self, agent_id: str, date: dt.date) -> Duty:
        (found,) = [duty for duty in self.build.solution.roster.of(agent_id) if duty.date == date]
        return found


def write_workspace(folder: Path, saturday: dt.date) -> Path:
    """Write a workspace whose history of four weeks ends when the week begins."""
    sunday, monday = saturday + dt.timedelta(days=1), saturday - dt.timedelta(days=5)
    (folder / "cases").mkdir(parents=True)
    agents = ["agent_id,name,email,site,grade,weekly_hours,workstreams"]
    pins, time_off = ["agent_id,date,template"], ["agent_id,start,end"]
    for site in SITES:
        agents += [f"{site}-{k},{site.title()} {k},,{site},agent,40,cases" for k in (1, 2, 3)]
        pins += [f"{site}-1,{saturday},N22", f"{site}-2,{sunday},D08"]
        time_off.append(f"{site}-3,{sunday},{sunday}")
    end = dt.datetime.combine(monday, dt.time(), dt.UTC)
    cases = ["interval_start,workstream,region,volume,aht_minutes"]
    for back in range(4 * 168, 0, -1):
        start = end - dt.timedelta(hours=back)
        cases += [
            f"{start:%Y-%m-%dT%H:%MZ},cases,{region},{1 + start.hour // 8},20"
            for region in SITES.values()
        ]
    files = {"agents": agents, "pins": pins, "time_off": time_off, "cases/counts": cases}
    for name, lines in files.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "staffing.toml").write_text(SETTINGS, encoding="utf-8")
    return folder


@pytest.fixture(scope="module", params=WEEKS)
def week(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Week:
    saturday = clock.parse_week(request.param) + dt.timedelta(days=5)
    team = write_workspace(tmp_path_factory.mktemp(request.param) / "team", saturday)
    workspace = pipeline.read_workspace(team)
    build = pipeline.build_week(workspace, request.param, pipeline.Budget(seconds=2, seed=1))
    folder = pipeline.write_build(team, build)
    return Week(workspace, build, folder, saturday, WEEKS[request.param])


@pytest.fixture(params=SITES)
def site(request: pytest.FixtureRequest) -> str:
    return request.param


def stamps(week: Week, duty: Duty) -> tuple[str, str]:
    horizon = week.build.problem.horizon
    return f"{horizon.at(duty.start):%Y-%m-%dT%H:%M}", f"{horizon.at(duty.end):%Y-%m-%dT%H:%M}"


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_audit_is_clean_with_and_without_the_solver_s_allocation(week: Week):
    assert week.build.bill.must_violations == ()
    audited = pipeline.audit_roster(week.workspace, week.build.problem, week.folder / "roster.csv")
    assert audited.is_clean
    assert audited.bill.objective <= week.build.solution.objective


def test_a_night_lasts_as_long_as_it_is(week: Week, site: str):
    night, expected = week.duty(f"{site}-1", week.saturday), week.expected[site]
    assert night.template == "N22"
    assert stamps(week, night) == expected.night
    assert night.paid_minutes == expected.hours * 60
    assert night.night_minutes == expected.night_minutes


def test_a_sunday_s_duty_follows_the_new_clock(week: Week, site: str):
    duty, expected = week.duty(f"{site}-2", week.sunday), week.expected[site]
    assert stamps(week, duty) == expected.sunday
    assert duty.paid_minutes == 420  # 8 h less the break
    assert duty.break_start == duty.start + 240


def test_a_night_covers_its_true_hours(week: Week, site: str):
    night, expected = week.duty(f"{site}-1", week.saturday), week.expected[site]
    hours = tuple(range(expected.first_interval, expected.first_interval + expected.hours))
    horizon = week.build.problem.horizon
    assert night.whole_intervals(horizon) == hours
    assert capacity_minutes(night, horizon, 0.25) == tuple((t, 45) for t in hours)  # 60 × 0.75


def test_the_audit_counts_the_three_nights_hour_by_hour(week: Week):
    held = {f"{site}-1": (week.duty(f"{site}-1", week.saturday),) for site in SITES}
    expected = [0] * 168
    for line in week.expected.values():
        for t in range(line.first_interval, line.first_interval + line.hours):
            expected[t] += 45
    assert pool_minutes(week.build.problem, Roster(duties=held)) == {"cases": expected}


def test_the_rest_over_the_change_is_measured_in_true_hours(week: Week, site: str, tmp_path: Path):
    # 23:00 to 10:00 is 11 h on the wall: the 10 h of Dublin's spring are an hour too few.
    path = tmp_path / "by_hand.csv"
    path.write_text(
        f"agent_id,date,template\n{site}-3,{week.saturday},L15\n{site}-3,{week.sunday},M10\n",
        encoding="utf-8",
    )
    bill = pipeline.audit_roster(week.workspace, week.build.problem, path).bill
    found = [line for line in bill.violations if line.rule == "min_rest"]
    rest = week.expected[site].rest_minutes
    assert [(line.measured, line.amount) for line in found] == [(600, 60)] * (rest < 660)
    assert all(line.end - line.start == rest for line in found)


def test_a_day_off_has_as_many_hours_as_the_day(week: Week, site: str):
    ((start, end),) = week.build.problem.absences[f"{site}-3"]
    assert end - start == week.expected[site].sunday_minutes
    assert all(duty.date != week.sunday for duty in week.build.solution.roster.of(f"{site}-3"))


def test_pay_is_the_sum_of_true_minutes(week: Week):
    rows = rows_of(week.folder / "roster.csv")
    (pay,) = [term for term in week.build.bill.terms if term.name == "pay"]
    assert sum(int(row["paid_minutes"]) for row in rows) == pay.amount
    usual = {"D08": 420, "M10": 480, "L15": 480, "N22": 480}
    changed = [row for row in rows if int(row["paid_minutes"]) != usual[row["template"]]]
    assert {(row["site"], row["date"], row["template"]) for row in changed} == {
        (site, f"{week.saturday}", "N22") for site, line in week.expected.items() if line.hours != 8
    }


def test_the_roster_file_shows_both_clocks(week: Week, site: str):
    (row,) = [
        row
        for row in rows_of(week.folder / "roster.csv")
        if (row["agent_id"], row["date"]) == (f"{site}-1", f"{week.saturday}")
    ]
    assert row["start_local"] == f"{week.saturday}T22:00"
    assert row["end_local"] == f"{week.sunday}T06:00"
    start, end = week.expected[site].night
    assert (row["start_utc"], row["end_utc"]) == (f"{start}Z", f"{end}Z")


def test_the_export_has_stamps_offsets_and_minutes_right(week: Week, site: str, tmp_path: Path):
    path = tmp_path / "generic.csv"
    write_export(path, week.build.problem, week.build.solution.roster, read_profile("generic"))
    rows = {(row["agent_id"], row["start_local"]): row for row in rows_of(path)}
    expected = week.expected[site]
    night = rows[f"{site}-1", f"{week.saturday}T22:00:00"]
    assert night["start_utc"] == f"{expected.night[0]}:00Z"
    assert night["end_utc"] == f"{expected.night[1]}:00Z"
    assert night["utc_offset"] == f"UTC{expected.night_offset}"
    assert night["paid_minutes"] == str(expected.hours * 60)
    day = rows[f"{site}-2", f"{week.sunday}T08:00:00"]
    assert day["start_utc"] == f"{expected.sunday[0]}:00Z"
    assert day["end_utc"] == f"{expected.sunday[1]}:00Z"
    assert day["utc_offset"] == f"UTC{expected.sunday_offset}"
