"""What the settings of an immediate workstream make of a week."""

from __future__ import annotations

import numpy as np
import pytest

from staffing.domain.work import Workstream
from staffing.requirement.erlang import erlang_a, service_level
from staffing.requirement.immediate import on_time_fraction, required_agents
from staffing.requirement.lagged_load import lagged_load
from staffing.requirement.staff_search import smallest_staff

HOURS = np.ones(24)


def work(**more):
    fields = {"threshold_minutes": 1, "target_fraction": 0.8, "occupancy_cap_fraction": 1.0}
    return Workstream(workstream="chat", kind="immediate", **(fields | more))


def needed(volume, aht=6.0, **more):
    return required_agents(work(**more), volume * HOURS, aht * HOURS, 60).tolist()


def test_without_more_it_is_erlang_c():
    # 100 an hour of 6 min: 10 erlangs
    assert needed(100) == [int(smallest_staff(10, 6, 1, 0.8))] * 24


def test_patience_and_its_target_take_part():
    # Those who give up are a miss, but take nobody's time.
    expected = int(smallest_staff(10, 6, 1, 0.8, 1.0, 3, 0.02))
    assert needed(100, patience_minutes=3, abandonment_target_fraction=0.02) == [expected] * 24
    assert needed(100, patience_minutes=3) != needed(100)


def test_an_agent_with_three_chats_is_three_servers():
    # 10 erlangs of chats need 13 servers, five agents with three chats each.
    assert needed(100) == [13] * 24
    assert needed(100, concurrency=3) == [5] * 24
    found = on_time_fraction(work(concurrency=3), 100 * HOURS, 6 * HOURS, 60, 5)
    assert found == pytest.approx(service_level(100, 6, 60, 15, 1) * HOURS)


def test_cases_of_half_a_day_are_staffed_when_they_are_worked():
    # 10 cases at 9 o'clock, of 12 h each: nobody could wait for 120 agents in that hour and none in the next.
    volume = np.zeros(24)
    volume[9] = 10
    agents = required_agents(work(), volume, 720 * HOURS, 60)
    load = lagged_load(volume, 720 * HOURS, 60)
    assert agents.tolist() == smallest_staff(load, 720, 1, 0.8).tolist()
    assert agents[9] < agents[10] == max(agents) < 20
    assert agents[:9].tolist() == [0] * 9


def test_a_week_with_quiet_nights_still_meets_its_target():
    volume = np.tile([0.004] * 9 + [2.0] * 8 + [0.004] * 7, 7)
    chosen = work(threshold_minutes=30, occupancy_cap_fraction=0.85)
    agents = required_agents(chosen, volume, np.full(168, 15.0), 60)
    assert (agents == np.where(volume > 1, 1, 0)).all()
    on_time = on_time_fraction(chosen, volume, np.full(168, 15.0), 60, agents)
    assert (volume * on_time).sum() / volume.sum() >= 0.8


def test_quiet_nights_raise_the_target_of_the_days():
    # Nights of .04 an hour, 112 of them, are 4.48 of 60.48 cases (7.4 %), below half of the 24 % that may be late: the
    # 56 hours of one case each, .25 erlangs, must reach .76 / .926 = .821 within a minute. One agent gives
    # 1 - .25·exp(-.75/15) = .762, enough for .76 and not for that; two give 1 - .0278·exp(-1.75/15) = .975.
    volume = np.tile([0.04] * 9 + [1.0] * 8 + [0.04] * 7, 7)
    agents = required_agents(work(target_fraction=0.76), volume, np.full(168, 15.0), 60)
    assert set(agents[volume == 1.0]) == {2}
    every = work(target_fraction=0.76, staffed_from_probability=0.0)
    assert set(required_agents(every, volume, np.full(168, 15.0), 60)) == {1}


def test_the_audit_counts_who_gives_up_as_a_miss():
    found = on_time_fraction(work(patience_minutes=5), [100.0], [6.0], 60, [11])
    assert found == pytest.approx(erlang_a(10, [11], 6, 5, 1).on_time_of_arrivals)


def test_nothing_to_do_is_on_time():
    assert on_time_fraction(work(), [0.0], [np.nan], 60, [0]) == pytest.approx([1.0])
