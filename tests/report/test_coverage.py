"""What a plan serves and leaves open, interval by interval."""

from __future__ import annotations

import pytest

from staffing.report.coverage import presence, queue_flow, roster_of, workload_heads


def test_an_immediate_queue_counts_agents(build):
    flow = queue_flow(build, build.problem.queues[0])
    assert flow["available_agents"][6:10].tolist() == [0, 1, 0.75, 0]
    assert flow["short_minutes"][6:10].tolist() == [60, 0, 15, 60]
    assert flow["backlog_minutes"].isna().all()


def test_a_deferrable_queue_counts_open_work(build):
    # 20 open at first, 30 an hour, 50 done in hour 7: 50 80 … 230 | 260 − 50 = 210 | 240
    flow = queue_flow(build, build.problem.queues[1])
    assert flow["backlog_minutes"][[0, 6, 7, 8]].tolist() == [50, 230, 210, 240]
    # due after two hours: what arrived in the last two may be open, 30 at first, then 60
    assert flow["limit_minutes"][[0, 1, 8]].tolist() == [30, 60, 60]
    assert flow["short_minutes"][[7, 8]].tolist() == [0, 180]
    assert flow["required_agents"].isna().all()


def test_without_an_allocation_nothing_is_served(unsolved):
    flow = queue_flow(unsolved, unsolved.problem.queues[1])
    assert flow["served_minutes"].sum() == 0
    # 20 + 30 open at the end of the first hour, 30 of it not yet due: 20 overdue at least
    assert flow["short_minutes"][0] == 20


def test_presence_leaves_breaks_out(build):
    # Monday 08:00 to 16:30 in Dublin (UTC+1): 07:00 to 15:30 UTC, break 11:00 to 11:30
    heads = presence(build.problem, roster_of(build))["dublin"]
    assert heads.iloc[[6, 7, 11, 15, 16]].tolist() == [0, 1, 0.5, 0.5, 0]
    # Saturday 22:00 IST to Sunday 06:00 GMT: 21:00 to 06:00 UTC
    assert heads.iloc[5 * 24 + 20 : 6 * 24 + 7].tolist() == [0, *[1] * 9, 0]


def test_arriving_work_as_heads_counts_shrinkage_once(build):
    # one agent and 30 minutes an hour: 1.5 heads, and 1.5 / 0.75 = 2 with a quarter of shrinkage
    assert workload_heads(build.problem).iloc[0] == pytest.approx(1.5)
    shrunk = build.problem.model_copy(update={"shrinkage_fraction": 0.25})
    assert workload_heads(shrunk).iloc[0] == pytest.approx(2.0)
