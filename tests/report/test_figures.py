"""Pictures hold the numbers of the tables, and never leave the page."""

from __future__ import annotations

import json

import pytest

from staffing.report import figures


def trace(figure, name):
    (found,) = [t for t in figure.data if t.name == name]
    return found


def test_forecast_adds_regions_and_their_independent_errors(build):
    figure = figures.forecast_figure(build)
    assert trace(figure, "forecast").y[0] == 4
    assert trace(figure, "history").y[0] == 4
    # q95 is 4 above and q05 4 below the mean in both regions: 4 ± √32, not below zero
    upper, lower = figure.data[0], figure.data[1]
    assert upper.y[0] == pytest.approx(4 + 32**0.5, abs=0.01)
    assert lower.y[0] == 0


def test_forecast_of_a_workstream_without_history_still_draws(build):
    figure = figures.forecast_figure(build, "unknown")
    assert len(trace(figure, "forecast").x) == 0


def test_presence_is_stacked_by_site(build):
    figure = figures.presence_figure(build)
    assert figure.layout.barmode == "stack"
    assert trace(figure, "Dublin").y[7] == 1
    assert trace(figure, "arriving work").y[0] == 1.5


def test_immediate_coverage_shows_what_is_short(build):
    figure = figures.coverage_figure(build, build.problem.queues[0])
    assert trace(figure, "short").y[6:10].tolist() == [1, 0, 0.25, 1]


def test_deferrable_coverage_shows_open_work_against_its_limit(build):
    figure = figures.coverage_figure(build, build.problem.queues[1])
    assert trace(figure, "open").y[7] == 3.5
    assert [t.y[1] for t in figure.data if t.name == "not yet due"] == [1]
    assert trace(figure, "overdue").y[8] == 3


def test_improvement_draws_objective_and_bound(build):
    figure = figures.improvement_figure(build)
    assert trace(figure, "objective").y == (2100,)
    assert trace(figure, "bound").y == (2000, 2000)
    assert figure.layout.yaxis.type == "log"


def test_figures_have_no_way_to_a_cloud():
    config = json.loads(figures.config_json())
    assert config["showSendToCloud"] is False
    assert config["displaylogo"] is False
    assert config["plotlyServerURL"] == ""
    assert "sendChartToCloud" not in config["modeBarButtons"][0]


def test_names_are_escaped_in_pictures(build):
    site = build.problem.sites[0].model_copy(update={"site": "<a href='https://x'>x</a>"})
    problem = build.problem.model_copy(
        update={"sites": (site,), "carry_in": type(build.solution.roster)(duties={})}
    )
    problem = type(problem).model_validate(problem.model_dump())
    solution = build.solution.model_copy(update={"roster": None})
    figure = figures.presence_figure(
        type(build)(**{**vars(build), "problem": problem, "solution": solution})
    )
    assert figure.data[0].name.startswith("&lt;a href")
