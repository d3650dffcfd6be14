"""``staffing simulate``, in this process."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.teams import fine, one_object, refused, tiny_team

WEEK = "2026-W49"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tiny_team(tmp_path_factory.mktemp("simulated") / "tiny", weeks=4)
    fine("build", folder, "--week", WEEK, "--time-limit", "2", "--json")
    return folder


def test_believed_against_lived(built: Path):
    found = one_object(fine("simulate", built, "--week", WEEK, "--replications", 20, "--json"))
    assert found["week"] == WEEK
    assert found["replications"] == 20
    for line in found["queues"]:
        assert 0 <= line["p10"] <= line["mean"] <= 1
        assert 0 <= line["chance"] <= 1
        assert line["believed"] is not None
    names = {"queues", "days", "classes", "people", "misses", "cases", "seed"}
    assert names <= set(found)


def test_the_folder_of_a_build_is_as_good_as_the_workspace(built: Path):
    words = ("--replications", 5, "--json")
    by_workspace = fine("simulate", built, "--week", WEEK, *words)
    assert fine("simulate", built / "out" / WEEK, *words) == by_workspace


def test_the_table_for_people(built: Path):
    said = " ".join(fine("simulate", built, "--week", WEEK, "--replications", 5).split())
    assert "lived 5 times" in said
    assert "A target is at risk if its chance is below 90%" in said


def test_a_word_that_nobody_knows(built: Path):
    said = refused("simulate", built, "--week", WEEK, "--order", "prority")
    assert "Did you mean 'priority'?" in said


def test_a_build_without_a_roster(built: Path, tmp_path: Path):
    folder = tmp_path / "tiny" / "out" / WEEK
    folder.mkdir(parents=True)
    for file in (built / "out" / WEEK).iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    content = json.loads((folder / "build.json").read_text("utf-8"))
    content["solution"] |= {"roster": None, "allocation": None}
    (folder / "build.json").write_text(json.dumps(content), encoding="utf-8")
    assert "has no roster to simulate" in refused("simulate", folder)


def test_the_report_shows_a_simulation_that_stands_beside_the_build(built: Path):
    report, kept = (built / "out" / WEEK / name for name in ("report.html", "simulation.json"))
    kept.unlink(missing_ok=True)
    fine("report", built, "--week", WEEK)
    assert 'id="lived"' not in report.read_text("utf-8")
    found = one_object(fine("simulate", built, "--week", WEEK, "--replications", 5, "--json"))
    fine("report", built, "--week", WEEK)
    page = report.read_text("utf-8").replace("\u00a0", " ")
    assert "Lived 5 times" in page
    for line in found["queues"]:
        # rounded down
        assert f"<strong>{int(line['chance'] * 100 + 1e-6)} %</strong>" in page
