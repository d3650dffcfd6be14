from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from staffing.domain.errors import Fault
from staffing.ingest import fields, source
from staffing.ingest.table import Column, Row, read_rows, refuse_repeats

COLUMNS = (
    Column("agent_id", fields.identifier, required=True),
    Column("note"),
    Column("hours", fields.number(0, 80)),
)


def read(path: Path, content: bytes | str) -> tuple[list[Row], list[Fault]]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    faults: list[Fault] = []
    return read_rows(path, path.name, COLUMNS, faults), faults


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "my team ü"
    folder.mkdir()
    return folder / "people.csv"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_delimiters_and_encodings(path: Path, delimiter: str, encoding: str) -> None:
    text = "agent_id,note,hours\n007,Zoë,37.5\n".replace(",", delimiter)
    rows, faults = read(path, text.encode(encoding))
    assert faults == []
    assert [(row["agent_id"], row["note"], row["hours"]) for row in rows] == [("007", "Zoë", 37.5)]


def test_gzip_and_line_ends(path: Path) -> None:
    rows, faults = read(path, gzip.compress(b"agent_id,note\r\nA1,x\r\nA2,y\r\n"))
    assert faults == []
    assert [row.number for row in rows] == [2, 3]


def test_rows_are_numbered_by_the_line_on_which_they_start(path: Path) -> None:
    text = 'agent_id,note,hours\nA1,"two\nlines",1\n\n,,\nA2,x,nine\n'
    rows, faults = read(path, text)
    assert [(row.number, row["note"]) for row in rows] == [(2, "two lines"), (6, "x")]
    assert [(fault.row, fault.column, fault.value) for fault in faults] == [(6, "hours", "nine")]
    assert [row.is_good for row in rows] == [True, False]


@pytest.mark.parametrize(
    ("content", "row", "column", "part"),
    [
        ("", None, None, "The file is empty"),
        ("\n\n", None, None, "The file is empty"),
        ("agent_id,,hours\nA1,x,1\n", 1, None, "Column 2 has no name"),
        ("agent_id,note,note\nA1,x,y\n", 1, "note", "stands twice"),
        ("agent_id,notes\nA1,x\n", 1, "notes", "Did you mean 'note'?"),
        ("Agent_ID,note\nA1,x\n", 1, "Agent_ID", "Did you mean 'agent_id'?"),
        ("note,hours\nx,1\n", 1, "agent_id", "missing"),
        ("agent_id,note\nA1\n", 2, None, "has 1 cells, the header has 2"),
        ("agent_id,note\nA1,x,y\n", 2, None, "Is a comma inside"),
        ("agent_id,note\n,x\n", 2, "agent_id", "is empty"),
        ('agent_id,note\nA1,"x\nA2,y\n', 2, None, "Is a quote open"),
        ('agent_id,note\nA1,"x"y\n', 2, None, "Is a quote open"),
        (b"agent_id,note\nA1,\0\n", 2, None, "NUL"),
        (b"agent_id,note\nA1,Zo\xeb\n", 2, None, "not valid UTF-8"),
        ("agent_id,note\nA1,x\n".encode("utf-16-le"), None, None, "UTF-16 without"),
        (b"\xff\xfea\x00b", None, None, "not valid UTF-16"),
        (b"PK\x03\x04rest", None, None, "Excel workbook"),
        (
            gzip.compress(b"agent_id,note\nA1,x\n" * 50, mtime=0)[:-9],
            None,
            None,
            "gzip file is damaged",
        ),
    ],
)
def test_a_broken_file_gives_one_fault(
    path: Path, content: bytes | str, row: int | None, column: str | None, part: str
) -> None:
    _, faults = read(path, content)
    assert [(fault.file, fault.row, fault.column) for fault in faults] == [
        ("people.csv", row, column)
    ]
    assert part in faults[0].message


def test_a_gigantic_line_is_refused_before_it_is_read(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "MAX_LINE_BYTES", 40)
    _, faults = read(path, "agent_id,note\nA1," + "x" * 100 + "\n")
    assert [fault.row for fault in faults] == [2]
    assert "over 40 bytes" in faults[0].message


def test_a_gigantic_file_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_FILE_BYTES", 20)
    _, faults = read(path, "agent_id,note\n" + "A1,x\n" * 9)
    assert "Split it" in faults[0].message


def test_missing_directory_and_forbidden(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    faults: list[Fault] = []
    read_rows(path, path.name, COLUMNS, faults)
    path.mkdir()
    read_rows(path, path.name, COLUMNS, faults)
    path.rmdir()

    def forbid(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbid)
    read_rows(path, path.name, COLUMNS, faults)
    assert [fault.message.split(".")[0] for fault in faults] == [
        "The file does not exist",
        "This is a directory; a file is due here",
        "The file may not be read",
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_no_read_permission_on_disk(path: Path) -> None:
    path.write_text("agent_id\nA1\n", encoding="utf-8")
    path.chmod(0)
    faults: list[Fault] = []
    assert read_rows(path, path.name, COLUMNS, faults) == []
    assert "may not be read" in faults[0].message


def test_repeats(path: Path) -> None:
    rows, faults = read(path, "agent_id,note\nA1,x\na1,y\nA1,z\n")
    kept = refuse_repeats(rows, ["agent_id"], faults, case_matters=False)
    assert [row.number for row in kept] == [2]
    assert [fault.message for fault in faults] == [
        "This differs from row 2 only in case. Rename one.",
        "This repeats row 2. Remove one.",
    ]
    assert [row.number for row in refuse_repeats(rows, ["agent_id"], [])] == [2, 3]
