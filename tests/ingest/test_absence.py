from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from staffing.domain.errors import Fault
from staffing.domain.people import TimeOff
from staffing.ingest.absence import read_time_off
from staffing.ingest.context import Context


def read(
    folder: Path, context: Context, rows: str
) -> tuple[tuple[TimeOff, ...], list[Fault], list[str]]:
    path = folder / "time_off.csv"
    path.write_text("agent_id,start,end\n" + rows, encoding="utf-8")
    faults: list[Fault] = []
    warnings: list[str] = []
    return read_time_off(path, context, faults, warnings), faults, warnings


def test_dates_are_local_days_both_inclusive(tmp_path: Path, context: Context) -> None:
    # Dublin leaves summer time on 25 October 2026: the two local days last 49 hours.
    found, faults, _ = read(tmp_path, context, "001,2026-10-24,2026-10-25\n")
    assert faults == []
    assert found[0].start == dt.datetime(2026, 10, 23, 23, tzinfo=dt.UTC)
    assert found[0].end - found[0].start == dt.timedelta(hours=49)


def test_stamps_are_half_open_and_may_cross_midnight(tmp_path: Path, context: Context) -> None:
    found, _, _ = read(tmp_path, context, "003,2026-12-01T20:00-08:00,2026-12-02T04:00-08:00\n")
    assert found[0].start == dt.datetime(2026, 12, 2, 4, tzinfo=dt.UTC)
    assert found[0].end == dt.datetime(2026, 12, 2, 12, tzinfo=dt.UTC)


def test_overlaps_are_merged_with_a_warning(tmp_path: Path, context: Context) -> None:
    rows = "001,2026-12-03,2026-12-05\n001,2026-12-01,2026-12-03\n001,2026-12-06,2026-12-06\n"
    found, faults, warnings = read(tmp_path, context, rows)
    assert faults == []
    assert [(off.start.day, off.end.day) for off in found] == [(1, 7)]
    assert warnings == [
        "time_off.csv, row 2, column start, value '2026-12-03': "
        "This overlaps row 3; the two are taken together."
    ]


def test_another_agent_does_not_overlap(tmp_path: Path, context: Context) -> None:
    found, _, warnings = read(
        tmp_path, context, "001,2026-12-01,2026-12-02\n002,2026-12-01,2026-12-02\n"
    )
    assert len(found) == 2
    assert warnings == []


@pytest.mark.parametrize(
    ("row", "column", "part"),
    [
        ("004,2026-12-01,2026-12-02", "agent_id", "Did you mean"),
        ("001,2026-12-03,2026-12-01", "end", "before the start"),
        ("001,2026-12-01T07:00Z,2026-12-01T07:00Z", "end", "same moment"),
        ("001,2026-12-01,2026-12-01T07:00Z", "end", "both be dates"),
        ("001,2026-12-01T07:00,2026-12-02", "start", "no time zone"),
    ],
)
def test_faults(tmp_path: Path, context: Context, row: str, column: str, part: str) -> None:
    found, faults, _ = read(tmp_path, context, row + "\n")
    assert found == ()
    assert [(fault.row, fault.column) for fault in faults] == [(2, column)]
    assert part in faults[0].message


def test_nothing_is_said_of_people_whose_file_is_broken(tmp_path: Path) -> None:
    assert read(tmp_path, Context(), "who,2026-12-01,2026-12-02\n") == ((), [], [])
