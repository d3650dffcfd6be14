from __future__ import annotations

import numpy as np
import pytest

from staffing.domain.clock import Horizon
from staffing.domain.people import Agent, Site
from staffing.domain.problem import Problem
from staffing.domain.roster import Roster
from staffing.domain.shifts import Duty
from staffing.simulate.presence import Duties

HORIZON = Horizon.of_week("2026-W49")
SITE = Site(site="dublin", region="EMEA", time_zone="Europe/Dublin", country="IE")


def agent(name):
    return Agent(
        agent_id=name,
        name=name,
        email="",
        site="dublin",
        grade="",
        weekly_minutes=2400,
        workstreams=("mail",),
    )


def duty(start, end, pause=0, minutes=0):
    return Duty(
        site="dublin",
        template="",
        date=HORIZON.first_date,
        start=start,
        end=end,
        break_start=pause,
        break_minutes=minutes,
        start_local=0,
    )


def problem(shrinkage=0.0, carry_in=None):
    return Problem(
        week="2026-W49",
        horizon=HORIZON,
        sites=(SITE,),
        agents=(agent("a"), agent("b")),
        templates=(),
        queues=(),
        shrinkage_fraction=shrinkage,
        carry_in=Roster(duties=carry_in or {}),
    )


def drawn(duties, *, absence=0.0, seed=1, **more):
    there = Duties.of(problem(**more), Roster(duties=duties), absence, 20.0)
    return there.drawn(np.random.default_rng(seed))


def test_a_break_parts_a_duty():
    found = drawn({"b": (duty(480, 990, 720, 30),)})
    assert found.stretches.tolist() == [(480, 720, 0), (750, 990, 1)]
    assert found.first.tolist() == [0, 0, 2]
    assert found.minutes.sum(axis=1).tolist() == [0, 480]


def test_what_is_carried_in_counts_from_the_start_of_the_horizon():
    found = drawn({"a": (duty(1380, 1500),)}, carry_in={"a": (duty(-240, 120, -60, 30),)})
    assert found.stretches.tolist() == [(0, 120, 1), (1380, 1500, 1)]
    assert found.minutes[0, :2].tolist() == [180, 60]


@pytest.mark.parametrize("seed", range(20))
def test_pauses_take_what_shrinkage_takes(seed):
    # 480 minutes, 15 % of them lost: 72 in 4 pauses of 18; the break of 30 stays beside them.
    found = drawn({"a": (duty(480, 990, 720, 30),)}, shrinkage=0.15, seed=seed)
    assert found.minutes.sum() == pytest.approx(408)
    start, end = found.stretches["start"], found.stretches["end"]
    assert (end > start).all()
    gaps = start[1:] - end[:-1]
    assert gaps.min() >= min(18, 30) - 1e-9
    assert gaps.sum() + (start[0] - 480) + (990 - end[-1]) == pytest.approx(72 + 30)
    assert found.stretches["last"].sum() == 1


def test_nobody_turns_up_for_some_duties():
    week = {"a": tuple(duty(1440 * day + 480, 1440 * day + 960) for day in range(7))}
    minutes = [drawn(week, absence=0.2, seed=seed).minutes.sum() / 480 for seed in range(200)]
    # 7 duties, .2: 5.6 stay; standard error of the mean √(7·.2·.8 / 200) = .075
    assert np.mean(minutes) == pytest.approx(5.6, abs=0.25)
