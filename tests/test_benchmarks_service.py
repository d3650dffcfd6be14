"""The benchmark of service runs in one command, with and without its peers."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json

import numpy as np
import pytest

from benchmarks.environment import PeersError
from benchmarks.service import erlang, lived, volume
from benchmarks.service.__main__ import main
from benchmarks.service.lived_weeks import STRAINED, WEEKS, Week, workspace_of
from staffing.forecast.intervals import Spread
from staffing.policy.workspace import Workspace
from staffing.rules.book import RuleBook
from staffing.simulate.demand import Demand
from staffing.solvers.budget import Budget
from staffing.solvers.solve import solve
from tests.forecast.outlooks import outlook
from tests.queues import deferrable
from tests.rules.world import agent, template, world


def test_one_command_prints_a_table_and_writes_the_figures(tmp_path, capsys):
    written = tmp_path / "figures.json"
    main(["--only", "erlang", "--no-peers", "--json", str(written)])
    figures = json.loads(written.read_text(encoding="utf-8"))["erlang"]
    assert set(figures["ours_cpu_seconds"]) == {"waiting", "on_time", "staff", "erlang_a"}
    assert "10,000 random cases" in capsys.readouterr().out


def test_without_the_environment_of_the_peers_the_run_goes_on_and_says_so(tmp_path, monkeypatch):
    def offline(*_):
        raise PeersError("no index")

    monkeypatch.setattr(erlang, "python_with", offline)
    result = erlang.measure(tmp_path)
    assert erlang.lines(result)[-1] == "  left out: pyworkforce: no index"


def test_equality_is_counted_where_both_are_defined():
    # 2.6 erlangs, target .2 in a handle time: 3 agents are enough, and a search from round(3.6) on finds 4.
    cases = erlang.draw_cases(3, seed=1) | {
        "volume": np.array([78.0, 78.0, 78.0]),
        "aht_minutes": np.ones(3),
        "threshold_minutes": np.ones(3),
        "agents": np.array([2, 3, 4]),
        "target": np.array([0.2, 0.2, 0.2]),
        "occupancy_cap": np.ones(3),
    }
    ours = {name: job(cases) for name, job in erlang.JOBS.items()}
    assert ours["staff"].tolist() == [3, 3, 3]
    theirs = {"waiting": [None, *ours["waiting"][1:]], "on_time": ours["on_time"].tolist()}
    found = erlang._equality(cases, ours, theirs | {"staff": [3, 4, 5]})
    assert found["defined"] == 2
    assert found["waiting_difference"] == pytest.approx(0)
    assert (found["staff_equal"], found["staff_start"], found["staff_other"]) == (1, 1, 1)


def with_little_history(week: Week, sample: str) -> Workspace:
    """Return the workspace of a week with ten weeks of its history: what costs time here is to learn from it."""
    workspace = workspace_of(week, sample)
    moment = workspace.history["interval_start"]
    recent = workspace.history[moment > moment.max() - dt.timedelta(weeks=10)]
    return dataclasses.replace(workspace, history=recent.reset_index(drop=True))


def test_a_week_is_built_and_lived_and_each_queue_of_it_is_judged(monkeypatch):
    monkeypatch.setattr(lived, "workspace_of", with_little_history)
    week = Week("2026-W13", 3, "summer time begins in Dublin")
    effort = lived.Effort(solve_seconds=1, rehearsal_seconds=1, replications=10)
    result = lived.measure(None, "small", (week,), effort)
    (found,) = json.loads(json.dumps(result))["weeks"]
    assert found["bound"] <= found["objective"]
    assert [line["queue"] for line in found["queues"]] == [
        "escalations",
        "partner_support",
        "investigations",
    ]
    for line in found["queues"]:
        far = line["kind"] == "deferrable" and abs(line["believed"] - line["mean"]) > 0.02
        unsure = line["chance"] < 0.9 and line["reported"] == ""
        assert line["fails"] == ["belief"] * far + ["chance"] * unsure
    said = lived.lines(result)
    held = sum(not line["fails"] for line in found["queues"])
    assert said[0].endswith("1 weeks, each lived 10 times")
    assert said[-1] == f"  of 1 weeks {held} of 3 queue-weeks hold"


def test_queues_that_fail_are_named_with_what_they_fail_by():
    # Lived 3 points below belief; the target is missed in 40 % of the weeks: nobody says so, then the schedule does.
    line = {
        "queue": "mail",
        "kind": "deferrable",
        "target": 0.95,
        "believed": 0.98,
        "mean": 0.95,
        "chance": 0.6,
    }
    lines = [line | lived._judged(line, reported) for reported in ("", "short")]
    assert [line["fails"] for line in lines] == [["belief", "chance"], ["belief"]]
    week = {"week": "2026-W49", "what": "made up", "rehearsal": None, "is_strained": False}
    usual = week | {"queues": lines}
    strained = week | {"queues": [lines[0] | {"fails": []}], "is_strained": True}
    result = {"sample": "small", "effort": {"replications": 10}, "weeks": [usual, strained]}
    assert lived.lines(result)[-3:] == [
        "  fails: 2026-W49 mail by belief and chance: target 95%, believed 98.0%, lived 95.0%, chance 60%",
        "  fails: 2026-W49 mail by belief: target 95%, believed 98.0%, lived 95.0%, chance 60%",
        "  of 1 weeks 0 of 2 queue-weeks hold; of 1 strained weeks 1 of 1",
    ]


def test_the_weeks_differ_and_a_hard_one_has_more_work_and_fewer_people():
    weeks = (*WEEKS, *STRAINED)
    assert len({week.week for week in weeks}) == len({week.seed for week in weeks}) == len(weeks)
    assert [week.is_strained for week in weeks] == 8 * [False] + 2 * [True]
    plain = Week("2026-W27", 5, "plain")
    hard = dataclasses.replace(plain, more_fraction=0.2, backlog_times=3, away=1)
    usual, heavy = (workspace_of(week, "small") for week in (plain, hard))
    assert heavy.history.equals(usual.history)
    assert len(heavy.open_cases) == 3 * len(usual.open_cases) > 0
    assert len(heavy.time_off) == len(usual.time_off) + 1
    assert [override.change_fraction for override in heavy.overrides] == [0.2]
    # The history ends a week before the Monday of W27, 29 June.
    assert f"{usual.history['interval_start'].max():%Y-%m-%dT%H}" == "2026-06-21T23"


def mail_case(people: int) -> volume.Case:
    """40 minutes of work an hour from 8 to 14 by the mean; five weeks in ten have as much, the others 120.

    The rate of an hour varies by twice its mean.
    """
    mail = deferrable("mail", dict.fromkeys(range(8, 14), 40), target=0.9)
    mail = mail.changed(volume=tuple(minutes / 10 for minutes in mail.arrivals_minutes))
    problem = world(
        "2026-11-30",
        1,
        [template("E06", "06:00", "14:00")],
        agents=tuple(agent(name, workstreams=("mail",)) for name in "ab"[:people]),
        queues=(mail,),
    )
    book, budget = RuleBook(rules=()), Budget(seconds=2, workers=1, deterministic=True)
    cases = np.zeros((10, 1, 24), np.int64)
    cases[:5, 0, 8:14], cases[5:, 0, 8:14] = 4, 12
    demand = Demand(cases, np.zeros(1))
    outlooks = {("EMEA", "mail"): outlook(np.array(mail.volume), Spread(1.0, 2.0), weeks=1 / 7)}
    return volume.Case(problem, book, outlooks, demand, budget, solve(problem, book, budget))


def test_a_schedule_is_priced_by_what_its_lived_weeks_miss():
    # One person gives 60 minutes an hour. Half of 120 is late: 40 points below target, 20 on average, of 480 minutes.
    case = mail_case(people=1)
    found = volume._judged(case, volume.for_the_mean(case), case.rehearsed)
    assert (found["least_chance"], found["all_chance"], found["paid_hours"]) == (0.5, 0.5, 8)
    assert found["missed_hours"] == pytest.approx(96 / 60, rel=0.1)
    assert found["missed_price"] == pytest.approx(1000 * 60 * found["missed_hours"])
    assert found["expected_price"] == found["missed_price"] + found["other_price"]
    effort = {"seconds": 2, "replications": 10}
    week = {"sample": "tiny", "week": "2026-W49", "what": "made up", "effort": effort}
    said = volume.lines({"weeks": [week | {"ways": {"mean": found}}]})
    assert said[-1].split()[:4] == ["mean", "50.0%", "50.0%", "50.0%"]


def test_a_quantile_or_a_rehearsal_asks_for_the_second_person():
    case = mail_case(people=2)
    ways = {
        name: volume._judged(case, volume.WAYS[name](case), case.rehearsed)
        for name in ("mean", "quantile 0.9", "rehearsal")
    }
    assert [of["paid_hours"] for of in ways.values()] == [8, 16, 16]
    assert [of["all_chance"] for of in ways.values()] == [0.5, 1, 1]
