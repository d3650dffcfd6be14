"""Every planted mistake through the command line: exit status 2, the place in the message, nothing written."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from staffing.cli import app
from tests.scenarios.test_fixtures import BINARIES, TEXTS
from tests.workspaces import spoil, tiny_workspace


def files_of(folder: Path) -> set[Path]:
    return set(folder.rglob("*"))


def refused(folder: Path, *command: str) -> str:
    before = files_of(folder)
    result = CliRunner().invoke(app, [*command, str(folder)])
    assert result.exit_code == 2
    assert isinstance(result.exception, SystemExit)
    assert result.stdout == ""
    assert "Traceback" not in result.output
    assert files_of(folder) == before
    return " ".join(result.stderr.split())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tiny_workspace(tmp_path / "Über my team")


@pytest.mark.parametrize(("name", "old", "new", "row", "column", "value"), TEXTS)
def test_check_names_the_place(
    folder: Path, name: str, old: str, new: str, row: int, column: str | None, value: str
) -> None:
    spoil(folder, name, old, new)
    shown = refused(folder, "check")
    assert name in shown
    assert f"row {row}" in shown
    assert column is None or column in shown


@pytest.mark.parametrize("mistake", BINARIES)
def test_check_refuses_broken_files(folder: Path, mistake: str) -> None:
    plant, (name, *_) = BINARIES[mistake]
    plant(folder)
    assert name in refused(folder, "check")


@pytest.mark.parametrize("command", ["forecast", "require", "build", "audit"])
def test_every_command_refuses_a_spoilt_workspace(folder: Path, command: str) -> None:
    spoil(folder, "agents.csv", "37.5", '"37,5"')
    assert "agents.csv" in refused(folder, command)


def test_no_such_folder(tmp_path: Path) -> None:
    assert "staffing init" in refused(tmp_path / "nowhere", "check")


def test_a_valid_workspace_is_fine(folder: Path) -> None:
    assert CliRunner().invoke(app, ["check", str(folder)]).exit_code == 0
