"""What users get wrong in case files: each is a fault with its place, never a traceback."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from staffing.ingest.cases import read_history
from tests.ingest.histories import COUNTS, EVENTS, Reading, read, write

GOOD = "2026-03-02T10:05:00Z,tickets,EMEA,10"


def only(found: Reading) -> tuple[str, int | None, str | None, str | None, str]:
    """Return the parts of the only fault."""
    (fault,) = found.faults
    return fault.file, fault.row, fault.column, fault.value, fault.message


@pytest.mark.parametrize(
    ("row", "column", "value", "part"),
    [
        ("2026-03-02T24:00Z,tickets,EMEA,1", "opened_at", "2026-03-02T24:00Z", "24:00"),
        ("46083,tickets,EMEA,1", "opened_at", "46083", "Excel"),
        ("02/03/2026 10:00,tickets,EMEA,1", "opened_at", "02/03/2026 10:00", "Day and month"),
        ("2026-03-02T10:00 IST,tickets,EMEA,1", "opened_at", "2026-03-02T10:00 IST", "IST"),
        ("2026-03-02T10:00,tickets,EMEA,1", "opened_at", "2026-03-02T10:00", "case_time_zone"),
        ("2026-02-30T10:00Z,tickets,EMEA,1", "opened_at", "2026-02-30T10:00Z", "does not exist"),
        ("2026-03-02T10:00+17:00,tickets,EMEA,1", "opened_at", "2026-03-02T10:00+17:00", "offset"),
        ("2026-03-02,tickets,EMEA,1", "opened_at", "2026-03-02", "2026-"),
        (",tickets,EMEA,1", "opened_at", None, "blank"),
        ("2026-03-02T10:00Z,ticket,EMEA,1", "workstream", "ticket", "'tickets'"),
        ("2026-03-02T10:00Z,tickets ,EMEA,1", "workstream", "tickets ", "blanks"),
        ("2026-03-02T10:00Z,tickets,emea,1", "region", "emea", "Case matters"),
        ("2026-03-02T10:00Z,tickets,,1", "region", None, "Known: EMEA, AMER"),
        ("2026-03-02T10:00Z,tickets,EMEA,-1", "handle_minutes", "-1", "from 0"),
        ("2026-03-02T10:00Z,tickets,EMEA,NaN", "handle_minutes", "NaN", "not a number"),
        ("2026-03-02T10:00Z,tickets,EMEA,1e9", "handle_minutes", "1e9", "525600"),
        ('2026-03-02T10:00Z,tickets,EMEA,"1,5"', "handle_minutes", "1,5", "decimal comma"),
        ("2026-03-02T10:00Z,tick\0ets,EMEA,1", "workstream", "tick\0ets", "invisible"),
    ],
)
def test_a_wrong_cell(tmp_path: Path, row: str, column: str, value: str | None, part: str):
    write(tmp_path, "cases.csv", EVENTS, GOOD, "", row)
    found = read(tmp_path)
    file, line, *rest, message = only(found)
    assert (file, line, *rest) == (
        f"{tmp_path.name}/cases.csv",
        4,
        column,
        value,
    )  # line 3 is blank
    assert part in message
    assert found.volume() == [1]  # the good row is still read


@pytest.mark.parametrize(
    ("row", "column", "part"),
    [
        ("2026-03-02T11:00Z,tickets,EMEA,-2,5", "volume", "from 0"),
        ("2026-03-02T11:00Z,tickets,EMEA,NaN,5", "volume", "not a number"),
        ("2026-03-02T11:00Z,tickets,EMEA,1.234.567,5", "volume", "housands"),
        ("2026-03-02T11:00Z,tickets,EMEA,2,-5", "aht_minutes", "from 0"),
        ("2026-03-02T11:00:30Z,tickets,EMEA,2,5", "interval_start", "whole minute"),
        ("2026-03-02T10:00Z,tickets,EMEA,2,5", "interval_start", "another row"),
    ],
)
def test_a_wrong_count(tmp_path: Path, row: str, column: str, part: str):
    write(tmp_path, "counts.csv", COUNTS, "2026-03-02T10:00Z,tickets,EMEA,2,5", row)
    fault = read(tmp_path).faults[-1]
    assert (fault.row, fault.column) == (3, column)
    assert part in fault.message


def test_a_mistake_in_every_row_is_shown_ten_times_and_counted(tmp_path: Path):
    rows = [f"2026-03-02T10:{n:02d},tickets,EMEA,1" for n in range(60)]
    write(tmp_path, "cases.csv", EVENTS, *rows)
    faults = read(tmp_path).faults
    assert [fault.row for fault in faults[:-1]] == list(range(2, 12))
    assert "50 more rows" in faults[-1].message


def test_all_mistakes_of_a_row_are_told(tmp_path: Path):
    write(tmp_path, "cases.csv", EVENTS, "yesterday,ticket,EMAE,ten")
    columns = {fault.column for fault in read(tmp_path).faults}
    assert columns == {"opened_at", "workstream", "region", "handle_minutes"}


def test_lines_are_counted_through_quoted_line_breaks_and_broken_lines(tmp_path: Path):
    rows = [
        '2026-03-02T10:00Z,"tick\nets",EMEA,1',
        "2026-03-02T10:00Z,tickets,EMEA,1,2",
        "x,tickets,EMEA,1",
    ]
    write(tmp_path, "cases.csv", EVENTS, *rows)
    faults = {fault.column: fault for fault in read(tmp_path).faults}
    assert faults["workstream"].row == 2
    assert faults[None].row == 4  # five cells
    assert faults["opened_at"].row == 5


@pytest.mark.parametrize(
    ("header", "column", "part"),
    [
        ("opened_at,workstrem,region,handle_minutes", "workstrem", "'workstream'"),
        ("opened_at,workstream,region", "handle_minutes", "missing"),
        ("opened_at,workstream,region,region,handle_minutes", "region", "2 times"),
        ("opened_at,workstream,,region,handle_minutes", "", "no name"),
        ("interval_start,workstream,region,aht_minutes", "volume", "missing"),
        ("opened_at,workstream,region,handle_minutes,volume", "opened_at", "Unknown"),
    ],
)
def test_a_wrong_header(tmp_path: Path, header: str, column: str, part: str):
    write(tmp_path, "cases.csv", header, GOOD)
    fault = next(fault for fault in read(tmp_path).faults if fault.column == column)
    assert fault.row == 1
    assert part in fault.message


@pytest.mark.parametrize(
    ("name", "content", "part"),
    [
        ("cases.csv", b"", "empty"),
        ("cases.csv", b"\xef\xbb\xbf\r\n", "empty"),
        ("cases.csv", f"{EVENTS}\n".encode(), "no row"),
        ("cases.csv", f"{EVENTS}\n{GOOD}\n".encode("utf-16"), "UTF-16"),
        ("cases.csv", f"{EVENTS}\n{GOOD}\n".encode("utf-16-le"), "NUL"),
        ("cases.csv", f"{EVENTS}\n{GOOD}\n2026-03-02T10:00Z,caf\u00e9,EMEA,1\n".encode("latin-1"), "UTF-8"),
        ("cases.csv", f"caf\u00e9,{EVENTS}\n".encode("latin-1"), "UTF-8"),
        ("cases.csv", f'{EVENTS}\n{GOOD}\n2026-03-02T10:00Z,"tickets,EMEA,1\n'.encode(), "quote"),
        ("cases.csv", f"{EVENTS}\n{GOOD}\r\n{GOOD}\n".encode(), "line end"),
        ("cases.csv", f"{EVENTS}\n{'x' * 3_000_000}\n".encode(), "line size"),
        ("cases.csv.gz", gzip.compress(f"{EVENTS}\n{GOOD}\n".encode() * 2000, mtime=0)[:-40], "cannot be read"),
        ("cases.csv.gz", f"{EVENTS}\n{GOOD}\n".encode(), "cannot be read"),
        ("cases.parquet", b"PAR1 no more", "cannot be read"),
    ],
)  # fmt: skip
def test_a_broken_file(tmp_path: Path, name: str, content: bytes, part: str):
    (tmp_path / name).write_bytes(content)
    faults = read(tmp_path).faults
    assert all(fault.file == f"{tmp_path.name}/{name}" for fault in faults)
    assert part in " ".join(fault.message for fault in faults)
    assert str(tmp_path) not in "".join(map(str, faults))


def test_a_folder_where_a_file_is_due(tmp_path: Path):
    (tmp_path / "cases.csv").mkdir()
    assert "folder" in only(read(tmp_path))[-1]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path):
    write(tmp_path, "cases.csv", EVENTS, GOOD).chmod(0)
    assert "cannot be read" in only(read(tmp_path))[-1]


def test_no_folder_and_no_file(tmp_path: Path):
    assert "no such folder" in only(read(tmp_path / "cases"))[-1]
    write(tmp_path, "cases.xlsx", "PK")
    found = read(tmp_path)
    assert "No case file" in only(found)[-1]
    assert "cases.xlsx is not read" in found.warnings[0]
    assert found.table.empty


def test_local_times_that_the_clock_skips(tmp_path: Path):
    rows = ["2026-03-29 00:30,tickets,EMEA,5", "2026-03-29 01:30,tickets,EMEA,5"]
    write(tmp_path, "cases.csv", EVENTS, *rows)
    found = read(tmp_path, time_zone="Europe/Dublin")
    _, row, column, value, message = only(found)
    assert (row, column, value) == (3, "opened_at", "2026-03-29 01:30")
    assert "skip" in message
    assert found.volume() == [1]


def test_a_year_mistyped(tmp_path: Path):
    rows = [f"2026-03-{day:02d}T10:00Z,tickets,EMEA,5" for day in range(1, 29)]
    write(tmp_path, "cases.csv", EVENTS, *rows, "2062-03-02T10:00Z,tickets,EMEA,5")
    found = read(tmp_path)
    assert only(found)[1:4] == (30, "opened_at", "2062-03-02T10:00Z")
    assert found.starts()[1] == "2026-03-28 10:00"


def test_events_and_counts_side_by_side(tmp_path: Path):
    write(tmp_path, "a.csv", EVENTS, GOOD)
    write(tmp_path, "b.csv", COUNTS, "2026-03-02T10:00Z,tickets,EMEA,4,10")
    found = read(tmp_path)
    assert only(found)[0].endswith("b.csv")
    assert found.volume() == [1]


def test_a_copy_of_a_file(tmp_path: Path):
    rows = [f"2026-03-{day:02d}T10:00Z,tickets,EMEA,5" for day in range(1, 29)]
    path = write(tmp_path, "cases.csv", EVENTS, *rows)
    (tmp_path / "cases.csv.gz").write_bytes(gzip.compress(path.read_bytes()))
    assert "repeats 28 intervals" in only(read(tmp_path))[-1]


def test_nothing_but_times_that_do_not_exist(tmp_path: Path):
    write(tmp_path, "cases.csv", EVENTS, "2026-03-29 01:30,tickets,EMEA,5")
    found = read(tmp_path, time_zone="Europe/Dublin")
    assert len(found.faults) == 1
    assert found.table.empty


def test_counts_that_overlap(tmp_path: Path):
    for name, volume in (("a.csv", 4), ("b.csv", 5)):
        write(tmp_path, name, COUNTS, f"2026-03-02T10:00Z,tickets,EMEA,{volume},10")
    assert "repeats 1 interval" in only(read(tmp_path))[-1]


def test_names_that_spell_sql(tmp_path: Path):
    write(tmp_path, "cases.csv", EVENTS, GOOD, '2026-03-02T10:05:00Z,tick\'ets,"EM""EA",10')
    assert [fault.value for fault in read(tmp_path).faults] == ["tick'ets", 'EM"EA']
    table = read_history(
        tmp_path,
        workstreams=["tickets", "tick'ets"],
        regions=["EMEA", 'EM"EA'],
        interval_minutes=60,
        time_zone=None,
        events=(),
        faults=[],
    )
    assert len(table) == 2


@pytest.mark.parametrize(
    ("stamps", "grid", "part"),
    [
        ([f"2026-03-02T{hour}:00Z" for hour in (10, 11, 12)], 30, "per 60 minutes"),
        ([f"2026-03-0{day}T00:00Z" for day in (1, 2, 3)], 60, "per 1440 minutes"),
        ([f"2026-03-02T10:{m:02d}Z" for m in (0, 10, 20, 30)], 15, "15"),
    ],
)
def test_counts_that_do_not_fit_the_grid(tmp_path: Path, stamps: list[str], grid: int, part: str):
    write(tmp_path, "counts.csv", COUNTS, *(f"{stamp},tickets,EMEA,4,10" for stamp in stamps))
    assert part in only(read(tmp_path, interval_minutes=grid))[-1]


def test_a_count_between_the_steps(tmp_path: Path):
    days = [
        f"2026-03-{d:02d}T{h:02d}:00Z,tickets,EMEA,4,10" for d in range(1, 11) for h in range(24)
    ]
    write(tmp_path, "counts.csv", COUNTS, *days, "2026-03-11T10:07Z,tickets,EMEA,4,10")
    assert only(read(tmp_path))[1] == 242
