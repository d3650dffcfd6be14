"""Erlang B and C at their edges; published values are in `tests/oracles/test_queueing.py`."""

from __future__ import annotations

import numpy as np
import pytest

from staffing.domain.errors import ProblemError
from staffing.requirement.erlang import (
    erlang_b,
    erlang_c,
    mean_wait_minutes,
    service_level,
)


def test_no_agents_block_everybody():
    assert erlang_b([0.0, 3.0], 0) == pytest.approx([1.0, 1.0])


def test_all_wait_where_agents_cannot_keep_up():
    assert erlang_c([5, 5, 0], [5, 4, 0]) == pytest.approx([1, 1, 0])


def test_an_overloaded_queue_has_no_mean_wait():
    assert mean_wait_minutes([100, 100, 0], 3, 30, [10, 9, 0]).tolist() == [np.inf, np.inf, 0]


def test_nothing_to_do_is_on_time():
    assert service_level(0, np.nan, 60, 0, 15) == 1


def test_five_thousand_agents_are_no_trouble():
    # The plain recursion from nobody on, in place of one that begins 8 √A below the load.
    for load, agents in ((4900.0, 5000), (5000.0, 5000), (5000.0, 4000), (300.5, 301), (81.0, 82)):
        blocked = 1.0
        for count in range(1, agents + 1):
            blocked = load * blocked / (count + load * blocked)
        assert erlang_b(load, agents) == pytest.approx(blocked, rel=1e-12)


def test_what_is_too_rare_for_a_number_is_zero():
    assert erlang_b(1.0, 5000) == 0
    assert erlang_c(1.0, 5000) == 0


def test_loads_and_agents_broadcast():
    shares = erlang_c(np.array([1.0, 2.0])[:, None], np.array([2, 3, 4]))
    assert shares.shape == (2, 3)
    assert shares[1, 1] == pytest.approx(4 / 9)
    assert erlang_b([], []).shape == (0,)


@pytest.mark.parametrize(
    ("load", "agents", "says"),
    [
        (-1, 2, r"offered_load \(-1\) must be erlangs, 0 or more"),
        (np.nan, 2, r"offered_load \(nan\)"),
        (1, 2.5, r"agents \(2.5\) must be a whole number"),
        (1, -1, r"agents \(-1\)"),
    ],
)
def test_what_is_no_load_and_no_agent_is_refused(load, agents, says):
    with pytest.raises(ProblemError, match=says):
        erlang_c(load, agents)
