from __future__ import annotations

from pathlib import Path

import pytest

from staffing.domain.errors import Fault
from staffing.domain.work import ServiceWeek
from staffing.ingest.context import Context
from staffing.ingest.service_history import read_service_history


def read(folder: Path, context: Context, rows: str) -> tuple[tuple[ServiceWeek, ...], list[Fault]]:
    path = folder / "service_history.csv"
    path.write_text("week,queue,arrived,missed\n" + rows, encoding="utf-8")
    faults: list[Fault] = []
    return read_service_history(path, context, faults), faults


def test_past_weeks_of_queues(tmp_path: Path, context: Context) -> None:
    found, faults = read(tmp_path, context, "2026-W47,harms,300,12\n2026-W48,harms@EMEA,0,0\n")
    assert faults == []
    assert found == (
        ServiceWeek(week="2026-W47", queue="harms", arrived=300, missed=12),
        ServiceWeek(week="2026-W48", queue="harms@EMEA", arrived=0, missed=0),
    )


@pytest.mark.parametrize(
    ("rows", "row", "column", "part"),
    [
        ("W47,harms,300,12", 2, "week", "like '2026-W49'"),
        ("2026-W54,harms,300,12", 2, "week", "no ISO week 54"),
        ("2026-W47,harm,300,12", 2, "queue", "Did you mean 'harms'?"),
        ("2026-W47,harms@emea,300,12", 2, "queue", "Did you mean 'harms@EMEA'?"),
        ("2026-W47,harms,300.5,12", 2, "arrived", "whole number"),
        ("2026-W47,harms,300,-1", 2, "missed", "whole number"),
        ("2026-W47,harms,300,", 2, "missed", "is empty"),
        ("2026-W47,harms,12,300", 2, "missed", "than arrived"),
        ("2026-W47,harms,300,12\n2026-W47,harms,300,13", 3, "week", "repeats row 2"),
    ],
)
def test_faulty_rows(
    tmp_path: Path, context: Context, rows: str, row: int, column: str, part: str
) -> None:
    _, faults = read(tmp_path, context, rows + "\n")
    assert [(fault.row, fault.column) for fault in faults] == [(row, column)]
    assert part in faults[0].message
