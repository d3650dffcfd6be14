"""The table of oracles, section Queueing: published values, none computed by this package."""

from __future__ import annotations

import numpy as np
import pytest

from staffing.requirement.erlang import (
    erlang_a,
    erlang_b,
    erlang_c,
    mean_wait_minutes,
    on_time_fraction,
    service_level,
)
from staffing.requirement.headcount import agents_to_clear, seat_fte
from staffing.requirement.staff_search import smallest_staff
from staffing.requirement.workload import offered_load, scheduled_agents


def test_erlang_b():
    assert erlang_b(1, [1, 2]) == pytest.approx([0.5, 0.2], rel=1e-15)


def test_erlang_c():
    found = erlang_c([1, 2, 20, 100], [2, 3, 24, 110])
    assert found == pytest.approx([1 / 3, 4 / 9, 0.298072, 0.237007], abs=6e-7)


def test_a_hundred_calls_in_half_an_hour():
    # 100 per 30 min of 180 s are 10 erlangs, on 14 agents.
    load = offered_load(100, 3, 30)
    assert erlang_c(load, 14) == pytest.approx(0.174132, abs=5e-7)
    assert service_level(100, 3, 30, 14, 20 / 60) == pytest.approx(0.888350, abs=5e-7)
    assert mean_wait_minutes(100, 3, 30, 14) * 60 == pytest.approx(7.836, abs=5e-4)
    assert load / 14 == pytest.approx(0.714286, abs=5e-7)
    assert scheduled_agents(14, 0.30) == 20


@pytest.mark.parametrize(("agents", "expected"), [(13, 0.795595), (15, 0.941453)])
def test_a_hundred_calls_with_one_agent_less_or_more(agents, expected):
    assert service_level(100, 3, 30, agents, 20 / 60) == pytest.approx(expected, abs=5e-7)


def test_three_hundred_and_sixty_calls_in_half_an_hour():
    assert erlang_c(offered_load(360, 4, 30), 55) == pytest.approx(0.238701, abs=5e-7)
    assert mean_wait_minutes(360, 4, 30, 55) * 60 == pytest.approx(8.184, abs=5e-4)
    assert service_level(360, 4, 30, 55, 15 / 60) == pytest.approx(0.845883, abs=5e-7)


def test_the_smallest_staff_for_eighty_in_thirty():
    load = offered_load(250, 5.5, 60)
    assert smallest_staff(load, 330, 30, 0.80) == 28
    shares = on_time_fraction(load, [27, 28], 30 / 330)
    assert shares == pytest.approx([0.782180, 0.856850], abs=5e-7)


def test_erlang_a_with_a_patience_of_five_minutes():
    found = erlang_a(10, 14, 3, 5, 20 / 60)
    assert found.waiting == pytest.approx(0.14526, abs=5e-6)
    assert found.abandonment == pytest.approx(0.013984, abs=5e-7)
    assert found.occupancy == pytest.approx(0.704297, abs=5e-7)


@pytest.mark.parametrize("patience_minutes", [1e7, np.inf])
def test_erlang_a_with_endless_patience_is_erlang_c(patience_minutes):
    found = erlang_a(10, 14, 3, patience_minutes, 20 / 60)
    assert found.waiting == pytest.approx(0.174132, abs=5e-7)
    assert found.on_time_of_arrivals == pytest.approx(0.888350, abs=5e-7)
    assert found.mean_wait_minutes * 60 == pytest.approx(7.836, abs=5e-4)
    assert found.occupancy == pytest.approx(0.714286, abs=5e-7)


def test_one_seat_round_the_clock():
    assert seat_fte(168, 40, 0.30) == pytest.approx(6.0)


def test_a_backlog_to_clear():
    needed = agents_to_clear(200, 80, 5, 25, 5.5)
    assert needed == pytest.approx(9.1, abs=0.05)
    assert np.ceil(needed) == 10
