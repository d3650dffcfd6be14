"""The command line in this process: what each command leaves, its exit status, and one JSON object where asked."""

from __future__ import annotations

import csv
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from staffing import pipeline
from staffing.domain.result import Solution, Status
from tests.teams import cut_history, fine, one_object, refused, small_team, staffing, tiny_team

WEEK = "2026-W49"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of four people, to be left without builds."""
    return tiny_team(tmp_path_factory.mktemp("tiny") / "team", weeks=4)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A workspace of eight people with a build of its next week, and what the command said."""
    team = small_team(tmp_path_factory.mktemp("small") / "team")
    return team, one_object(fine("build", team, "--time-limit", 2, "--json"))


@pytest.fixture
def team(built: tuple[Path, dict[str, Any]], tmp_path: Path) -> Path:
    """A copy of the built workspace, to be spoilt."""
    return Path(shutil.copytree(built[0], tmp_path / "team"))


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def files_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_check_says_which_week_is_next(tiny: Path):
    found = one_object(fine("check", tiny, "--json"))
    assert (found["faults"], found["next_week"]) == (0, WEEK)
    (warning,) = found["warnings"]
    assert warning.startswith("staffing.toml: These rules are not in force: weekly_rest,")


def test_check_for_people(tiny: Path):
    shown = fine("check", tiny)
    assert "all files are sound" in shown
    assert f"staffing build {tiny} --week {WEEK}" in shown


def test_forecast_writes_a_row_per_series_and_hour(tiny: Path):
    found = one_object(fine("forecast", tiny, "--json"))
    assert found["week"] == WEEK
    assert len(rows_of(Path(found["forecast"]))) == 2 * 2 * 168
    assert {row["workstream"] for row in found["backtest"]} == {"escalations", "harms"}


def test_an_executor_that_is_none_is_refused(tiny: Path):
    for command in ("forecast", "require", "build"):
        said = refused(command, tiny, "--executor", "proceses")
        assert "Did you mean 'processes'?" in said


def test_require_writes_a_row_per_queue_and_hour(tiny: Path):
    found = one_object(fine("require", tiny, "--json"))
    rows = rows_of(Path(found["requirement"]))
    assert len(rows) == 2 * 168
    # Heads are asked for at an hour by immediate work only.
    assert {row["queue"] for row in rows if row["required_agents"]} == {"escalations"}


def test_require_says_which_quantile_it_is_sized_for(tiny: Path):
    def asked(*words: str) -> tuple[float, set[str]]:
        rows = rows_of(Path(one_object(fine("require", tiny, "--json", *words))["requirement"]))
        work = sum(float(row["workload_minutes"]) for row in rows if row["queue"] == "harms")
        return work, {row["plan_quantile"] for row in rows}

    (mean, of_mean), (busy, of_busy) = asked(), asked("--plan-quantile", "0.9")
    assert (of_mean, of_busy) == ({""}, {"0.9"})
    assert busy > 1.05 * mean
    refused("require", tiny, "--plan-quantile", "0.4")


@pytest.mark.parametrize("command", ["forecast", "require"])
def test_tables_for_people_name_the_file(tiny: Path, command: str):
    assert str(tiny / "out" / WEEK) in fine(command, tiny)


def test_a_build_says_what_it_is_worth(built: tuple[Path, dict[str, Any]]):
    team, said = built
    assert said["week"] == WEEK
    assert said["status"] in ("optimal", "feasible")
    assert 0 < said["bound"] <= said["objective"]
    assert said["gap"] == pytest.approx(1 - said["bound"] / said["objective"])
    assert said["must_violations"] == 0
    assert sum(said["terms"].values()) == said["objective"]
    assert said["roster"] == str(team / "out" / WEEK / "roster.csv")
    assert rows_of(Path(said["roster"]))


def test_the_audit_of_a_build_is_clean(built: tuple[Path, dict[str, Any]]):
    team, said = built
    found = one_object(fine("audit", team, "--json"))
    assert found["faults"] == []
    assert sum(term["cost"] for term in found["bill"]["terms"]) <= said["objective"]
    assert "Audit clean: 0 must-rules broken" in fine("audit", team)


def test_a_broken_rest_is_named_with_person_and_rule(team: Path, tmp_path: Path):
    # L15 ends at midnight, E06 starts at 06:00: Éabha Whelan rests 6 h of the 11 h that are needed.
    path = tmp_path / "by hand.csv"
    path.write_text(
        "agent_id,date,template\n0003,2026-12-01,L15\n0003,2026-12-02,E06\n", encoding="utf-8"
    )
    result = staffing("audit", team, "--roster", path)
    assert result.exit_code == 4
    assert "must: Éabha Whelan (0003) rests 6.0 h" in result.stdout
    assert "11 h are needed" in result.stdout
    assert "Audit not clean" in result.stdout
    found = staffing("audit", team, "--roster", path, "--json")
    assert found.exit_code == 4
    broken = [
        line for line in one_object(found.stdout)["bill"]["violations"] if line["level"] == "must"
    ]
    assert ("min_rest", "0003", 300) in [(v["rule"], v["agent_id"], v["amount"]) for v in broken]


def test_the_report_is_one_file(team: Path, tmp_path: Path):
    assert fine("report", team).strip() == str(team / "out" / WEEK / "report.html")
    elsewhere = tmp_path / "for the director.html"
    fine("report", team, "--output", elsewhere)
    assert elsewhere.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_an_export_is_never_overwritten_unasked(team: Path):
    folder = team / "out" / WEEK
    duties = len(rows_of(folder / "roster.csv"))
    assert f"generic.csv: {duties} duties" in fine("export", team)
    assert len(rows_of(folder / "generic.csv")) == duties
    before = (folder / "generic.csv").read_bytes()
    assert "generic.csv: exists already" in refused("export", team, "--crlf", "--bom")
    assert (folder / "generic.csv").read_bytes() == before
    fine("export", team, "--crlf", "--bom", "--overwrite")
    after = (folder / "generic.csv").read_bytes()
    assert after == b"\xef\xbb\xbf" + before.replace(b"\n", b"\r\n")


def test_an_unknown_profile(team: Path):
    assert "generic" in refused("export", team, "--profile", "genric")


@pytest.mark.parametrize("command", ["report", "export"])
def test_what_needs_a_build_says_how_to_get_one(tiny: Path, command: str):
    assert f"staffing build {tiny} --week {WEEK}" in refused(command, tiny)


def test_the_audit_of_no_roster(tiny: Path):
    assert "roster.csv" in refused("audit", tiny)


@pytest.mark.parametrize("command", ["forecast", "require", "build", "audit"])
@pytest.mark.parametrize(
    ("week", "reason"),
    [
        ("2026-W54", "no ISO week 54"),
        ("next", "is not an ISO week"),
        ("2027-W10", "more than 4 weeks after the history ends"),
        ("2026-W01", "before two weeks of history are known"),
    ],
)
def test_a_week_that_cannot_be_built(tiny: Path, command: str, week: str, reason: str):
    assert reason in refused(command, tiny, "--week", week)
    assert not (tiny / "out" / week).exists()


@pytest.mark.parametrize("command", ["forecast", "require", "build"])
def test_a_place_that_cannot_be_written_to(tiny: Path, tmp_path: Path, command: str):
    team = Path(shutil.copytree(tiny, tmp_path / "team", ignore=shutil.ignore_patterns("out")))
    (team / "out").write_text("a file is in the way", encoding="utf-8")
    words = ("--time-limit", 0) if command == "build" else ()
    result = staffing(command, team, *words)
    assert result.exit_code == 2
    assert "Choose a workspace that is writable." in result.stderr
    assert result.stdout == ""


def test_a_read_only_workspace(tiny: Path, tmp_path: Path):
    team = Path(shutil.copytree(tiny, tmp_path / "team", ignore=shutil.ignore_patterns("out")))
    team.chmod(0o555)
    try:
        if os.access(team, os.W_OK):
            pytest.skip("this user may write anywhere")
        assert "writable" in refused("forecast", team)
    finally:
        team.chmod(0o755)


def test_init_knows_its_samples(tmp_path: Path):
    assert "Did you mean 'small'?" in refused("init", tmp_path / "new", "--sample", "smal")
    assert list(tmp_path.iterdir()) == []


def test_init_never_writes_into_a_folder_that_is_used(tiny: Path):
    assert "is not empty" in refused("init", tiny, "--sample", "small")


@pytest.mark.parametrize(
    "words", [("--time-limit", -1), ("--time-limit", "long"), ("--seed", -1), ("--sed", 1)]
)
def test_options_out_of_range(tiny: Path, words: tuple[object, ...]):
    assert str(words[0]) in refused("build", tiny, *words)


def test_no_time_at_all_gives_a_schedule_and_the_same_input_the_same(tiny: Path, tmp_path: Path):
    rosters = []
    for name in ("one", "two"):
        team = Path(shutil.copytree(tiny, tmp_path / name))
        said = one_object(
            fine("build", team, "--time-limit", 0, "--deterministic", "--seed", 7, "--json")
        )
        assert said["seed"] == 7
        rosters.append(Path(said["roster"]).read_bytes())
    assert rosters[0] == rosters[1]
    assert rosters[0].count(b"\n") > 1


def test_no_roster_is_exit_status_3(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    team = Path(shutil.copytree(tiny, tmp_path / "team"))
    nothing = Solution(
        status=Status.NO_TIME, roster=None, allocation=None, objective=None, bound=None, seconds=0.0
    )
    monkeypatch.setattr(pipeline, "solve", lambda *_, **__: nothing)
    result = staffing("build", team, "--json")
    assert result.exit_code == 3
    assert one_object(result.stdout)["status"] == "no_time"
    assert staffing("build", team).exit_code == 3
    assert f"The build of {WEEK} has no roster." in refused("export", team, status=3)
    fine("report", team)


def test_the_demo_leaves_everything_and_can_be_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    for again in (False, True):
        if again:  # what lies there is what is built
            cut_history(tmp_path / "demo" / "small")
        shown = fine("demo", "--no-open", "--sample", "small", "--time-limit", 0)
        out = tmp_path / "demo" / "small" / "out" / WEEK
        assert {"roster.csv", "generic.csv", "report.html", "build.json"} <= files_in(out)
        assert str(Path("demo", "small", "out", WEEK, "report.html")) in shown
        assert files_in(tmp_path) == {"demo"}
        assert files_in(tmp_path / "demo") == {"small"}
        assert files_in(out.parent) == {WEEK}
