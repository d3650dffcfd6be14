"""What a manager knows, end to end: overrides from the file to the build, and what the history holds."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from staffing import pipeline
from staffing.cli import app
from staffing.domain.errors import InputError
from staffing.policy.workspace import Workspace, read_workspace
from tests.workspaces import spoil, tiny_workspace

WEEK = "2026-W48"
WEEKS = 12
OVERRIDES = """\
region,workstream,start,end,change_percent,volume,by,why
EMEA,harms,2026-11-23,2026-11-24,+50%,,Ann,campaign
EMEA,harms,2026-11-24,2026-11-24,-20,,Ben,<b>half of it moved</b>
APAC,,2026-11-25T06:00Z,2026-11-25T08:00Z,,7.5,Cho,maintenance
,,2026-12-25,2026-12-26,-50,,Dee,not of this week
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of twelve weeks with an outage, a hole and a burst, and four overrides."""
    place = tiny_workspace(tmp_path_factory.mktemp("judged") / "tiny")
    (place / "cases" / "counts.csv").write_text(history(), encoding="utf-8")
    (place / "overrides.csv").write_text(OVERRIDES, encoding="utf-8")
    return place


def history() -> str:
    """Return hourly counts of two queues up to 2026-11-23; of harms, some 10 an hour come from EMEA."""
    stamps = pd.date_range(end="2026-11-22T23:00Z", periods=WEEKS * 168, freq="h")
    drawn = np.random.default_rng(1).poisson(10.0, len(stamps))
    lines = ["interval_start,workstream,region,volume,aht_minutes"]
    for stamp, count in zip(stamps, drawn, strict=True):
        hour = f"{stamp:%Y-%m-%dT%H:%MZ}"
        if (
            dt.datetime(2026, 10, 6, 8, tzinfo=dt.UTC)
            <= stamp
            < dt.datetime(2026, 10, 6, 16, tzinfo=dt.UTC)
        ):
            count = 0
        if hour == "2026-11-03T09:00Z":
            count = 200
        if f"{stamp:%m-%d}" != "10-20":
            lines.append(f"{hour},harms,EMEA,{count},20")
        lines.append(f"{hour},escalations,APAC,{count % 3},20")
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def workspace(folder: Path) -> Workspace:
    return read_workspace(folder)


def shown(*words: object) -> str:
    result = CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": "240"})
    assert result.exit_code == 0, result.output
    return result.stdout


def test_overrides_change_the_forecast_and_leave_the_statistical_one(workspace: Workspace):
    found = pipeline.forecast_week(workspace, WEEK)
    plain = pipeline.forecast_week(replace(workspace, overrides=()), WEEK)
    assert plain.adjustments == ()
    np.testing.assert_array_equal(found.table["statistical_mean"], plain.table["mean"])
    day = found.table["interval_start"].dt.day
    harms = found.table["workstream"] == "harms"
    ratio = found.table["mean"] / found.table["statistical_mean"]
    # Monday: a half more. Tuesday: a half more, then a fifth less of it, 1.5 * .8 = 1.2.
    assert ratio[harms & (day == 23)].tolist() == pytest.approx([1.5] * 24)
    assert ratio[harms & (day == 24)].tolist() == pytest.approx([1.2] * 24)
    assert (ratio[harms & (day > 24)] == 1).all()
    queue = found.table[~harms].set_index("interval_start")["mean"]
    assert queue["2026-11-25T06:00Z":"2026-11-25T07:00Z"].tolist() == [7.5, 7.5]
    assert [entry.override.by for entry in found.adjustments] == ["Ann", "Ben", "Cho"]
    of_all = found.totals[(found.totals["region"] == "*") & (found.totals["workstream"] == "*")]
    assert of_all["mean"].sum() == pytest.approx(found.table["mean"].sum())
    effect = sum(entry.effect_cases for entry in found.adjustments)
    assert effect == pytest.approx((found.table["mean"] - found.table["statistical_mean"]).sum())


def test_the_command_lists_who_changed_what_and_why(folder: Path):
    printed = shown("forecast", folder, "--week", WEEK)
    assert "Adjusted by hand" in printed
    assert "+50 %" in printed
    assert "<b>half of it moved</b>" in printed
    assert "not of this week" not in printed
    found = json.loads(shown("forecast", folder, "--week", WEEK, "--json"))
    assert [entry["by"] for entry in found["overrides"]] == ["Ann", "Ben", "Cho"]
    assert found["overrides"][0]["effect_cases"] > 0
    assert {entry["kind"] for entry in found["history"]} == {"outage", "hole", "capped"}


def test_a_build_keeps_its_overrides_and_the_report_shows_them(folder: Path, workspace: Workspace):
    build = pipeline.build_week(workspace, WEEK, pipeline.Budget(seconds=1, seed=1))
    pipeline.write_build(folder, build)
    kept = pipeline.read_build(folder, WEEK)
    assert kept.adjustments == build.adjustments
    assert len(kept.adjustments) == 3
    shown("report", folder, "--week", WEEK)
    page = (folder / "out" / WEEK / "report.html").read_text("utf-8")
    assert "Adjusted by hand" in page
    assert "&lt;b&gt;half of it moved&lt;/b&gt;" in page
    assert "<b>half of it moved</b>" not in page


def test_check_says_in_brief_what_the_history_holds(folder: Path):
    printed = shown("check", folder)
    assert "The history holds 1 outage, 1 hole, 1 stretch far above like hours" in printed
    assert "harms, EMEA: No case from 2026-10-06 08:00 to 2026-10-06 16:00 UTC (8 h)" in printed
    found = json.loads(shown("check", folder, "--json"))["history"]
    outage, hole, capped = found
    assert (outage["kind"], outage["hours"], outage["actual"]) == ("outage", 8.0, 0.0)
    assert (hole["kind"], hole["hours"], hole["actual"]) == ("hole", 24.0, None)
    assert (capped["kind"], capped["actual"]) == ("capped", 200.0)


def test_faults_of_overrides_come_with_those_of_other_files(tmp_path: Path):
    place = tiny_workspace(tmp_path / "tiny")
    spoil(place, "agents.csv", "37.5", '"37,5"')
    text = "region,workstream,start,end,change_percent,volume,by,why\nEMA,,2026-11-23,2026-11-23,5,,,x\n"
    (place / "overrides.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_workspace(place)
    assert [(fault.file, fault.column) for fault in caught.value.faults] == [
        ("agents.csv", "weekly_hours"),
        ("overrides.csv", "region"),
        ("overrides.csv", "by"),
    ]
