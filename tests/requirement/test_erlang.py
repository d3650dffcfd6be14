"""Erlang B and C against published values (the table of oracles, section Queueing)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffing.requirement.erlang import (
    agents_needed,
    erlang_b,
    erlang_c,
    mean_wait_minutes,
    service_level,
)
from staffing.requirement.workload import offered_load, scheduled_agents


def test_blocking_of_one_erlang():
    assert erlang_b(1, [1, 2]) == pytest.approx([0.5, 0.2])


def test_no_agents_block_everybody():
    assert erlang_b([0.0, 3.0], 0) == pytest.approx([1.0, 1.0])


@pytest.mark.parametrize(
    ("load", "agents", "expected"),
    [(1, 2, 1 / 3), (2, 3, 4 / 9), (20, 24, 0.298072), (100, 110, 0.237007)],
)
def test_waiting_probability(load, agents, expected):
    assert erlang_c(load, agents) == pytest.approx(expected, abs=1e-6)


def test_all_wait_where_agents_cannot_keep_up():
    assert erlang_c([5, 5, 0], [5, 4, 0]) == pytest.approx([1, 1, 0])


def test_a_hundred_calls_in_half_an_hour():
    # 100 per 30 min of 180 s are 10 erlangs; 10 / 14 busy; 14 / 0.7 = 20 scheduled.
    load = offered_load(100, 3, 30)
    assert erlang_c(load, 14) == pytest.approx(0.174132, abs=5e-7)
    assert load / 14 == pytest.approx(0.714286, abs=5e-7)
    assert mean_wait_minutes(100, 3, 30, 14) * 60 == pytest.approx(7.836, abs=5e-4)
    assert scheduled_agents(14, 0.3) == 20


@pytest.mark.parametrize(("agents", "expected"), [(13, 0.795595), (14, 0.888350), (15, 0.941453)])
def test_service_level_of_a_hundred_calls(agents, expected):
    assert service_level(100, 3, 30, agents, 20 / 60) == pytest.approx(expected, abs=5e-7)


def test_a_bigger_group():
    assert erlang_c(offered_load(360, 4, 30), 55) == pytest.approx(0.238701, abs=5e-7)
    assert mean_wait_minutes(360, 4, 30, 55) * 60 == pytest.approx(8.184, abs=5e-4)
    assert service_level(360, 4, 30, 55, 0.25) == pytest.approx(0.845883, abs=5e-7)


def test_smallest_staff_for_eighty_in_thirty():
    assert agents_needed(250, 5.5, 60, 0.5, 0.8) == 28
    assert service_level(250, 5.5, 60, [27, 28], 0.5) == pytest.approx(
        [0.782180, 0.856850], abs=5e-7
    )


def test_occupancy_cap_asks_for_more():
    # 17 erlangs at 85 % are 20 agents; without a cap it takes one more than the load.
    assert agents_needed(17, 60, 60, 15, 0.0, 0.85) == 20
    assert agents_needed(17, 60, 60, 15, 0.0, 1.0) == 18


def test_nothing_to_do_needs_nobody():
    assert agents_needed([0, 4], [np.nan, 15], 60, 15, 0.9).tolist()[0] == 0
    assert service_level(0, np.nan, 60, 0, 15) == 1


def test_a_target_of_everybody_is_still_a_number():
    assert agents_needed(250, 5.5, 60, 0.5, 1.0) == agents_needed(250, 5.5, 60, 0.5, 0.9999)


def test_a_day_at_once_is_each_hour_alone():
    volume = np.array([0.0, 3.0, 250.0, 12.5])
    alone = [int(agents_needed(v, 5.5, 60, 0.5, 0.8, 0.85)) for v in volume]
    assert agents_needed(volume, 5.5, 60, 0.5, 0.8, 0.85).tolist() == alone


@given(
    volume=st.floats(0.01, 400),
    aht=st.floats(0.5, 45),
    threshold=st.floats(0.1, 60),
    target=st.floats(0, 0.999),
)
def test_smallest_means_one_less_is_not_enough(volume, aht, threshold, target):
    agents = int(agents_needed(volume, aht, 60, threshold, target, 0.9))
    levels = service_level(volume, aht, 60, [agents, agents - 1], threshold)
    busy = offered_load(volume, aht, 60) / np.array([agents, max(agents - 1, 1e-9)])
    assert levels[0] >= target - 1e-6
    assert busy[0] <= 0.9 + 1e-6
    assert levels[1] < target + 1e-6 or busy[1] > 0.9 - 1e-6
