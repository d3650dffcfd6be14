"""Which weeks are to be saved, and what is asked for so that they are."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from staffing.domain.problem import Problem
from staffing.rehearsal.cuts import staffed, tightened
from staffing.rehearsal.unlucky import weeks_to_save
from staffing.simulate.demand import Demand
from tests.queues import deferrable, immediate
from tests.rules.world import agent, template, world


def problem(queue) -> Problem:
    people = (agent("ann", workstreams=(queue.queue,)),)
    return world(
        "2026-11-30", 1, [template("E06", "06:00", "14:00")], agents=people, queues=(queue,)
    )


def lived(queue, levels, missed, due):
    """What a cut looks at: the service of each week, mean cases due and missed by interval."""
    misses = pd.DataFrame({"queue": queue, "missed": 0.0, "due": 0.0}, index=range(24))
    for column, values in (("missed", missed), ("due", due)):
        misses.loc[list(values), column] = list(values.values())
    return SimpleNamespace(levels=np.array(levels)[:, None], misses=misses)


def asked(queue, levels, missed, due, cases):
    """Return the queue as it is asked for, when so many cases come in each hour of each week."""
    team = problem(queue)
    weeks = len(levels)
    demand = Demand(np.array(cases).reshape(weeks, 1, 1).repeat(24, axis=2), np.zeros(1))
    world_lived = lived(queue.queue, levels, missed, due)
    return tightened(team, team, world_lived, demand, 0.75, {queue.queue: 1}).queues[0]


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([0.95, 0.5, 0.8, 0.85], [2, 3]),  # three fail, one may: the worst is given up
        ([0.95, 0.5, 0.95, 0.95], []),
        ([0.9, 0.9, 0.9, 0.9], []),
        ([0.8, 0.8, 0.8, 0.8], [1, 2, 3]),
    ],
)
def test_the_worst_weeks_are_given_up(levels, expected):
    assert weeks_to_save(np.array(levels), 0.9, 0.75).tolist() == expected


def test_work_grows_to_that_of_the_weeks_to_be_saved():
    # Planned: 1 case of 10 minutes an hour. The two middle weeks are to be saved: 2 and 4 cases, 3 on average.
    mail = deferrable("mail", dict.fromkeys(range(24), 10), target=0.9).changed(volume=(1.0,) * 24)
    found = asked(mail, [0.5, 0.7, 0.8, 1.0], {23: 0.1}, {23: 24.0}, [9, 2, 4, 1])
    assert found.arrivals_minutes == (30,) * 24
    assert found.volume == mail.volume


def test_where_volume_is_usual_work_grows_by_what_is_missed_beyond_the_target():
    # To be saved: weeks of 70 and 80 %, the worse 20 points below; lived weeks miss 25 % on average. 4 cases of 10
    # minutes are missed: 4 · 10 · 20 / 25 = 32 minutes more. In hour 20 work of hour 16 falls due, in hour 2 backlog.
    mail = deferrable("mail", dict.fromkeys(range(24), 10), target=0.9, opening=((180, 30),))
    mail = mail.changed(volume=(1.0,) * 24)
    found = asked(mail, [0.5, 0.7, 0.8, 1.0], {2: 2.0, 20: 2.0}, {2: 8, 20: 8}, [1, 1, 1, 1])
    more = np.subtract(found.arrivals_minutes, mail.arrivals_minutes)
    assert np.flatnonzero(more).tolist() == [16]
    assert more[16] == 16
    assert [(batch.due, batch.work_minutes) for batch in found.opening] == [(180, 30), (180, 16)]


def test_people_are_asked_for_where_most_is_missed():
    # 10 points of 20 cases are to be saved: hours with twice as many misses, 4: those of 3 and 2 cases.
    calls = immediate("calls", {9: 1, 10: 1, 11: 1}, volume={9: 1, 10: 1, 11: 1})
    missed, due = {9: 1.0, 10: 3.0, 11: 2.0}, {9: 8.0, 10: 8.0, 11: 4.0}
    found = asked(calls, [0.5, 0.8, 0.8, 1.0], missed, due, [0, 0, 0, 0])
    assert [found.required_agents[hour] for hour in (8, 9, 10, 11)] == [0, 1, 2, 2]
    team = problem(calls)
    guide = team.changed(queues=(found,))
    assert staffed(team, guide).queues[0].required_agents == found.required_agents


def test_other_queues_are_left_alone():
    mail = deferrable("mail")
    team = problem(mail)
    world_lived = lived("mail", [0.0], {}, {})
    demand = Demand(np.zeros((1, 1, 24), np.int64), np.zeros(1))
    assert tightened(team, team, world_lived, demand, 0.9, {}) == team
