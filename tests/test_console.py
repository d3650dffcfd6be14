"""What the command line shows: progress lines, faults, verdicts; whatever users write is shown as they wrote it."""

from __future__ import annotations

import json
import webbrowser
from dataclasses import replace
from pathlib import Path

import pytest

from staffing import pipeline
from staffing.audit.check import Audited
from staffing.console import basics, inputs, schedules
from staffing.domain.build import Build, Shortage
from staffing.domain.errors import Fault, InputError
from staffing.domain.result import Progress, Solution, Status
from staffing.policy.workspace import Workspace
from staffing.report.machine import build_summary
from tests.teams import tiny_team
from tests.workspaces import spoil

WEEK = "2026-W49"
ODD = "Ops [/eu] [red]team"
"""A name that would be a markup error."""


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tiny_team(tmp_path_factory.mktemp("tiny") / "team")
    spoil(folder, "staffing.toml", '"Tiny"', f'"{ODD}"')
    return pipeline.read_workspace(folder)


@pytest.fixture(scope="module")
def build(team: Workspace) -> Build:
    return pipeline.build_week(team, WEEK, pipeline.Budget(seconds=0))


def point(objective: int | None, bound: int | None) -> Progress:
    return Progress(phase="improve", seconds=12.34, objective=objective, bound=bound)


@pytest.mark.parametrize(
    ("objective", "bound", "line"),
    [
        (None, None, "   12.3 s  improve     "),
        (None, 50, "   12.3 s  improve       bound           50"),
        (1000, None, "   12.3 s  improve       objective        1,000"),
        # (1000 − 950) / 1000 is 5 %.
        (
            1000,
            950,
            "   12.3 s  improve       objective        1,000  bound          950  gap   5.00%",
        ),
        (0, 0, "   12.3 s  improve       objective            0  bound            0"),
    ],
)
def test_a_line_of_progress(
    capsys: pytest.CaptureFixture[str], objective: int | None, bound: int | None, line: str
):
    schedules.show_progress(point(objective, bound))
    assert capsys.readouterr() == ("", line + "\n")


def test_json_is_one_line_without_numbers_that_json_does_not_have(
    capsys: pytest.CaptureFixture[str],
):
    nan, inf = float("nan"), float("inf")
    basics.show_json({"a": nan, "b": [{"c": inf, "d": 1.5}, (2, -inf)], "e": Path("x"), "f": "é"})
    out, err = capsys.readouterr()
    assert out.count("\n") == 1
    assert err == ""
    found = json.loads(out, parse_constant=pytest.fail)
    assert found == {"a": None, "b": [{"c": None, "d": 1.5}, [2, None]], "e": "x", "f": "é"}


@pytest.mark.parametrize(
    ("count", "heading"), [(1, "1 fault in the input"), (2, "2 faults in the input")]
)
def test_every_fault_is_a_line(capsys: pytest.CaptureFixture[str], count: int, heading: str):
    fault = Fault(file="agents.csv", row=3, column="site", value=ODD, message="Did [/you] mean?")
    basics.show_faults(InputError([fault] * count))
    out, err = capsys.readouterr()
    assert out == ""
    line = f"  agents.csv, row 3, column site, value '{ODD}': Did [/you] mean?"
    assert err.splitlines() == [heading, *[line] * count]


def test_warnings_go_to_stderr_as_they_are(capsys: pytest.CaptureFixture[str]):
    basics.show_warnings(("pins.csv: [bold]3 pins[/x]",))
    assert capsys.readouterr() == ("", "note pins.csv: [bold]3 pins[/x]\n")


def test_the_name_of_a_team_is_no_markup(team: Workspace, capsys: pytest.CaptureFixture[str]):
    inputs.show_workspace(team)
    assert f"{ODD}: all files are sound" in " ".join(capsys.readouterr().out.split())


def test_a_build_is_shown_with_its_verdict_and_its_largest_shortages(
    build: Build, capsys: pytest.CaptureFixture[str]
):
    short = Shortage(
        queue="harms", start=0, end=60, work_minutes=60, reasons=("[/why]",), message="[/short]"
    )
    schedules.show_build(replace(build, shortages=(short,) * 10))
    out = capsys.readouterr().out
    assert "Week 2026-W49" in out
    assert out.count("short: [/short]\n       [/why]") == 8
    assert "and 2 more: see the report." in out
    assert "gap to the proven bound" in out


def test_what_of_a_shortage_nobody_could_avoid_is_said(
    build: Build, capsys: pytest.CaptureFixture[str]
):
    # Nobody works at night in Singapore, and three people cannot answer escalations round the clock.
    assert build.unavoidable is not None
    assert 0 < build.unavoidable.minutes <= build.bill.missing_minutes
    assert tuple(build.unavoidable.by_queue) == build.bill.lacking
    schedules.show_build(build)
    assert "cannot be avoided: no schedule that keeps law" in capsys.readouterr().out
    told = build_summary(build, Path("roster.csv"))["unavoidable"]
    assert told["minutes"] == build.unavoidable.minutes
    assert told["missing_minutes"] == build.bill.missing_minutes
    assert "cannot be avoided" in told["says"]


def test_a_build_without_a_roster_is_its_verdict_only(
    build: Build, capsys: pytest.CaptureFixture[str]
):
    nothing = Solution(
        status=Status.NO_TIME, roster=None, allocation=None, objective=None, bound=None, seconds=0.0
    )
    schedules.show_build(replace(build, solution=nothing))
    out = capsys.readouterr().out
    assert out.startswith("No schedule  Week 2026-W49")
    assert "The time ran out before a schedule was found." in out
    assert "gap" not in out


def test_an_audit_names_what_is_impossible(build: Build, capsys: pytest.CaptureFixture[str]):
    audited = Audited(
        bill=build.bill, allocation=build.solution.allocation, faults=("agent '[/x]' is unknown",)
    )
    schedules.show_audit(audited)
    out = capsys.readouterr().out
    assert "impossible: agent '[/x]' is unknown" in out
    assert f"Audit not clean: 0 must-rules broken, objective {build.bill.objective:,}." in out


@pytest.mark.parametrize(
    ("platform", "display", "opened"),
    [("linux", "", False), ("linux", ":0", True), ("darwin", "", True), ("win32", "", True)],
)
def test_a_browser_opens_only_where_there_is_a_screen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, platform: str, display: str, opened: bool
):
    pages: list[str] = []
    monkeypatch.setattr(webbrowser, "open", pages.append)
    monkeypatch.setattr(basics.sys, "platform", platform)
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    basics.open_in_browser(tmp_path / "my report.html")
    assert pages == [(tmp_path / "my report.html").as_uri()] * opened
