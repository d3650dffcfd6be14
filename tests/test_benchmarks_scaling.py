"""The benchmark of scaling: sizes, what a curve says, and a tiny problem solved and measured."""

from __future__ import annotations

import pytest

from benchmarks.sample_week import sample_weeks
from benchmarks.scaling.__main__ import HEADING, USUAL, line, sizes
from benchmarks.scaling.measure import solved, time_within
from benchmarks.scaling.sizes import Size, divided, problem_of_size
from staffing.domain.result import Progress
from staffing.rules.book import RuleBook
from staffing.rules.contract_hours import ContractHours
from staffing.rules.one_duty_at_a_time import OneDutyAtATime
from staffing.solvers.budget import Budget
from tests.queues import deferrable, immediate
from tests.rules.world import agent, template, world

BOOK = RuleBook(rules=(OneDutyAtATime(), ContractHours()))


def a_day():
    """Two people, a shift of eight hours, mail of four hours with a backlog, and calls."""
    return world(
        "2026-11-30",
        1,
        [template("D08", "08:00", "16:00")],
        agents=tuple(
            agent(who, workstreams=("mail", "forms", "calls"), weekly_minutes=2400)
            for who in ("ann", "bob")
        ),
        queues=(
            deferrable("mail", {8: 101, 9: 100}, opening=((0, 5), (60, 7), (120, 9))),
            deferrable("forms", {8: 7}),
            immediate("calls", {10: 1}),
        ),
    )


def test_queues_are_divided_into_parts_that_add_up():
    # Four places for two deferrable queues: two parts each; calls stay whole.
    problem = divided(a_day(), 5)
    assert [q.queue for q in problem.queues] == ["mail-1", "mail-2", "forms-1", "forms-2", "calls"]
    one, two = problem.queues[:2]
    assert [a + b for a, b in zip(one.arrivals_minutes, two.arrivals_minutes, strict=True)][
        8:10
    ] == [
        101,
        100,
    ]
    assert abs(one.arrivals_minutes[8] - two.arrivals_minutes[8]) == 1
    assert [item.work_minutes for item in one.opening] == [5, 9]
    assert [item.work_minutes for item in two.opening] == [7]
    assert problem.queues_of["ann"] == {q.queue for q in problem.queues}
    # One place more goes to the first.
    assert sum(q.queue.startswith("mail") for q in divided(a_day(), 6).queues) == 3
    assert divided(a_day(), 3).queues == a_day().queues


def test_no_sample_has_four_queues():
    with pytest.raises(ValueError, match="Ask for 3, 6 or more"):
        problem_of_size(Size(8, 4, 1))


def test_two_weeks_are_one_problem():
    problem, book = sample_weeks("small", 4, weeks=2)
    assert len(problem.agents) == 4
    assert len(problem.horizon.dates) == 14
    assert {len(queue.volume) for queue in problem.queues} == {2 * 168}
    partner = next(queue for queue in problem.queues if queue.queue == "partner_support")
    first, second = sum(partner.arrivals_minutes[:168]), sum(partner.arrivals_minutes[168:])
    assert first == pytest.approx(second, rel=0.01)
    assert first > 0
    assert {duty.date for duty in problem.duties_of_site["dublin"]} == set(problem.horizon.dates)
    assert book.rules


def test_each_list_runs_alone_or_all_with_all():
    asked = [[22, 44], [3, 6], [1, 8]]
    alone = list(sizes(*asked, every=False))
    assert alone == [Size(22, 6, 1), USUAL, Size(44, 3, 1), Size(44, 6, 8)]
    assert len(list(sizes(*asked, every=True))) == 8


def test_when_a_curve_was_near():
    points = [(1.0, None, 50), (2.0, 110, 50), (3.0, 104, 99), (4.0, 100, 99)]
    curve = [Progress(phase="", seconds=s, objective=o, bound=b) for s, o, b in points]
    # Against 99 in the end: 110 is 10 % away, 104 is 4.8 %, 100 is 1 %. At 2 s only 50 was proven.
    assert time_within(curve, 0.11, 99) == 2.0
    assert time_within(curve, 0.11) == 3.0
    assert time_within(curve, 0.05, 99) == 3.0
    assert time_within(curve, 0.01, 99) == 4.0
    assert time_within(curve, 0.005, 99) is None


def test_a_tiny_problem_measured():
    row = solved(a_day(), BOOK, Budget(seconds=2, workers=1))
    assert (row["status"], row["gap"], row["is_sound"]) == ("optimal", 0, True)
    assert row["groups"] == 1
    assert row["near"]["0.01"] <= row["curve"][-1]["seconds"]
    assert row["first_seconds"] >= row["audit_seconds"]
    whole = {"people": 2, "queues": 3, "weeks": 1, "memory_mib": 100} | row
    assert len(line(whole)) == len(HEADING)
    assert line({"people": 9, "queues": 3, "weeks": 1, "stopped": "gone"}).endswith("stopped: gone")
