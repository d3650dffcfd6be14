"""Mistakes that users make in files, ids, times, people and settings: each is planted alone into a valid workspace."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from staffing.domain.errors import Fault, InputError
from staffing.policy.workspace import read_workspace
from tests.workspaces import FILES, counts, spoil, tiny_workspace

Place = tuple[str, int | None, str | None, str | None]

# file, text, what stands there instead, and the fault's row, column, value
TEXTS: list[tuple[str, str, str, int | None, str | None, str | None]] = [
    # Files: headers and shape
    ("agents.csv", "email,", ",", 1, None, None),
    ("agents.csv", "email,", "name,", 1, "name", "name"),
    ("agents.csv", "weekly_hours", "weekly_hour", 1, "weekly_hour", "weekly_hour"),
    ("time_off.csv", "start,end\n001,2026-12-03", "start,pay,end\n001,2026-12-03,9", 1, "pay", "pay"),
    ("time_off.csv", "start,end", "start,ende", 1, "ende", "ende"),
    ("pins.csv", "002,2026-12-01,D08", "002,2026-12-01", 2, None, None),
    ("pins.csv", "002,2026-12-01,D08", "002,2026-12-01,D08,x", 2, None, None),
    ("agents.csv", "001,Ann", '001,"Ann', 2, None, None),
    ("agents.csv", "001,Ann", "001,", 2, "name", ""),
    # Values
    ("agents.csv", "37.5", '"37,5"', 3, "weekly_hours", "37,5"),
    ("agents.csv", "37.5", '"1,234"', 3, "weekly_hours", "1,234"),
    ("agents.csv", "37.5", "1 000", 3, "weekly_hours", "1 000"),
    ("agents.csv", "37.5", "-3", 3, "weekly_hours", "-3"),
    ("agents.csv", "37.5", "full", 3, "weekly_hours", "full"),
    ("agents.csv", "ben@tiny.example", "ben at tiny", 3, "email", "ben at tiny"),
    ("agents.csv", ",yes,no\n003", ",x,no\n003", 3, "exposure_cleared", "x"),
    ("backlog.csv", "Z,30", "Z,0", 2, "handle_minutes", "0"),
    ("backlog.csv", "Z,30", "Z,NaN", 2, "handle_minutes", "NaN"),
    ("preferences.csv", "N22,3", "N22,9", 2, "strength", "9"),
    # Dates
    ("agents.csv", "2020-01-06", "43836", 2, "start_date", "43836"),
    ("agents.csv", "2020-01-06", "06/01/2020", 2, "start_date", "06/01/2020"),
    ("agents.csv", "2020-01-06", "2020-02-30", 2, "start_date", "2020-02-30"),
    ("agents.csv", "2020-01-06,,", "2020-01-06,2019-01-06,", 2, "end_date", "2019-01-06"),
    ("time_off.csv", "2026-12-04", "04.12.2026", 2, "end", "04.12.2026"),
    ("pins.csv", "2026-12-01", "46357", 2, "date", "46357"),
    ("carry_in.csv", "2026-11-27", "27/11/2026", 2, "date", "27/11/2026"),
    # Ids
    ("agents.csv", "002,Ben", "001,Ben", 3, "agent_id", "001"),
    ("agents.csv", "002,Ben", "2a,A,,dublin,,40,harms,,,,,\n2A,B,,dublin,,40,harms,,,,,\n002,Ben", 4, "agent_id", "2A"),
    ("agents.csv", "002,Ben", "002 ,Ben", 3, "agent_id", "002 "),
    ("agents.csv", "002,Ben", "\u200b002,Ben", 3, "agent_id", "\u200b002"),
    ("agents.csv", "dublin,agent", "Dublin,agent", 3, "site", "Dublin"),
    ("agents.csv", "40,escalations,", "40,escalation,", 4, "workstreams", "escalation"),
    ("time_off.csv", "001,", "1,", 2, "agent_id", "1"),
    ("preferences.csv", "002,", "005,", 2, "agent_id", "005"),
    ("preferences.csv", "N22", "n22", 2, "template", "n22"),
    ("preferences.csv", "Sat|Sun", "Sat|Sat", 2, "dates", "Sat|Sat"),
    ("preferences.csv", "Sat|Sun", "weekend", 2, "dates", "weekend"),
    ("preferences.csv", "avoid", "hate", 2, "wish", "hate"),
    ("pins.csv", "D08", "<b>D08</b>", 2, "template", "<b>D08</b>"),
    ("pins.csv", "D08", "=D08", 2, "template", "=D08"),
    ("backlog.csv", "harms", "harm", 2, "workstream", "harm"),
    ("backlog.csv", "EMEA", "EU", 2, "region", "EU"),
    ("events.csv", "launch", "lunch", 2, "kind", "lunch"),
    ("carry_in.csv", "D08", "D8", 2, "template", "D8"),
    # Times
    ("backlog.csv", "20:00Z", "20:00", 2, "opened_at", "2026-11-22T20:00"),
    ("backlog.csv", "20:00Z", "20:00 IST", 2, "opened_at", "2026-11-22T20:00 IST"),
    ("backlog.csv", "20:00Z", "24:00Z", 2, "opened_at", "2026-11-22T24:00Z"),
    ("events.csv", "2026-11-12", "2026-11-09", 2, "end", "2026-11-09"),
    ("time_off.csv", "2026-12-04", "2026-12-02", 2, "end", "2026-12-02"),
    ("carry_in.csv", "17:00", "24:00", 3, "end_local", "24:00"),
    ("carry_in.csv", "2026-11-28,,09:00", "2026-11-28,,", 3, "start_local", ""),
    ("carry_in.csv", "D08,,", "D08,09:00,", 2, "start_local", "09:00"),
    ("carry_in.csv", "001,2026-11-27,D08,,", "001,2026-10-25,,01:30,09:00", 2, "start_local", "01:30"),
    ("carry_in.csv", "001,2026-11-27,D08,,", "001,2026-03-29,,01:30,09:00", 2, "start_local", "01:30"),
    # People
    ("pins.csv", "003,2026-12-02", "002,2026-12-01", 3, "agent_id", "002"),
    ("carry_in.csv", "001,2026-11-27", "004,2026-11-27,N22,,,,\n001,2026-11-27", 2, "template", "N22"),
    ("preferences.csv", "3\n", "3\n002,want,Sun|Sat,N22,1\n", 3, "wish", "want"),
    # Settings
    ("staffing.toml", "[[sites]]", "[[sites", 6, None, None),
    ("staffing.toml", "Europe/Dublin", "IST", 9, "sites[1].time_zone", "IST"),
    ("staffing.toml", "Europe/Dublin", "Asia/Kathmandu", 9, "sites[1].time_zone", "Asia/Kathmandu"),
    ("staffing.toml", "0.95", "95", 28, "workstreams[2].target_fraction", "95"),
    ("staffing.toml", "= 15\n", '= "15"\n', 21, "workstreams[1].threshold_minutes", "15"),
    ("staffing.toml", '"min_rest"', '"min_sleep"', 45, "rules[1].kind", "min_sleep"),
    ("staffing.toml", "= 660", "= 660\nweight = -2", 47, "rules[1].weight", "-2"),
    # History
    ("cases/counts.csv", "escalations,EMEA", "escalation,EMEA", 2, "workstream", "escalation"),
    ("cases/counts.csv", "escalations,EMEA,0", "escalations,EMEA,-4", 2, "volume", "-4"),
    ("cases/counts.csv", "00Z,escalations,EMEA", "00,escalations,EMEA", 2, "interval_start", "2026-11-21T00:00"),
]  # fmt: skip


def write_bytes(name: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def plant(folder: Path) -> None:
        path = folder / name
        path.write_bytes(change(path.read_bytes()))

    return plant


def directory(folder: Path) -> None:
    (folder / "pins.csv").unlink()
    (folder / "pins.csv").mkdir()


def no_permission(folder: Path) -> None:
    (folder / "pins.csv").chmod(0)


def no_agents(folder: Path) -> None:
    (folder / "agents.csv").unlink()


def no_cases(folder: Path) -> None:
    (folder / "cases" / "counts.csv").unlink()


HEADER_ONLY = FILES["agents.csv"].splitlines(keepends=True)[0].encode()
BINARIES: dict[str, tuple[Callable[[Path], None], Place]] = {
    "empty file": (write_bytes("agents.csv", lambda _: b""), ("agents.csv", None, None, None)),
    "empty optional file": (write_bytes("pins.csv", lambda _: b""), ("pins.csv", None, None, None)),
    "header only": (
        write_bytes("agents.csv", lambda _: HEADER_ONLY),
        ("agents.csv", None, None, None),
    ),
    "no agents": (no_agents, ("agents.csv", None, None, None)),
    "no case files": (no_cases, ("cases", None, None, None)),
    "cases cut off": (
        write_bytes("cases/counts.csv", lambda data: gzip.compress(data)[:-9]),
        ("cases/counts.csv", None, None, None),
    ),
    "NUL": (
        write_bytes("pins.csv", lambda data: data + b"\0"),
        ("pins.csv", 4, None, "\\x00"),
    ),
    "UTF-16 without BOM": (
        write_bytes("pins.csv", lambda data: data.decode().encode("utf-16-le")),
        ("pins.csv", None, None, None),
    ),
    "Latin-1": (
        write_bytes("agents.csv", lambda data: data.replace(b"Ben", b"Zo\xeb")),
        ("agents.csv", 3, None, "\\xeb,ben@ti"),
    ),
    "gzip cut off": (
        write_bytes("pins.csv", lambda data: gzip.compress(data * 30)[:-9]),
        ("pins.csv", None, None, None),
    ),
    "workbook": (
        write_bytes("pins.csv", lambda data: b"PK\x03\x04" + data),
        ("pins.csv", None, None, None),
    ),
    "gigantic line": (
        write_bytes("pins.csv", lambda data: data + b"x" * 1_100_000),
        ("pins.csv", 4, None, None),
    ),
    "directory": (directory, ("pins.csv", None, None, None)),
}


def faults_of(folder: Path) -> tuple[Fault, ...]:
    with pytest.raises(InputError) as caught:
        read_workspace(folder)
    return caught.value.faults


def place(fault: Fault) -> Place:
    return fault.file, fault.row, fault.column, fault.value


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tiny_workspace(tmp_path / "Über my team")


@pytest.mark.parametrize(("name", "old", "new", "row", "column", "value"), TEXTS)
def test_one_mistake_gives_one_fault_that_names_the_place(
    folder: Path, name: str, old: str, new: str, row: int | None, column: str | None, value: str
) -> None:
    spoil(folder, name, old, new)
    (fault,) = faults_of(folder)
    assert place(fault) == (name, row, column, value)
    assert len(fault.message) > 15


@pytest.mark.parametrize("mistake", BINARIES)
def test_broken_files(folder: Path, mistake: str) -> None:
    plant, expected = BINARIES[mistake]
    plant(folder)
    (fault,) = faults_of(folder)
    assert place(fault) == expected


def test_ten_mistakes_give_ten_faults(folder: Path) -> None:
    spoil(folder, "staffing.toml", "0.2", "20")
    spoil(folder, "staffing.toml", '"min_rest"', '"min_sleep"')
    spoil(folder, "agents.csv", "37.5", '"37,5"')
    spoil(folder, "agents.csv", "003,Cho", "003 ,Cho")
    spoil(folder, "time_off.csv", "2026-12-04", "2026-12-02")
    spoil(folder, "preferences.csv", "Sat|Sun", "weekend")
    spoil(folder, "pins.csv", "D08", "D09")
    spoil(folder, "carry_in.csv", "17:00", "24:00")
    spoil(folder, "backlog.csv", "20:00Z", "20:00")
    spoil(folder, "cases/counts.csv", "escalations,EMEA", "escalation,EMEA")
    assert [(fault.file, fault.row) for fault in faults_of(folder)] == [
        ("staffing.toml", 4),
        ("staffing.toml", 45),
        ("agents.csv", 3),
        ("agents.csv", 4),
        ("time_off.csv", 2),
        ("preferences.csv", 2),
        ("pins.csv", 2),
        ("carry_in.csv", 3),
        ("backlog.csv", 2),
        ("cases/counts.csv", 2),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_what_is_harmless_is_read(folder: Path, delimiter: str, encoding: str) -> None:
    for name in ("time_off.csv", "backlog.csv", "pins.csv"):
        text = FILES[name].replace(",", delimiter).replace("\n", "\r\n")
        (folder / name).write_bytes(text.encode(encoding))
    (folder / "cases" / "counts.csv").write_text(counts().replace(",", delimiter), encoding="utf-8")
    workspace = read_workspace(folder)
    assert len(workspace.pins) == 2
    assert len(workspace.history) == 48 * 4


def test_ids_that_spell_html_or_a_formula_are_text(folder: Path) -> None:
    spoil(folder, "agents.csv", "002,Ben", "=1+1,<script>")
    spoil(folder, "preferences.csv", "002", "=1+1")
    spoil(folder, "pins.csv", "002", "=1+1")
    workspace = read_workspace(folder)
    assert (workspace.agents[1].agent_id, workspace.agents[1].name) == ("=1+1", "<script>")
