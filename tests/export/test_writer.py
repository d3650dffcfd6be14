"""Files that a receiver can trust: rules of CSV, totals, nothing overwritten unasked."""

from __future__ import annotations

import csv
import hashlib
import json

import pytest

from staffing.domain.errors import InputError
from staffing.export.profile import read_profile
from staffing.export.writer import write_export

GENERIC = read_profile("generic")


def rows_of(path, encoding="utf-8"):
    with path.open(newline="", encoding=encoding) as file:
        return list(csv.DictReader(file))


def test_one_row_per_duty_with_repeated_keys_filled(tmp_path, problem, roster):
    path = tmp_path / "week ö.csv"
    write_export(path, problem, roster, GENERIC, version=3)
    rows = rows_of(path)
    assert [row["agent_id"] for row in rows] == ["007", "k1", "k1"]
    assert {row["version"] for row in rows} == {"3"}
    assert {row["action"] for row in rows} == {"add"}
    night, first, _ = rows
    assert night["start_utc"] == "2026-10-24T21:00:00Z"
    assert night["start_local"] == "2026-10-24T22:00:00"
    assert night["workstreams"] == "legal|harms"
    # 08:00 in Kolkata is 02:30Z; 8.5 h less half an hour are 480 paid minutes
    assert first["start_utc"] == "2026-10-19T02:30:00Z"
    assert (first["paid_minutes"], first["unpaid_break_minutes"]) == ("480", "30")
    assert first["utc_offset"] == "UTC+05:30"
    assert first["name"] == "Asha\nRao"


def test_no_cell_starts_a_formula(tmp_path, problem, roster):
    path = tmp_path / "week.csv"
    write_export(path, problem, roster, GENERIC)
    rows = rows_of(path)
    assert rows[0]["name"] == '\'=HYPERLINK("x"), Zoë'
    assert not [c for row in rows for c in row.values() if c.startswith(("=", "+", "-", "@", "\t"))]


def test_totals_match_the_file(tmp_path, problem, roster):
    path = tmp_path / "week.csv"
    totals = write_export(path, problem, roster, GENERIC)
    side = json.loads((tmp_path / "week.csv.totals.json").read_text(encoding="utf-8"))
    # 540 + 480 + 480 minutes are 25 hours
    assert (side["rows"], side["hours"]) == (3, 25.0)
    assert side["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest() == totals.sha256


def test_byte_order_mark_and_line_ends_are_options(tmp_path, problem, roster):
    write_export(tmp_path / "a.csv", problem, roster, GENERIC)
    write_export(tmp_path / "b.csv", problem, roster, GENERIC, bom=True, crlf=True)
    plain, excel = ((tmp_path / name).read_bytes() for name in ("a.csv", "b.csv"))
    assert b"\r" not in plain
    assert not plain.startswith(b"\xef\xbb\xbf")
    assert excel.startswith(b"\xef\xbb\xbfduty_id")
    assert excel.endswith(b"\r\n")
    assert rows_of(tmp_path / "b.csv", "utf-8-sig") == rows_of(tmp_path / "a.csv")


def test_the_same_roster_gives_the_same_bytes(tmp_path, problem, roster):
    first = write_export(tmp_path / "a.csv", problem, roster, GENERIC)
    second = write_export(tmp_path / "b.csv", problem, roster, GENERIC)
    assert first.sha256 == second.sha256


def test_nothing_is_overwritten_unasked(tmp_path, problem, roster):
    path = tmp_path / "week.csv"
    path.write_text("precious", encoding="utf-8")
    with pytest.raises(InputError, match="exists already"):
        write_export(path, problem, roster, GENERIC)
    assert path.read_text(encoding="utf-8") == "precious"
    write_export(path, problem, roster, GENERIC, overwrite=True)
    assert len(rows_of(path)) == 3


@pytest.mark.parametrize("place", ["missing/week.csv", "file/week.csv"])
def test_a_place_that_cannot_be_written_is_named(tmp_path, problem, roster, place):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match=r"week\.csv: cannot be written"):
        write_export(tmp_path / place, problem, roster, GENERIC)
    assert [p.name for p in tmp_path.iterdir()] == ["file"]
