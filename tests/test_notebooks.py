"""Every notebook runs from top to bottom with this interpreter, and is stored without outputs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.teams import small_team

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SECONDS_A_CELL = 300
"""For a machine with much else to do: a cell that hangs should end, one that is slow should not."""


def cells(path: Path) -> list[dict]:
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_stored_without_outputs(path: Path):
    code = [cell for cell in cells(path) if cell["cell_type"] == "code"]
    assert [cell for cell in code if cell["outputs"] or cell["execution_count"]] == []


def test_the_weekly_build_has_ten_cells_of_code():
    kinds = [cell["cell_type"] for cell in cells(ROOT / "notebooks" / "weekly_build.ipynb")]
    assert kinds.count("code") == 10


# Jupyter's own warnings (a kernel over TCP, sockets closed late) are none of ours.
@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    import nbclient
    import nbformat

    monkeypatch.setenv("STAFFING_TEAM", str(small_team(tmp_path / "team")))
    monkeypatch.setenv("STAFFING_SECONDS", "2")
    notebook = nbformat.read(path, as_version=4)
    client = nbclient.NotebookClient(
        notebook,
        kernel_name="python3",  # with no kernel of that name installed, this very interpreter
        timeout=SECONDS_A_CELL,
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.execute()
    shown = [
        kind
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        for kind in output.get("data", {})
    ]
    assert shown.count("application/vnd.plotly.v1+json") == 5
    assert shown.count("text/html") == 7
    written = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert [output.text for output in written if output.output_type == "stream"] == []
