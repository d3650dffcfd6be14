"""The benchmark of carrying backlog in the solver: what each way asks for and pays, on a day worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.service import backlog
from benchmarks.service.backlog_staff import free_of_people, work_hours
from benchmarks.service.backlog_ways import (
    WAYS,
    asked_by,
    begins_as_it_ends,
    taut_string,
)
from staffing.domain.problem import Problem
from staffing.requirement.service import due_profile
from staffing.rules.book import RuleBook
from staffing.rules.one_duty_at_a_time import OneDutyAtATime
from tests.queues import deferrable, immediate
from tests.rules.world import agent, template, world

BOOK = RuleBook(rules=(OneDutyAtATime(),))


def a_busy_hour(people: int = 6) -> Problem:
    """24 cases of 10 minutes arrive from 8 to 9 and are due at 17; of two shifts of 8 hours each has a break."""
    mail = deferrable("mail", {8: 240}, due_hours=8, target=0.9)
    mail = mail.changed(volume=tuple(minutes / 10 for minutes in mail.arrivals_minutes))
    pause = {"break_after_minutes": 240, "break_minutes": 60}
    return world(
        "2026-11-30",
        1,
        [template("D08", "08:00", "17:00", **pause), template("L11", "11:00", "20:00", **pause)],
        agents=tuple(agent(f"a{n}", workstreams=("mail", "calls")) for n in range(people)),
        queues=(mail, immediate("calls")),
    )


def test_what_each_way_asks_for():
    # Erlang: 4 erlangs need 5 agents, 300 minutes. Levelled: 240 minutes over the nine hours from 8 to 17, 26 2/3 each.
    asked = {way: asked_by(way, a_busy_hour()).queues for way in WAYS}
    minutes = {way: mail.arrivals_minutes[8:18] for way, (mail, _) in asked.items()}
    assert minutes["backlog in the solver"] == minutes["work in its hour"] == (240, *[0] * 9)
    assert minutes["Erlang per hour"] == (300, *[0] * 9)
    assert minutes["levelled before"] == (27, 26, 27, 27, 26, 27, 27, 26, 27, 0)
    assert len({calls for _, calls in asked.values()}) == 1


def test_hours_of_each_way_and_what_the_targets_say_of_them():
    # One person has until 17 for 4 hours of work. Levelled, somebody has to be there in his break: 2. All at 8: 4 or 5.
    problem = a_busy_hour()
    found = {way: backlog._staffed(way, problem, BOOK, seconds=2) for way in WAYS}
    assert [of["paid_hours"] for of in found.values()] == [8, 40, 32, 16]
    assert all(of["bound_hours"] <= of["paid_hours"] + 1e-6 for of in found.values())
    for of in found.values():
        assert (of["short_minutes"], of["missed_minutes"], of["broken_musts"]) == (0, 0, 0)
        assert of["least_on_time"] == 1
    result = {"sample": "tiny", "weeks": [{"week": "2026-W49", "work_hours": 4.0, "ways": found}]}
    ratios = next(line for line in backlog.lines(result) if line.strip().startswith("against"))
    assert ratios.split() == ["against", "ours", "1.000", "5.000", "4.000", "2.000"]


def test_what_nobody_can_pay_for_is_an_error():
    # Four are needed in one hour, and there are three.
    with pytest.raises(RuntimeError, match="short, whatever is paid"):
        backlog._staffed("work in its hour", a_busy_hour(people=3), BOOK, seconds=2)


def test_a_week_begins_with_what_it_may_leave():
    # Of 60 and 40 minutes that arrive in hours 20 and 23 half is left, due 4 hours after the end of those hours.
    problem = a_busy_hour()
    queue = begins_as_it_ends(problem.horizon, deferrable("mail", {20: 60, 23: 40}))
    assert [(item.due, item.work_minutes) for item in queue.opening] == [(60, 30), (240, 20)]
    assert due_profile(problem.horizon, queue).closing_minutes == 50


def test_people_come_as_they_are_needed():
    problem = free_of_people(a_busy_hour(people=2))
    assert len(problem.agents) == len({each.agent_id for each in problem.agents}) == 12
    assert work_hours(problem) == 4


@pytest.mark.parametrize(
    ("least", "most", "path"),
    [
        ([0, 0, 0, 6], [0, 6, 6, 6], [0, 2, 4, 6]),
        ([0, 3, 3, 3, 4], [0, 4, 4, 4, 4], [0, 3, 10 / 3, 11 / 3, 4]),
        ([0, 0, 0, 4], [0, 1, 1, 4], [0, 0.5, 1, 4]),
    ],
)
def test_a_taut_string_is_straight_and_bends_only_where_it_must(least, most, path):
    found = taut_string(np.array(least, dtype=float), np.array(most, dtype=float))
    assert found == pytest.approx(path)
