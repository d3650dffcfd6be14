"""The pipeline: which week is next, how far a forecast reaches, one objective by two ways, nothing hidden."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from staffing import pipeline
from staffing.domain.build import Build
from staffing.domain.errors import InputError, StaffingError
from staffing.domain.result import Progress, Solution, Status
from staffing.policy.workspace import Workspace
from tests.teams import small_team, tiny_team

WEEK = "2026-W49"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return pipeline.read_workspace(tiny_team(tmp_path_factory.mktemp("tiny") / "team"))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return pipeline.read_workspace(small_team(tmp_path_factory.mktemp("small") / "team"))


@pytest.fixture(scope="module")
def points() -> list[Progress]:
    """What the build of `built` told of."""
    return []


@pytest.fixture(scope="module")
def built(small: Workspace, points: list[Progress]) -> Build:
    return pipeline.build_week(small, WEEK, pipeline.Budget(seconds=2, seed=1), points.append)


def until(workspace: Workspace, moment: str) -> Workspace:
    """Return the workspace as if its last interval began at a moment, with nothing carried in."""
    history = workspace.history
    shift = pd.Timestamp(moment) - history["interval_start"].max()
    moved = history.assign(interval_start=history["interval_start"] + shift)
    return replace(workspace, history=moved, carry_in=())


@pytest.mark.parametrize(
    ("last_interval", "week"),
    [
        ("2026-11-22T23:00Z", "2026-W49"),  # ends on Monday 23 November, the first instant of W48
        ("2026-11-22T22:00Z", "2026-W48"),  # ends on Sunday, in W47
        ("2026-11-29T12:00Z", "2026-W49"),
        ("2026-12-21T08:00Z", "2026-W53"),  # 2026 has 53 weeks
        ("2026-12-28T08:00Z", "2027-W01"),
    ],
)
def test_the_next_week_follows_the_week_of_the_history_s_end(
    tiny: Workspace, last_interval: str, week: str
):
    assert pipeline.next_week(until(tiny, last_interval)) == week


def test_the_next_week_follows_the_duties_carried_in(small: Workspace):
    # The last case is of Sunday 22 November 21:59, duties are published up to Sunday 29 November.
    assert pipeline.next_week(replace(small, carry_in=())) == "2026-W48"
    assert max(row.date for row in small.carry_in) == dt.date(2026, 11, 29)
    assert pipeline.next_week(small) == WEEK


def test_the_next_week_can_be_reached_however_far_duties_are_published(tiny: Workspace):
    # The history ends on Monday 23 November: four weeks later begins 2026-W52 (21 December).
    far = tuple(
        row.model_copy(update={"date": dt.date(2026, 11, 23) + dt.timedelta(days=day)})
        for row in tiny.carry_in[:1]
        for day in range(90)
    )
    assert pipeline.next_week(replace(tiny, carry_in=far)) == "2026-W52"


@pytest.mark.parametrize(
    ("week", "reason"),
    [
        ("2026-W53", "more than 4 weeks after the history ends (2026-11-23)"),
        ("2026-W43", "before two weeks of history are known (it begins 2026-10-19)"),
    ],
)
def test_a_week_out_of_reach_is_refused_with_a_way_out(tiny: Workspace, week: str, reason: str):
    with pytest.raises(InputError) as caught:
        pipeline.forecast_week(tiny, week)
    (fault,) = caught.value.faults
    assert (fault.file, fault.column, fault.value) == ("cases", "week", week)
    assert reason in fault.message
    assert f"uild {WEEK}." in fault.message


def test_a_week_that_does_not_exist(tiny: Workspace):
    with pytest.raises(StaffingError, match="no ISO week 54"):
        pipeline.forecast_week(tiny, "2026-W54")


def test_a_forecast_covers_every_series_and_hour_of_the_week(tiny: Workspace):
    table = pipeline.forecast_week(tiny, "2026-W52").table
    assert len(table) == 2 * 2 * 168
    assert table["interval_start"].min() == pd.Timestamp("2026-12-21T00:00Z")
    assert table["interval_start"].max() == pd.Timestamp("2026-12-27T23:00Z")


def test_a_build_is_bounded_and_breaks_no_must_rule(built: Build):
    assert built.problem.week == WEEK
    assert 0 < built.solution.bound <= built.solution.objective
    assert built.bill.objective == built.solution.objective
    assert built.bill.must_violations == ()


def test_a_build_says_where_time_and_memory_went(built: Build):
    assert list(built.seconds) == ["forecast", "requirement", "solve", "audit", "tiers", "explain"]
    assert built.peak_rss_bytes > 50_000_000


def test_progress_goes_through_the_steps_and_never_gets_worse(built: Build, points: list[Progress]):
    phases = [point.phase for point in points]
    steps = [phase for phase in phases if phase in built.seconds]
    assert steps == list(built.seconds)
    objectives = [point.objective for point in points if point.objective is not None]
    assert objectives == sorted(objectives, reverse=True)
    assert round(objectives[-1], -2) == round(built.solution.objective, -2)


def test_the_roster_file_is_worth_at_least_as_much_by_hand(
    small: Workspace, built: Build, tmp_path: Path
):
    """The audit of the file looks for the best allocation itself; the solver's can only be as good."""
    folder = pipeline.write_build(tmp_path, built)
    audited = pipeline.audit_roster(small, built.problem, folder / "roster.csv")
    assert audited.is_clean
    assert audited.bill.objective <= built.solution.objective


def test_a_written_build_comes_back(built: Build, tmp_path: Path):
    folder = pipeline.write_build(tmp_path, built)
    assert folder == tmp_path / "out" / WEEK
    found = pipeline.read_build(tmp_path, WEEK)
    assert found.solution == built.solution
    assert found.bill == built.bill


def test_a_roster_file_with_faults_is_refused(small: Workspace, built: Build, tmp_path: Path):
    path = tmp_path / "mine.csv"
    path.write_text("agent_id,date,template\n0001,2026-12-01,X99\n9999,2026-12-01,D08\n", "utf-8")
    with pytest.raises(InputError) as caught:
        pipeline.audit_roster(small, built.problem, path)
    assert [fault.row for fault in caught.value.faults] == [2, 3]


def test_a_published_forecast_is_enough_for_a_quantile(small: Workspace, built: Build):
    settings = small.settings.changed(plan_quantile=0.8)
    busy = pipeline.problem_of_week(replace(small, settings=settings), WEEK, built.forecast)
    assert (busy.plan_quantile, built.problem.plan_quantile) == (0.8, None)
    for queue, mean in zip(busy.queues, built.problem.queues, strict=True):
        assert sum(queue.volume) > sum(mean.volume)
        assert queue.opening == mean.opening


@pytest.mark.parametrize("amount", [1, -1])
def test_a_solver_that_says_otherwise_than_the_audit_is_found_out(
    small: Workspace, built: Build, monkeypatch: pytest.MonkeyPatch, amount: int
):
    wrong = built.solution.model_copy(update={"objective": built.solution.objective + amount})
    monkeypatch.setattr(pipeline, "solve", lambda *_, **__: wrong)
    with pytest.raises(StaffingError, match="audit disagrees with the solver"):
        pipeline.build_week(small, WEEK)


def test_no_roster_is_a_result(tiny: Workspace, monkeypatch: pytest.MonkeyPatch):
    nothing = Solution(
        status=Status.NO_TIME, roster=None, allocation=None, objective=None, bound=None, seconds=0.0
    )
    monkeypatch.setattr(pipeline, "solve", lambda *_, **__: nothing)
    build = pipeline.build_week(tiny, WEEK)
    assert build.solution.roster is None
    assert build.shortages == ()
    # Nobody works: everything that waits is short.
    assert all(line.expected_fraction < line.target_fraction for line in build.bill.service)
