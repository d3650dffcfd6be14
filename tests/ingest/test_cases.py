"""Events and interval counts to the UTC grid, from every kind of file."""

from __future__ import annotations

import gzip
import math
from pathlib import Path

import duckdb
import pytest

from tests.ingest.histories import COUNTS, EVENTS, read, write

ROWS = (
    "2026-03-02T10:05:00Z,tickets,EMEA,10",
    "2026-03-02T10:55:00Z,tickets,EMEA,20",
    "2026-03-02T12:30:00+01:00,urgent,AMER,",
    "2026-03-02 12:00:00 UTC,tickets,EMEA,6",
)


def test_events_add_up_per_series_and_hour(tmp_path: Path):
    write(tmp_path, "cases.csv", EVENTS, *ROWS)
    found = read(tmp_path)
    assert found.faults == []
    assert found.starts() == ["2026-03-02 10:00", "2026-03-02 12:00"]
    assert found.volume() == [2, 0, 1]
    assert found.aht()[0::2] == [15, 6]  # (10 + 20) / 2
    assert math.isnan(found.aht()[1])
    assert found.volume("urgent", "AMER") == [0, 1, 0]  # 12:30 at +01:00 is 11:30 UTC
    assert str(found.table["interval_start"].dtype) == "datetime64[us, UTC]"


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("name", ["cases.csv", "café [1].tsv", "it's *.csv.gz"])
def test_any_delimiter_name_and_compression(tmp_path: Path, sign: str, name: str):
    path = write(tmp_path, name, *(line.replace(",", sign) for line in (EVENTS, *ROWS)))
    if name.endswith(".gz"):
        path.write_bytes(gzip.compress(path.read_bytes()))
    found = read(tmp_path)
    assert found.faults == []
    assert found.volume() == [2, 0, 1]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_byte_order_mark_line_ends_and_quotes(tmp_path: Path, end: str):
    lines = [EVENTS, '"2026-03-02T10:05:00Z","tickets",EMEA,"10"', "", ROWS[3]]
    (tmp_path / "cases.csv").write_bytes(end.join(lines).encode("utf-8-sig"))
    assert read(tmp_path).volume() == [1, 0, 1]


def test_several_files_are_one_history(tmp_path: Path):
    write(tmp_path, "cases-1.csv", EVENTS, *ROWS[:2])
    write(
        tmp_path, "cases-2.tsv", EVENTS.replace(",", ";"), *(r.replace(",", ";") for r in ROWS[2:])
    )
    assert read(tmp_path).volume() == [2, 0, 1]


@pytest.mark.parametrize(
    "stamp",
    [
        "opened_at",
        "CAST(opened_at AS TIMESTAMP)",
        "CAST(opened_at AS TIMESTAMP_NS)",
        "to_timestamp(epoch(CAST(opened_at AS TIMESTAMP)))",
    ],
)
def test_parquet_with_text_or_its_own_types(tmp_path: Path, stamp: str):
    path = write(tmp_path, "source", EVENTS, *ROWS[:2], ROWS[3].replace(" UTC", "Z"))
    with duckdb.connect() as connection:
        connection.execute(
            f"""COPY (SELECT {stamp} AS opened_at, workstream, region, handle_minutes
            FROM read_csv('{path}', types = {{'opened_at': 'VARCHAR'}}))
            TO '{tmp_path / "cases.parquet"}' (FORMAT parquet)"""
        )
    path.unlink()
    found = read(tmp_path, time_zone="UTC" if "CAST(opened_at AS TIMESTAMP" in stamp else None)
    assert found.faults == []
    assert found.volume() == [2, 0, 1]
    assert found.aht()[0] == 15


def test_the_order_of_rows_changes_no_digit(tmp_path: Path):
    # 0.1 + 0.2 + 0.3 added in another order differs in the last bit; thousandths do not.
    rows = [f"2026-03-02T10:05:00Z,tickets,EMEA,{minutes}" for minutes in (0.1, 0.2, 0.3, 0.7)]
    write(tmp_path, "cases.csv", EVENTS, *rows)
    once = read(tmp_path).aht()
    write(tmp_path, "cases.csv", EVENTS, *reversed(rows))
    assert read(tmp_path).aht() == once == [0.325]


def test_the_grid_may_be_finer(tmp_path: Path):
    write(tmp_path, "cases.csv", EVENTS, *ROWS)
    found = read(tmp_path, interval_minutes=15)
    assert found.starts() == ["2026-03-02 10:00", "2026-03-02 12:00"]
    assert found.volume() == [1, 0, 0, 1, 0, 0, 0, 0, 1]


def test_local_stamps_through_the_change_of_clocks(tmp_path: Path):
    # Dublin, 25 October 2026: 01:00 to 02:00 happens twice. 00:30 is 23:30 UTC, 02:30 is 02:30 UTC.
    local = ["2026-10-25 00:30,tickets,EMEA,5", "2026-10-25T02:30:00,tickets,EMEA,5"]
    write(tmp_path, "cases.csv", EVENTS, *local, "2026-10-25 01:30,tickets,EMEA,5")
    found = read(tmp_path, time_zone="Europe/Dublin")
    assert found.faults == []
    assert found.starts() == ["2026-10-24 23:00", "2026-10-25 02:00"]
    volume = found.volume()
    assert volume[0] == volume[3] == 1
    assert all(math.isnan(hour) for hour in volume[1:3])  # 00:00 and 01:00 UTC show the same clock


def test_half_hour_zones_need_no_half_hour_grid_for_stamps(tmp_path: Path):
    write(tmp_path, "cases.csv", EVENTS, "2026-03-02 10:20,tickets,EMEA,5")  # 04:50 UTC
    assert read(tmp_path, time_zone="Asia/Kolkata").starts() == ["2026-03-02 04:00"] * 2


def test_counts_keep_zeros_and_unknowns_apart(tmp_path: Path):
    rows = [
        "2026-03-02T10:00Z,tickets,EMEA,4,10",
        "2026-03-02T11:00Z,tickets,EMEA,0,",
        "2026-03-02T13:00Z,tickets,EMEA,,",
        "2026-03-02T14:00Z,tickets,EMEA,2.5,30",
    ]
    write(tmp_path, "counts.csv", COUNTS, *rows)
    found = read(tmp_path)
    assert found.faults == []
    assert found.volume()[:2] == [4, 0]
    assert all(math.isnan(hour) for hour in found.volume()[2:4])  # no row, and a blank volume
    assert found.volume()[4] == 2.5


def test_counts_that_leave_zeros_out(tmp_path: Path):
    rows = [f"2026-03-02T{hour}:00Z,tickets,EMEA,4,10" for hour in (10, 11, 14)]
    write(tmp_path, "counts.csv", COUNTS, *rows)
    assert read(tmp_path).volume() == [4, 4, 0, 0, 4]


def test_finer_counts_add_up_and_an_hour_with_a_quarter_missing_is_unknown(tmp_path: Path):
    quarters = [(10, m) for m in (0, 15, 30, 45)] + [(11, m) for m in (0, 15, 45)]
    rows = [f"2026-03-02T{h}:{m:02d}Z,tickets,EMEA,{m // 15},{10 * (m + 1)}" for h, m in quarters]
    write(tmp_path, "counts.csv", COUNTS, *rows)
    found = read(tmp_path)
    assert found.volume()[0] == 0 + 1 + 2 + 3
    assert found.aht()[0] == (1 * 160 + 2 * 310 + 3 * 460) / 6
    assert math.isnan(found.volume()[1])


def test_local_counts_in_an_hour_that_happens_twice_are_no_repeats(tmp_path: Path):
    rows = [f"2026-10-25 {hour:02d}:00,tickets,EMEA,{n},5" for n, hour in enumerate((0, 1, 1, 2))]
    write(tmp_path, "counts.csv", COUNTS, *rows)
    found = read(tmp_path, time_zone="Europe/Dublin")
    assert found.faults == []
    assert found.volume()[0::3] == [0, 3]
    assert all(math.isnan(hour) for hour in found.volume()[1:3])


def test_a_series_without_a_row_is_not_there(tmp_path: Path):
    write(tmp_path, "cases.csv", EVENTS, *ROWS)
    series = read(tmp_path).table[["region", "workstream"]].drop_duplicates()
    assert series.to_numpy().tolist() == [["AMER", "urgent"], ["EMEA", "tickets"]]
