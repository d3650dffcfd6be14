"""Looking back on a workspace: the backtest command, and published forecasts tracked from build to history."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from staffing import hindsight, pipeline
from staffing.domain.errors import InputError
from staffing.forecast.judged.backtest import Plan
from staffing.forecast.judged.baselines import BASELINES
from staffing.forecast.methods.every_method import EVERY_METHOD
from staffing.forecast.run import METHODS
from tests.teams import fine, one_object, refused, tiny_team

WEEK = "2026-W47"
"""The last week of the history; a forecast of it looks at the weeks before."""
SIMPLE = ",".join(method.name for method in BASELINES)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a build of a week that is over."""
    folder = tiny_team(tmp_path_factory.mktemp("tiny") / "team")
    workspace = pipeline.read_workspace(folder)
    pipeline.write_build(folder, pipeline.build_week(workspace, WEEK, pipeline.Budget(seconds=0)))
    return folder


@pytest.fixture
def team(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "team"))


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_published_week_is_held_against_what_came(team: Path):
    found = one_object(fine("accuracy", team, "--json"))
    (week,) = found["weeks"]
    assert week["week"] == WEEK
    assert week["judgement_added_points"] == 0
    assert week["statistics_added_points"] == pytest.approx(
        100 * (week["naive_wape"] - week["wape"]), abs=1e-3
    )
    assert {row["workstream"] for row in found["series"]} == {"escalations", "harms"}
    assert found["waiting"] == []
    shown = fine("accuracy", team)
    assert WEEK in shown
    assert str(team / "out" / "accuracy.csv") in shown


def test_accuracy_outlasts_the_folder_of_the_week(team: Path):
    fine("accuracy", team)
    kept = (team / "out" / "accuracy.csv").read_bytes()
    shutil.rmtree(team / "out" / WEEK)
    found = one_object(fine("accuracy", team, "--json"))
    assert [week["week"] for week in found["weeks"]] == [WEEK]
    assert (team / "out" / "accuracy.csv").read_bytes() == kept


def test_a_week_to_come_waits(team: Path):
    shutil.copytree(team / "out" / WEEK, team / "out" / "2026-W48")
    table = team / "out" / "2026-W48" / "forecast.csv"
    later = pd.read_csv(table, parse_dates=["interval_start"])
    later["interval_start"] += pd.Timedelta(weeks=1)
    later.to_csv(table, index=False)
    assert one_object(fine("accuracy", team, "--json"))["waiting"] == ["2026-W48"]
    assert "Not covered by the history: 2026-W48." in fine("accuracy", team)


def test_without_a_build_there_is_nothing_to_tell(tmp_path: Path):
    team = tiny_team(tmp_path / "team")
    assert "No published forecast lies within the history yet." in fine("accuracy", team)
    assert not (team / "out").exists()


def test_a_damaged_build_is_a_note(team: Path):
    (team / "out" / WEEK / "forecast.csv").write_text("odd\n1\n", encoding="utf-8")
    found = hindsight.track_accuracy(pipeline.read_workspace(team))
    assert found.table.empty
    (note,) = found.notes
    assert "its forecast is left out" in note


def test_a_forecast_leaves_the_published_one_alone(team: Path):
    published = team / "out" / WEEK / "forecast.csv"
    before, stamp = published.read_bytes(), published.stat().st_mtime_ns
    found = one_object(fine("forecast", team, "--week", WEEK, "--json"))
    assert Path(found["forecast"]) == published.with_name("forecast-preview.csv")
    assert (published.read_bytes(), published.stat().st_mtime_ns) == (before, stamp)


def test_backtest_leaves_a_page_and_two_tables(team: Path):
    words = ("--origins", 2, "--days", 7, "--methods", SIMPLE, "--executor", "serial")
    found = one_object(fine("backtest", team, *words, "--json"))
    folder = team / "out" / "backtest"
    assert Path(found["report"]) == folder / "report.html"
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    scores = rows_of(folder / "scores.csv")
    assert len(scores) == len(found["scores"]) == 4 * 2
    assert {row["origins"] for row in scores} == {"2"}
    # Four series, two methods, two origins, a week of hours.
    assert len(rows_of(folder / "forecasts.csv")) == 4 * 2 * 2 * 168
    assert [row["rival"] for row in found["overall"]] == ["forecast", "mean4", "naive"]
    assert len(found["series"]) == 4


def test_backtest_for_people(team: Path):
    words = ("--origins", 1, "--every-days", 7, "--days", 7, "--methods", SIMPLE)
    shown = fine("backtest", team, *words, "--executor", "serial")
    assert "1 forecasts over 7 days each" in shown
    assert "better by" in shown
    assert str(team / "out" / "backtest" / "report.html") in shown


def test_methods_are_chosen_by_name():
    assert hindsight.methods_named(None)[: len(METHODS)] == METHODS
    assert set(METHODS) <= set(EVERY_METHOD)
    simple = hindsight.methods_named(["seasonal_naive"])
    assert simple == tuple(reversed(BASELINES))


def test_unknown_methods_are_named_together(tmp_path: Path):
    told = refused("backtest", tmp_path, "--methods", "seasonal_naiv,prophet")
    assert "2 faults" in told
    assert "Did you mean 'seasonal_naive'?" in told


def test_an_unknown_executor_is_refused(team: Path):
    assert "'abacus' is no executor" in refused("backtest", team, "--executor", "abacus")


def test_too_short_a_history_is_refused(team: Path):
    workspace = pipeline.read_workspace(team)
    with pytest.raises(InputError, match="too short for a backtest over 30 days"):
        hindsight.backtest_workspace(workspace, Plan(days=30))


def test_the_same_backtest_twice(team: Path):
    workspace = pipeline.read_workspace(team)
    plan, methods = Plan(origins=1, days=7), BASELINES
    one, other = (hindsight.backtest_workspace(workspace, plan, methods) for _ in range(2))
    np.testing.assert_array_equal(one.forecasts["mean"], other.forecasts["mean"])
