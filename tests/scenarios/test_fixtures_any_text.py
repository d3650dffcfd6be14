"""Whatever stands in a file: the readers collect faults, they never stumble."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.domain.errors import Fault
from staffing.ingest.absence import read_time_off
from staffing.ingest.duties import read_duties
from staffing.ingest.people import read_agents
from staffing.ingest.wishes import read_pins, read_preferences
from staffing.ingest.work import read_backlog, read_events
from staffing.policy.settings import draft_settings
from tests.workspaces import AGENTS, FILES, SETTINGS

PIECES = [
    *("2026-12-01", "2026-10-25 01:30", "2026-03-29T01:30", "07:00", "24:00", "46357", "1e999"),
    *("001", "002", "D08", "N22", "off", "dublin", "harms", "EMEA", "yes", "want", "launch"),
    *("2099-12-31", "2000-01-01T00:00-14:00", "9" * 400, "-0", "٣", "Z", "|", "'", "=1", " ", ""),
    *("2026-12-01T07:00Z", "2026-12-01T07:00+00:00:00", "23:59", "00:00", "1", "30", "1440"),
]
CELL = st.one_of(st.sampled_from(PIECES), st.text(max_size=6))
NAMES = [name for name in FILES if name.endswith(".csv")]


def read_all(folder: Path) -> list[Fault]:
    faults: list[Fault] = []
    context = draft_settings(folder / "staffing.toml", faults).context
    _, context = read_agents(folder / "agents.csv", context, faults)
    read_time_off(folder / "time_off.csv", context, faults, [])
    for name, reader in {
        "preferences.csv": read_preferences,
        "pins.csv": read_pins,
        "carry_in.csv": read_duties,
        "backlog.csv": read_backlog,
        "events.csv": read_events,
    }.items():
        reader(folder / name, context, faults)
    return faults


def write(folder: Path) -> None:
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60, deadline=None, derandomize=True)
@given(data=st.data())
def test_any_cells(name: str, data: st.DataObject) -> None:
    width = FILES[name].splitlines()[0].count(",") + 1
    rows = data.draw(st.lists(st.lists(CELL, min_size=width, max_size=width), max_size=4))
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder))
        text = "\n".join([FILES[name].splitlines()[0], *quoted])
        (Path(folder) / name).write_bytes(text.encode("utf-8", "surrogatepass"))
        assert all(fault.message for fault in read_all(Path(folder)))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(start=st.integers(0, len(AGENTS)), junk=st.binary(max_size=8))
def test_any_bytes_in_a_table(start: int, junk: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder))
        content = AGENTS.encode()
        (Path(folder) / "agents.csv").write_bytes(content[:start] + junk + content[start + 3 :])
        read_all(Path(folder))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(start=st.integers(0, len(SETTINGS)), size=st.integers(0, 40), junk=st.text(max_size=5))
def test_any_text_in_the_settings(start: int, size: int, junk: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "staffing.toml"
        text = SETTINGS[:start] + junk + SETTINGS[start + size :]
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        faults: list[Fault] = []
        draft = draft_settings(path, faults)
        assert (draft.settings is None) == bool(faults)
