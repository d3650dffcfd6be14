from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from staffing.domain.errors import Fault
from staffing.domain.work import CalendarEvent, OpenCase
from staffing.ingest.context import Context
from staffing.ingest.work import read_backlog, read_events


def backlog(folder: Path, context: Context, rows: str) -> tuple[tuple[OpenCase, ...], list[Fault]]:
    path = folder / "backlog.csv"
    path.write_text("case_id,workstream,region,opened_at,handle_minutes\n" + rows, encoding="utf-8")
    faults: list[Fault] = []
    return read_backlog(path, context, faults), faults


def events(
    folder: Path, context: Context, rows: str
) -> tuple[tuple[CalendarEvent, ...], list[Fault]]:
    path = folder / "events.csv"
    path.write_text("name,kind,start,end,workstream,region\n" + rows, encoding="utf-8")
    faults: list[Fault] = []
    return read_events(path, context, faults), faults


def test_backlog(tmp_path: Path, context: Context) -> None:
    rows = "c1,harms,EMEA,2026-11-29T23:30+01:00,12.5\nC1,harms,AMER,2026-11-29T23:30Z,\n"
    found, faults = backlog(tmp_path, context, rows)
    assert faults == []
    assert found[0].opened_at == dt.datetime(2026, 11, 29, 22, 30, tzinfo=dt.UTC)
    assert [case.handle_minutes for case in found] == [12.5, None]


def test_naive_stamps_need_the_zone_of_the_cases(tmp_path: Path, context: Context) -> None:
    row = "c1,harms,EMEA,2026-07-01 01:30,\n"
    assert "no time zone" in backlog(tmp_path, context, row)[1][0].message
    found, faults = backlog(tmp_path, replace(context, case_time_zone="Europe/Dublin"), row)
    assert faults == []
    assert found[0].opened_at == dt.datetime(2026, 7, 1, 0, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("rows", "row", "column", "part"),
    [
        ("c1,harm,EMEA,2026-11-29T23:30Z,", 2, "workstream", "Did you mean 'harms'?"),
        ("c1,harms,emea,2026-11-29T23:30Z,", 2, "region", "Did you mean 'EMEA'?"),
        ("c1,harms,EMEA,29/11/2026 23:30,", 2, "opened_at", "Day and month"),
        ("c1,harms,EMEA,2026-11-29T23:30 CST,", 2, "opened_at", "abbreviation"),
        ("c1,harms,EMEA,2026-11-29T23:30Z,0", 2, "handle_minutes", "above 0"),
        ("c1,harms,EMEA,2026-11-29T23:30Z,NaN", 2, "handle_minutes", "not a number"),
        (
            "c1,harms,EMEA,2026-11-29T23:30Z,\nc1,harms,AMER,2026-11-29T23:30Z,",
            3,
            "case_id",
            "repeats row 2",
        ),
    ],
)
def test_faulty_backlog(
    tmp_path: Path, context: Context, rows: str, row: int, column: str, part: str
) -> None:
    _, faults = backlog(tmp_path, context, rows + "\n")
    assert [(fault.row, fault.column) for fault in faults] == [(row, column)]
    assert part in faults[0].message


def test_events(tmp_path: Path, context: Context) -> None:
    rows = (
        "v2,launch,2026-11-10,2026-11-12,,EMEA\n"
        "down,outage,2026-11-10T10:00Z,2026-11-10T12:00Z,harms,\n"
        "down,outage,2026-11-10T10:00Z,2026-11-10T12:00Z,escalations,\n"
    )
    found, faults = events(tmp_path, context, rows)
    assert faults == []
    assert found[0] == CalendarEvent(
        name="v2",
        kind="launch",
        start=dt.datetime(2026, 11, 10, tzinfo=dt.UTC),
        end=dt.datetime(2026, 11, 13, tzinfo=dt.UTC),
        region="EMEA",
    )
    assert found[1].end - found[1].start == dt.timedelta(hours=2)


@pytest.mark.parametrize(
    ("rows", "column", "part"),
    [
        ("v2,lunch,2026-11-10,2026-11-12,,", "kind", "Did you mean 'launch'?"),
        ("v2,launch,2026-11-12,2026-11-10,,", "end", "at or before its start"),
        ("v2,launch,2026-11-12T10:00Z,2026-11-12T10:00Z,,", "end", "at or before its start"),
        ("v2,launch,2026-11-12T10:00,2026-11-12,,", "start", "no time zone"),
        (",launch,2026-11-12,2026-11-12,,", "name", "is empty"),
    ],
)
def test_faulty_events(tmp_path: Path, context: Context, rows: str, column: str, part: str) -> None:
    _, faults = events(tmp_path, context, rows + "\n")
    assert [(fault.row, fault.column) for fault in faults] == [(2, column)]
    assert part in faults[0].message
