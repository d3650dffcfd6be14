"""The roster file has the columns that the audit reads."""

from __future__ import annotations

import csv

from staffing.export.roster_csv import write_roster


def test_columns_and_times(tmp_path, problem, roster):
    path = tmp_path / "roster.csv"
    write_roster(path, problem, roster)
    with path.open(newline="", encoding="utf-8") as file:
        night, first, _ = csv.DictReader(file)
    assert " ".join(night) == (
        "agent_id name date template start_local end_local break_start_local break_minutes "
        "site time_zone start_utc end_utc paid_minutes"
    )
    assert night["date"] == "2026-10-24"
    assert (night["break_start_local"], night["break_minutes"]) == ("", "0")
    assert (night["start_local"], night["end_local"]) == ("2026-10-24T22:00", "2026-10-25T06:00")
    assert first["break_start_local"] == "2026-10-19T12:00"
    assert (first["start_utc"], first["paid_minutes"]) == ("2026-10-19T02:30Z", "480")
