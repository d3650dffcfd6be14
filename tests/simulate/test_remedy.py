"""Hours that would help a target at risk: where they are looked for, whose they are, and what they are worth."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

from staffing.domain.build import Build
from staffing.domain.clock import Horizon
from staffing.domain.result import Bill, Solution, Status
from staffing.domain.roster import Roster
from staffing.simulate.demand import demand_of
from staffing.simulate.remedy import (
    REMEDIES,
    Trial,
    cheapest_person,
    hours_before_misses,
    with_remedies,
)
from staffing.simulate.run import simulate_build
from tests.simulate.test_demand import table
from tests.simulate.test_run import DAILY, world


@pytest.fixture
def build() -> Build:
    """Mail of two cases an hour, worked from 8 to 16 by one person: what opens from 16:00 to 4:00 is late."""
    forecast = table({("EMEA", "mail"): 2.0})
    return Build(
        organisation="tiny",
        problem=world(),
        history=forecast,
        forecast=forecast,
        backtest=pd.DataFrame(),
        solution=Solution(
            status=Status.FEASIBLE,
            roster=Roster(duties={"b": DAILY}),
            allocation=None,
            objective=0,
            bound=None,
            seconds=0.0,
        ),
        bill=Bill(terms=(), violations=(), service=()),
        shortages=(),
        seed=1,
    )


@pytest.fixture
def lived(build):
    return simulate_build(build, replications=8)


def missing(lived, cases):
    """A simulation in which so many cases of mail are missed by interval, and nothing else."""
    misses = lived.misses.assign(missed=0.0)
    for interval, count in cases.items():
        misses.loc[interval, "missed"] = count
    return dataclasses.replace(lived, misses=misses)


def test_hours_lead_to_misses(build, lived):
    # Due within 4 h: an hour leads to the misses of itself and of the next three, 6 from 19 and 20 (the later one is
    # better), 4 from 18 and 21, 2 from 17 and 22.
    problem = build.problem
    found = hours_before_misses(
        problem, problem.queues[0], missing(lived, {20: 2.0, 21: 2.0, 22: 2.0})
    )
    assert [minute // 60 for minute in found] == [20, 19, 21, 18, 22, 17]


def test_hours_lie_within_the_week_and_opening_hours(build, lived):
    problem = build.problem
    shut = problem.queues[0].changed(closed=(166,))
    found = hours_before_misses(problem, shut, missing(lived, {167: 1.0}))
    assert [minute // 60 for minute in found] == [167, 165, 164]


def test_hours_of_a_finer_grid_do_not_overlap(build, lived):
    problem = build.problem
    fine = Horizon(start=problem.horizon.start, interval_minutes=15, intervals=672)
    starts = fine.interval_starts()
    misses = pd.DataFrame({"queue": "mail", "interval_start": starts, "missed": 0.0})
    misses.loc[100, "missed"] = 1.0
    found = hours_before_misses(
        problem.model_copy(update={"horizon": fine}),
        problem.queues[0],
        dataclasses.replace(lived, misses=misses),
    )
    # sixteen quarters lead to it, from 85 to 100
    assert found == [15 * interval for interval in (100, 96, 92, 88)]


def test_the_largest_group_that_costs_least(build):
    problem = build.problem
    noon = cheapest_person(problem, problem.queues[0], 12 * 60)
    assert (noon.pool, noon.people, noon.paid_minutes) == ("mail", 1, 60)
    # Dublin is on UTC in winter: an hour at 2:00 costs half of it more
    assert cheapest_person(problem, problem.queues[0], 2 * 60).paid_minutes == 90
    nobody = problem.changed(agents=problem.agents[2:])
    assert cheapest_person(nobody, nobody.queues[0], 0) is None


def test_an_hour_at_the_right_time_takes_misses_off(build, lived):
    assert lived.at_risk == ("mail",)
    found = with_remedies(build, lived)
    assert found.levels is lived.levels
    assert list(found.remedies.columns) == list(REMEDIES)
    assert found.remedies["queue"].tolist() == ["mail", "mail"]
    best, other = found.remedies.to_dict("records")
    # 8 h of 2 cases are open when somebody comes for an hour, and 6 of 10 minutes are done, 9/10 of them after pauses;
    # some of those are late already.
    assert 2 < best["avoided"] <= 6
    both = best["missed"] - best["missed_with_all"]
    assert max(best["avoided"], other["avoided"]) < both <= 12
    worth = [row["avoided"] / row["paid_minutes"] for row in (best, other)]
    assert worth[0] >= worth[1]


def test_the_weeks_of_trials_are_those_that_were_lived(build, lived):
    again = Trial(build, lived, demand_of(build.problem, build.forecast, 8, 1), None)
    np.testing.assert_array_equal(again.live(()).levels, lived.levels)
    few = again.live((), 3)
    np.testing.assert_array_equal(few.levels, lived.levels[:3])


def test_no_target_at_risk_no_hour(build, lived):
    calm = dataclasses.replace(lived, queues=lived.queues.assign(chance=1.0))
    found = with_remedies(build, calm).remedies
    assert found.empty
    assert list(found.columns) == list(REMEDIES)


def test_hours_that_help_nothing_are_left_out(build, lived):
    # Said to be at risk, but every chat is answered: there are none.
    odd = lived.queues.assign(chance=np.where(lived.queues["queue"] == "chat", 0.0, 1.0))
    found = with_remedies(build, dataclasses.replace(lived, queues=odd)).remedies
    assert found.empty
