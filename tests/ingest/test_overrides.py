from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from staffing.domain.errors import Fault
from staffing.domain.judgement import Override
from staffing.ingest.context import Context
from staffing.ingest.overrides import read_overrides

HEADER = "region,workstream,start,end,change_percent,volume,by,why\n"


def read(folder: Path, context: Context, rows: str) -> tuple[tuple[Override, ...], list[Fault]]:
    path = folder / "overrides.csv"
    path.write_text(HEADER + rows, encoding="utf-8")
    faults: list[Fault] = []
    return read_overrides(path, context, faults), faults


def test_overrides(tmp_path: Path, context: Context) -> None:
    rows = (
        "EMEA,harms,2026-12-01,2026-12-02,+20%,,Ann,campaign\n"
        ",,2026-12-03T06:00Z,2026-12-03T08:00Z,,12.5,Ben,maintenance\n"
    )
    (first, second), faults = read(tmp_path, context, rows)
    assert faults == []
    assert first == Override(
        region="EMEA",
        workstream="harms",
        start=dt.datetime(2026, 12, 1, tzinfo=dt.UTC),
        end=dt.datetime(2026, 12, 3, tzinfo=dt.UTC),
        change_fraction=0.2,
        by="Ann",
        why="campaign",
    )
    assert (second.region, second.workstream, second.volume) == (None, None, 12.5)
    assert second.end - second.start == dt.timedelta(hours=2)


@pytest.mark.parametrize(
    ("cell", "fraction"), [("20", 0.2), ("+20 %", 0.2), ("-15%", -0.15), ("-100", -1.0), ("0", 0.0)]
)
def test_ways_to_write_a_percentage(
    tmp_path: Path, context: Context, cell: str, fraction: float
) -> None:
    (found,), _ = read(tmp_path, context, f",,2026-12-01,2026-12-01,{cell},,Ann,x\n")
    assert found.change_fraction == pytest.approx(fraction)


@pytest.mark.parametrize(
    ("row", "column", "part"),
    [
        ("EMEAA,,2026-12-01,2026-12-01,20,,Ann,x", "region", "Did you mean 'EMEA'?"),
        (",harm,2026-12-01,2026-12-01,20,,Ann,x", "workstream", "Did you mean 'harms'?"),
        (",,01/12/2026,2026-12-01,20,,Ann,x", "start", "Day and month"),
        (",,2026-12-02,2026-12-01,20,,Ann,x", "end", "at or before its start"),
        (",,2026-12-01,2026-12-01,,,Ann,x", "change_percent", "one of both"),
        (",,2026-12-01,2026-12-01,20,12,Ann,x", "change_percent", "one of both"),
        (",,2026-12-01,2026-12-01,-120,,Ann,x", "change_percent", "from -100 to 1000"),
        (",,2026-12-01,2026-12-01,a fifth,,Ann,x", "change_percent", "not a number"),
        (",,2026-12-01,2026-12-01,,-1,Ann,x", "volume", "from 0"),
        (",,2026-12-01,2026-12-01,20,,,x", "by", "is empty"),
        (",,2026-12-01,2026-12-01,20,,Ann,", "why", "is empty"),
    ],
)
def test_one_mistake_gives_one_fault(
    tmp_path: Path, context: Context, row: str, column: str, part: str
) -> None:
    found, faults = read(tmp_path, context, row + "\n")
    assert found == ()
    assert [(fault.row, fault.column) for fault in faults] == [(2, column)]
    assert part in faults[0].message


@pytest.mark.parametrize(
    ("first", "second", "is_fault"),
    [
        ("EMEA,,2026-12-01,2026-12-03,20,", ",harms,2026-12-03,2026-12-04,10,", False),
        ("EMEA,,2026-12-01,2026-12-03,20,", ",harms,2026-12-03,2026-12-04,,5", True),
        ("EMEA,,2026-12-01,2026-12-03,,5", "EMEA,harms,2026-12-02,2026-12-02,,6", True),
        ("EMEA,,2026-12-01,2026-12-03,,5", "AMER,,2026-12-01,2026-12-03,,5", False),
        ("EMEA,,2026-12-01,2026-12-03,,5", "EMEA,,2026-12-04,2026-12-05,,6", False),
        (",harms,2026-12-01,2026-12-03,,5", ",escalations,2026-12-01,2026-12-03,,5", False),
    ],
)
def test_percents_compose_and_a_volume_stands_alone(
    tmp_path: Path, context: Context, first: str, second: str, is_fault: bool
) -> None:
    found, faults = read(tmp_path, context, f"{first},Ann,x\n{second},Ben,y\n")
    assert len(found) == 2
    assert [(fault.row, fault.column) for fault in faults] == [(3, "start")] * is_fault
    assert all("row 2" in fault.message for fault in faults)


def test_a_row_twice_is_a_fault(tmp_path: Path, context: Context) -> None:
    _, faults = read(tmp_path, context, ",,2026-12-01,2026-12-01,20,,Ann,x\n" * 2)
    assert "repeats row 2" in faults[0].message
