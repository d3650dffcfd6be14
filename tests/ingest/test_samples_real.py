"""Workspaces of real series: written, read without a fault, gaps told from zeros."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.real_input import WEEKS, write_real_workspace
from staffing.domain import clock
from staffing.ingest.cases import read_history

SERIES = Path(__file__).parents[3] / "shared" / "series"
pytestmark = pytest.mark.skipif(not SERIES.is_dir(), reason=f"the real series are not at {SERIES}")

WORKSTREAMS = {
    "events": ("WORLD", ["infra_release", "deployment", "services", "libs_other"]),
    "counts": ("AMER", ["urgent", "follow_up", "reports"]),
}


@pytest.mark.parametrize("kind", sorted(WEEKS))
@pytest.mark.parametrize("which", [0, 1])
def test_a_real_history_ends_where_the_week_begins(tmp_path: Path, kind: str, which: int):
    week = WEEKS[kind][which]
    write_real_workspace(tmp_path / "team", SERIES, kind, week)
    region, workstreams = WORKSTREAMS[kind]
    faults, warnings = [], []
    table = read_history(
        tmp_path / "team" / "cases",
        workstreams=workstreams,
        regions=[region],
        interval_minutes=60,
        time_zone="America/Chicago" if kind == "counts" else None,
        events=(),
        faults=faults,
        warnings=warnings,
    )
    assert faults == []
    last = table["interval_start"].max().to_pydatetime()
    assert last.date() < clock.parse_week(week)
    assert (clock.parse_week(week) - last.date()).days == 1
    unknown = table["volume"].isna().groupby(table["workstream"]).sum()
    # Events: the 24 hours of 20 October 2020 without a single change. Counts: two hours of each of four autumns.
    assert set(unknown) == ({24} if kind == "events" else {8})
    assert len(warnings) == (kind == "events")
    assert table["volume"].sum() > 50_000


@pytest.mark.parametrize(
    ("week", "dublin", "seattle"),
    [
        ("2021-W43", True, False),
        ("2021-W44", False, True),
        ("2017-W43", True, False),
        ("2017-W44", False, True),
    ],
)
def test_in_each_week_the_clocks_change_in_one_place_only(week: str, dublin: bool, seattle: bool):
    horizon = clock.Horizon.of_week(week)
    for zone, changes in (("Europe/Dublin", dublin), ("America/Los_Angeles", seattle)):
        lengths = {
            (end - start).total_seconds() / 3600
            for start, end in (clock.local_day(date, zone) for date in horizon.dates)
        }
        assert (lengths == {24, 25}) is changes
