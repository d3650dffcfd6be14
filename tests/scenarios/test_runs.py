"""Real runs in processes of their own: standard output, Ctrl-C, two at once."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path

import pytest

from staffing import pipeline
from tests.teams import one_object, small_team, start

WEEK = "2026-W49"
PATIENCE_SECONDS = 300
"""Only against a run that hangs."""


@pytest.fixture
def team(tmp_path: Path) -> Path:
    return small_team(tmp_path / "team")


def end_of(run: subprocess.Popen[str]) -> tuple[str, str]:
    """Wait for a run; return its standard output and error, which hold no traceback."""
    try:
        out, err = run.communicate(timeout=PATIENCE_SECONDS)
    finally:
        run.kill()
    assert "Traceback" not in err
    return out, err


def interrupted_at(word: str, team: Path) -> tuple[subprocess.Popen[str], str, str]:
    """Press Ctrl-C as soon as a build says a word; return the run and what it said afterwards."""
    run = start("build", team, "--time-limit", 9, "--json")
    said = []
    for line in run.stderr:
        said.append(line)
        if word in line:
            run.send_signal(signal.SIGINT)
            break
    else:
        pytest.fail("".join(said))
    out, err = end_of(run)
    return run, out, err


def files_below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_ctrl_c_in_mid_build_keeps_the_best_schedule(team: Path):
    run, out, err = interrupted_at("objective", team)
    assert run.returncode == 130
    assert "Interrupted: this is the best schedule so far." in err
    said = one_object(out)
    assert said["interrupted"]
    assert said["must_violations"] == 0
    build = pipeline.read_build(team, WEEK)
    assert build.solution.interrupted
    workspace = pipeline.read_workspace(team)
    audited = pipeline.audit_roster(workspace, build.problem, Path(said["roster"]))
    assert audited.is_clean
    assert audited.bill.objective <= said["objective"]


def test_ctrl_c_before_there_is_a_schedule_leaves_nothing(team: Path):
    before = files_below(team)
    run, out, err = interrupted_at("forecast", team)
    assert run.returncode == 130
    assert "Interrupted; nothing was written." in err
    assert out == ""
    assert files_below(team) == before


def test_two_builds_of_a_week_at_once_leave_one_of_them_whole(team: Path):
    runs = [start("build", team, "--seed", k, "--time-limit", 2, "--json") for k in (1, 2)]
    said = {}
    for seed, run in zip((1, 2), runs, strict=True):
        out, err = end_of(run)
        assert run.returncode == 0, err
        said[seed] = one_object(out)  # the engines are silent
        assert {"status", "objective", "bound", "gap", "seconds", "peak_rss_bytes"} <= set(
            said[seed]
        )
        assert said[seed]["must_violations"] == 0
        assert said[seed]["should_penalties"] >= 0
        assert Path(said[seed]["roster"]).is_file()
        for line in said[seed]["service"].values():
            assert 0 < line["target"] <= 1
            assert 0 <= line["expected"] <= 1
    build = pipeline.read_build(team, WEEK)
    assert build.solution.objective == said[build.seed]["objective"]
    audited = pipeline.audit_roster(
        pipeline.read_workspace(team), build.problem, team / "out" / WEEK / "roster.csv"
    )
    assert audited.is_clean
    assert audited.bill.objective <= build.solution.objective
    assert [path.name for path in (team / "out").iterdir()] == [WEEK]
