"""Workspaces that can be built in a second or two, and the command line on them."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from staffing.cli import app
from tests.workspaces import counts, tiny_workspace

DATA = Path(__file__).parents[1] / "data"
FIRST_DAY = "2026-10-12"
"""Six weeks of cases, so that the forecast is quick."""
# A shell that starts the tests in the background lets its children ignore SIGINT: hear it again.
SCRIPT = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from staffing.cli import main; main()"
)


def small_team(folder: Path) -> Path:
    """Copy the sample of eight people, its history cut to six weeks; its week is 2026-W49."""
    shutil.copytree(DATA / "small", folder)
    cut_history(folder)
    return folder


def cut_history(folder: Path) -> None:
    """Leave six weeks of a sample's cases."""
    whole = folder / "cases" / "cases.csv.gz"
    header, *rows = gzip.decompress(whole.read_bytes()).decode().splitlines()
    recent = [row for row in rows if row[: len(FIRST_DAY)] >= FIRST_DAY]
    whole.unlink()
    (folder / "cases" / "cases.csv").write_text("\n".join([header, *recent, ""]), encoding="utf-8")


def tiny_team(folder: Path, weeks: int = 5) -> Path:
    """Write the tiny workspace of four people with some weeks of counts; its week is 2026-W49."""
    tiny_workspace(folder)
    (folder / "cases" / "counts.csv").write_text(counts(weeks * 7 * 24), encoding="utf-8")
    return folder


def staffing(*words: object) -> Result:
    """Run a command in this process; whatever happens, it is no traceback."""
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def fine(*words: object) -> str:
    """Run a command that must succeed; return what it says on stdout."""
    result = staffing(*words)
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(*words: object, status: int = 2) -> str:
    """Run a command that must fail with a status and say nothing on stdout; return what it says on stderr."""
    result = staffing(*words)
    assert result.exit_code == status, result.output
    assert result.stdout == ""
    return " ".join(result.stderr.split())


def one_object(text: str) -> dict[str, Any]:
    """Return the one JSON object that a text is, and nothing else; NaN and Infinity are not JSON."""
    found = json.loads(text, parse_constant=pytest.fail)
    assert isinstance(found, dict)
    assert text == text.strip() + "\n"
    return found


def start(*words: object) -> subprocess.Popen[str]:
    """Start a command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, *(str(word) for word in words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
