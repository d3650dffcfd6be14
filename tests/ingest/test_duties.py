from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from staffing.domain.clock import Horizon
from staffing.domain.errors import Fault
from staffing.domain.roster import DutyRow
from staffing.domain.shifts import ShiftTemplate, duty_on
from staffing.ingest.context import Context
from staffing.ingest.duties import read_duties, to_roster

FULL = "agent_id,date,template,start_local,end_local,break_start_local,break_minutes"


def read(
    folder: Path, context: Context, rows: str, header: str = FULL
) -> tuple[tuple[DutyRow, ...], list[Fault]]:
    path = folder / "roster.csv"
    path.write_text(f"{header}\n{rows}\n", encoding="utf-8")
    faults: list[Fault] = []
    return read_duties(path, context, faults), faults


def utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)  # type: ignore[misc,arg-type]


def test_by_template(tmp_path: Path, context: Context) -> None:
    rows, faults = read(tmp_path, context, "003,2026-12-01,D08", "agent_id,date,template")
    assert faults == []
    assert rows == (
        DutyRow(
            agent_id="003",
            site="seattle",
            date=dt.date(2026, 12, 1),
            template="D08",
            start=utc(2026, 12, 1, 16),  # 08:00 at −08:00
            end=utc(2026, 12, 2, 0, 30),
            break_start=utc(2026, 12, 1, 20),
            break_minutes=30,
            requires=("harms",),
            row=2,
        ),
    )


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("agent_id,start_local,end_local", "001,2026-12-01 22:00,2026-12-02 07:00"),
        ("agent_id,date,start_local,end_local", "001,2026-12-01,22:00,07:00"),
        ("agent_id,start_local,end_local", "001,2026-12-01T22:00:00,07:00"),
        ("agent_id,start_local,end_local", "001,2026-12-01 22:00+00:00,07:00Z"),
    ],
)
def test_by_hand(tmp_path: Path, context: Context, header: str, row: str) -> None:
    rows, faults = read(tmp_path, context, row, header)
    assert faults == []
    assert (rows[0].date, rows[0].start, rows[0].end, rows[0].template) == (
        dt.date(2026, 12, 1),
        utc(2026, 12, 1, 22),
        utc(2026, 12, 2, 7),
        "",
    )


def test_a_break_by_hand_after_midnight(tmp_path: Path, context: Context) -> None:
    rows, _ = read(tmp_path, context, "001,2026-12-01,,22:00,07:00,01:00,45")
    assert (rows[0].break_start, rows[0].break_minutes) == (utc(2026, 12, 2, 1), 45)


def test_what_was_written_is_read_back_on_days_of_clock_change(
    tmp_path: Path, context: Context
) -> None:
    # N22 of 24 October 2026 in Dublin: 21:00 UTC to 06:00 UTC, nine hours.
    header = f"{FULL},site,time_zone,start_utc,end_utc,paid_minutes,name"
    row = (
        "001,2026-10-24,N22,2026-10-24T22:00,2026-10-25T06:00,,0,dublin,Europe/Dublin,"
        "2026-10-24T21:00Z,2026-10-25T06:00Z,540,Ann"
    )
    rows, faults = read(tmp_path, context, row, header)
    assert faults == []
    assert (rows[0].start, rows[0].end) == (utc(2026, 10, 24, 21), utc(2026, 10, 25, 6))


def test_utc_or_an_offset_tells_a_time_that_happens_twice(tmp_path: Path, context: Context) -> None:
    header = "agent_id,start_local,end_local,start_utc"
    late = "001,2026-10-25 01:30,09:00,2026-10-25T01:30Z"
    early = "002,2026-10-25 01:30+01:00,09:00,"
    rows, faults = read(tmp_path, context, f"{late}\n{early}", header)
    assert faults == []
    assert [row.start for row in rows] == [utc(2026, 10, 25, 1, 30), utc(2026, 10, 25, 0, 30)]


def test_somebody_who_moved_keeps_the_duties_of_the_old_site(
    tmp_path: Path, context: Context
) -> None:
    rows, _ = read(tmp_path, context, "003,2026-12-01,N22,dublin", "agent_id,date,template,site")
    assert (rows[0].site, rows[0].start) == ("dublin", utc(2026, 12, 1, 22))


@pytest.mark.parametrize(
    ("row", "column", "part"),
    [
        ("001,2026-12-01,,,,,", "start_local", "Neither template nor time"),
        ("001,2026-12-01,,08:00,,,", "end_local", "Neither template nor time"),
        ("001,,D08,,,,", "date", "date is missing"),
        ("001,,,08:00,16:00,,", "date", "date is missing"),
        ("001,2026-12-01,D8,,,,", "template", "Did you mean 'D08'?"),
        ("003,2026-12-01,N22,,,,", "template", "seattle does not use"),
        ("001,2026-12-01,D08,09:00,,,", "start_local", "It is 2026-12-01 08:00 in Europe/Dublin"),
        ("001,2026-12-01,D08,,2026-12-02 16:30,,", "end_local", "It is 2026-12-01 16:30"),
        ("001,2026-12-01,D08,,,13:00,", "break_start_local", "It is 2026-12-01 12:00"),
        ("001,2026-12-01,N22,,,01:00,", "break_start_local", "It is no break"),
        ("001,2026-12-01,D08,,,,45", "break_minutes", "It is 30"),
        ("001,2026-12-01,,2026-12-02 08:00,16:00,,", "date", "starts on 2026-12-02"),
        ("001,2026-12-01,,08:00,2026-12-01 08:00,,", "end_local", "at or before its start"),
        ("001,2026-12-01,,08:00,2026-12-03 08:00,,", "end_local", "longer than 24 hours"),
        ("001,2026-12-01,,08:00,24:00,,", "end_local", "00:00 of the next day"),
        ("001,2026-12-01,,08:00,16:00,12:00,", "break_minutes", "its start and its minutes"),
        ("001,2026-12-01,,08:00,16:00,,30", "break_start_local", "its start and its minutes"),
        ("001,2026-12-01,,08:00,16:00,15:45,30", "break_start_local", "inside the duty"),
        ("001,2026-10-25,,01:30,09:00,,", "start_local", "happens twice"),
        ("001,2026-03-29,,01:30,09:00,,", "start_local", "does not exist"),
    ],
)
def test_faults(tmp_path: Path, context: Context, row: str, column: str, part: str) -> None:
    rows, faults = read(tmp_path, context, row)
    assert rows == ()
    assert [(fault.row, fault.column) for fault in faults] == [(2, column)]
    assert part in faults[0].message


@pytest.mark.parametrize(
    ("column", "value", "part"),
    [
        ("time_zone", "Europe/London", "It is Europe/Dublin"),
        ("time_zone", "GMT", "IANA"),
        ("start_utc", "2026-12-01T07:00Z", "It is 2026-12-01T08:00Z"),
        ("end_utc", "2026-12-01T16:30", "no time zone"),
        ("paid_minutes", "510", "It is 480"),
        ("site", "dublni", "Did you mean 'dublin'?"),
    ],
)
def test_whatever_else_is_written_must_agree(
    tmp_path: Path, context: Context, column: str, value: str, part: str
) -> None:
    header = f"agent_id,date,template,{column}"
    _, faults = read(tmp_path, context, f"001,2026-12-01,D08,{value}", header)
    assert [(fault.column, fault.value) for fault in faults] == [(column, value)]
    assert part in faults[0].message


def test_repeats_and_formula_ids(tmp_path: Path, context: Context) -> None:
    rows, faults = read(tmp_path, context, "001,2026-12-01,D08,,,,\n'001,2026-12-01,D08,,,,")
    assert len(rows) == 1
    assert "repeats row 2" in faults[0].message


def test_to_roster(tmp_path: Path, context: Context) -> None:
    horizon = Horizon.of_week("2026-W49")
    sites = list(context.sites.values())
    templates: list[ShiftTemplate] = list(context.templates.values())
    rows, _ = read(
        tmp_path, context, "001,2026-12-01,D08,,,,\n001,2026-11-29,,22:00,07:00,01:00,45"
    )
    roster = to_roster(rows, horizon, sites, templates)
    typed, template = roster.of("001")
    assert template == duty_on(horizon, sites[0], templates[0], dt.date(2026, 12, 1))
    # Sunday 22:00 is two hours before the horizon; 23:00 to 06:00 is night.
    assert (typed.start, typed.end, typed.break_start) == (-120, 420, 60)
    assert (typed.start_local, typed.night_minutes, typed.paid_minutes) == (1320, 420, 495)
