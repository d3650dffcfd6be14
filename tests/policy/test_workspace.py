from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from staffing.domain.errors import Fault, InputError
from staffing.policy.workspace import OPTIONAL_FILES, read_workspace
from tests.workspaces import counts, spoil, tiny_workspace


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tiny_workspace(tmp_path / "tiny")


def faults_of(folder: Path) -> tuple[Fault, ...]:
    with pytest.raises(InputError) as caught:
        read_workspace(folder)
    return caught.value.faults


def test_everything_is_read(folder: Path) -> None:
    workspace = read_workspace(folder)
    assert [agent.agent_id for agent in workspace.agents] == ["001", "002", "003", "004"]
    assert workspace.time_off[0].start == dt.datetime(2026, 12, 3, tzinfo=dt.UTC)
    assert workspace.preferences[0].weekdays == (5, 6)
    assert [(row, pin.template) for row, pin in workspace.pin_rows.items()] == [
        (2, "D08"),
        (3, None),
    ]
    assert workspace.pins[1].agent_id == "003"
    assert [row.row for row in workspace.carry_in] == [2, 3]
    assert len(workspace.open_cases) == len(workspace.events) == 1
    assert len(workspace.history) == 48 * 4
    assert not any("not read" in warning for warning in workspace.warnings)


def test_only_three_files_are_needed(folder: Path) -> None:
    for name in OPTIONAL_FILES:
        (folder / name).unlink()
    workspace = read_workspace(folder)
    assert workspace.time_off == workspace.preferences == workspace.pins == workspace.carry_in == ()


def test_history_is_cut_to_the_weeks_that_count(folder: Path) -> None:
    (folder / "cases" / "counts.csv").write_text(counts(200), encoding="utf-8")
    with (folder / "staffing.toml").open("a", encoding="utf-8") as settings:
        settings.write("[forecast]\nhistory_weeks = 1\n")
    history = read_workspace(folder).history
    assert len(history) == 168 * 4
    assert history["interval_start"].min() == dt.datetime(2026, 11, 16, tzinfo=dt.UTC)


def test_no_folder_and_a_file_for_a_folder(tmp_path: Path, folder: Path) -> None:
    assert "staffing init" in faults_of(tmp_path / "nowhere")[0].message
    assert "This is a file" in faults_of(folder / "agents.csv")[0].message


def test_the_faults_of_all_files_come_together(folder: Path) -> None:
    spoil(folder, "staffing.toml", "Asia/Singapore", "SGT")
    spoil(folder, "agents.csv", "37.5", '"37,5"')
    spoil(folder, "time_off.csv", "2026-12-04", "04/12/2026")
    spoil(folder, "cases/counts.csv", "harms,EMEA", "harm,EMEA")
    assert [fault.file for fault in faults_of(folder)] == [
        "staffing.toml",
        "agents.csv",
        "time_off.csv",
        "cases/counts.csv",
    ]


def test_broken_settings_do_not_drown_the_other_faults(folder: Path) -> None:
    spoil(folder, "staffing.toml", "schema_version = 1", "schema_version = ")
    spoil(folder, "agents.csv", "37.5", '"37,5"')
    assert [(fault.file, fault.row) for fault in faults_of(folder)] == [
        ("staffing.toml", 1),
        ("agents.csv", 3),
    ]


def test_a_flood_of_faults_is_counted(folder: Path) -> None:
    rows = "".join(f"001,{day:02d}/12/2026,2026-12-30\n" for day in range(70))
    (folder / "time_off.csv").write_text("agent_id,start,end\n" + rows, encoding="utf-8")
    faults = faults_of(folder)
    assert len(faults) == 51
    assert faults[-1].message == "20 more rows have faults here."


def test_stray_files(folder: Path) -> None:
    (folder / "pins.csv").rename(folder / "pin.csv")
    (folder / "notes.txt").write_text("x", encoding="utf-8")
    (folder / "out").mkdir()
    warnings = read_workspace(folder).warnings
    assert "pin.csv: This file is not read. Did you mean 'pins.csv'?" in warnings
    assert "notes.txt: This file is not read." in warnings


def test_a_file_by_another_name_is_suggested(folder: Path) -> None:
    (folder / "agents.csv").rename(folder / "Agent.csv")
    assert [fault.message for fault in faults_of(folder)] == [
        "The file does not exist. Did you mean 'Agent.csv'?"
    ]


def test_open_cases_after_the_end_of_the_history(folder: Path) -> None:
    spoil(folder, "backlog.csv", "2026-11-22T20:00Z", "2027-11-22T20:00Z")
    assert any("1 cases were opened after" in line for line in read_workspace(folder).warnings)


def test_a_history_without_a_case(folder: Path) -> None:
    (folder / "cases" / "counts.csv").write_text(counts(0), encoding="utf-8")
    assert [fault.file.split("/")[0] for fault in faults_of(folder)] == ["cases"]
