"""The smallest staff for a target: with and without patience, for many intervals at once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffing.domain.errors import ProblemError
from staffing.requirement.erlang import erlang_a, on_time_fraction
from staffing.requirement.staff_search import smallest_staff


def test_smallest_staff_for_eighty_in_thirty():
    # 250 an hour of 330 s are 22.9167 erlangs; 27 agents give .782180, 28 give .856850
    assert smallest_staff(250 * 5.5 / 60, 330, 30, 0.8) == 28


def test_occupancy_cap_asks_for_more():
    # 17 erlangs at 85 % are 20 agents; without a cap it takes one more than the load.
    assert smallest_staff(17, 60, 15, 0.0, [0.85, 1.0]).tolist() == [20, 18]


def test_nothing_to_do_needs_nobody():
    assert smallest_staff(0, 15, 15, 0.9, 0.85, [np.inf, 5]).tolist() == [0, 0]


def test_a_target_of_everybody_is_still_a_number():
    assert smallest_staff(20, 5, 1, 1.0) == smallest_staff(20, 5, 1, 0.9999)
    assert smallest_staff(20, 5, 1, 0.8, 1.0, 3, 0.0) == smallest_staff(20, 5, 1, 0.8, 1.0, 3, 1e-4)


def test_a_day_at_once_is_each_hour_alone():
    load = np.array([0.0, 0.3, 250.0, 12.5])
    patience = np.array([[np.inf], [4.0]])
    alone = [
        [int(smallest_staff(a, 5.5, 0.5, 0.8, 0.85, p, 0.05)) for a in load]
        for p in patience.ravel()
    ]
    assert smallest_staff(load, 5.5, 0.5, 0.8, 0.85, patience, 0.05).tolist() == alone


def test_those_who_give_up_leave_room_for_the_others():
    # Without a threshold worth the name the load asks for 101 agents; if 5 % may leave, 95 and a few are enough.
    patient, impatient = smallest_staff(100, 5, 60, 0.8, 1.0, [np.inf, 5], 0.05)
    assert patient == 101
    assert 95 <= impatient < 101
    assert erlang_a(100, impatient, 5, 5).abandonment <= 0.05 + 1e-9
    assert erlang_a(100, impatient - 1, 5, 5).abandonment > 0.05


def test_somebody_is_there_where_everything_is_allowed():
    assert smallest_staff(0.2, 5, 1, 0.0, 1.0, 5, 1.0) == 1


def test_a_handle_time_of_nothing_is_refused():
    with pytest.raises(ProblemError, match=r"aht_minutes \(0\) must be above 0"):
        smallest_staff(1, 0, 1, 0.8)


@given(
    load=st.floats(0.01, 400),
    threshold=st.floats(0.0, 20),
    target=st.floats(0, 0.999),
    patience=st.sampled_from([np.inf, 0.1, 2.0, 30.0]),
)
def test_smallest_means_one_less_is_not_enough(load, threshold, target, patience):
    agents = int(smallest_staff(load, 1, threshold, target, 0.9, patience))
    found = erlang_a(load, [agents, agents - 1], 1, patience, threshold)
    assert found.on_time_of_arrivals[0] >= target - 1e-6
    assert found.occupancy[0] <= 0.9 + 1e-6
    if agents > 1:
        fewer = found.on_time_of_arrivals[1] < target + 1e-6 or found.occupancy[1] > 0.9 - 1e-6
        assert fewer
    if np.isinf(patience):
        on_time = on_time_fraction(load, agents, threshold)
        assert on_time == pytest.approx(found.on_time_of_arrivals[0], abs=1e-12)
