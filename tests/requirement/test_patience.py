"""Erlang A against its limits, its own Markov chain and what a waiting customer lives through."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.linalg import expm

from staffing.domain.errors import ProblemError
from staffing.requirement.erlang import erlang_a, erlang_b, erlang_c


def states(load, agents, patience, most=20_000):
    """Probabilities of 0, 1, 2, … cases in the system, in handle times, by the balance of the birth-death chain."""
    cases = np.arange(1, most)
    leaving = np.minimum(cases, agents) + np.maximum(cases - agents, 0) / patience
    log = np.concatenate([[0.0], np.cumsum(np.log(load / leaving))])
    chances = np.exp(log - log.max())
    return chances / chances.sum()


@pytest.mark.parametrize(
    ("load", "agents", "patience"),
    [
        (10, 14, 5 / 3),
        (100, 50, 10),
        (100, 130, 50),
        (0.01, 1, 2),
        (3, 1, 1e-3),
        (50, 50, 1000),
        (5000, 5000, 3),
        (4000, 5000, 0.1),
        (5000, 4500, 0.5),
    ],
)
def test_against_the_markov_chain(load, agents, patience):
    chances = states(load, agents, patience)
    cases = np.arange(len(chances))
    found = erlang_a(load, agents, 1, patience)
    abandoned = (chances * np.maximum(cases - agents, 0)).sum() / patience / load
    assert found.waiting == pytest.approx(chances[agents:].sum(), rel=1e-9)
    assert found.abandonment == pytest.approx(abandoned, rel=1e-9)
    assert found.occupancy == pytest.approx((chances * np.minimum(cases, agents)).sum() / agents)
    # Little: the mean wait is the mean queue over the arrivals; here with patience: abandonment × patience.
    queue = (chances * np.maximum(cases - agents, 0)).sum()
    assert found.mean_wait_minutes == pytest.approx(queue / load, rel=1e-9)


@pytest.mark.parametrize(("load", "patience"), [(5, 2.0), (9, 0.5), (4, 20.0)])
def test_on_time_against_the_customer_who_waits(load, patience):
    agents, threshold, most = 6, 0.4, 120
    # Who finds m waiting moves up when one of the n finishes or one of the m ahead leaves, and leaves after his own
    # patience: state m is "m ahead", the last but one "answered", the last "gone".
    rates = np.zeros((most + 2, most + 2))
    for ahead in range(most):
        up = agents + ahead / patience
        rates[ahead, ahead - 1 if ahead else most] += up
        rates[ahead, most + 1] += 1 / patience
        rates[ahead, ahead] -= up + 1 / patience
    chances = states(load, agents, patience)
    answered = (
        chances[:agents].sum()
        + chances[agents : agents + most] @ (expm(rates * threshold)[:most, most])
    )
    found = erlang_a(load, agents, 1, patience, threshold)
    assert found.on_time_of_arrivals == pytest.approx(answered, rel=1e-9)
    assert found.on_time_of_answered == pytest.approx(answered / (1 - found.abandonment))


@pytest.mark.parametrize("patience", [1e6, 1e9, 1e12, np.inf])
def test_endless_patience_is_erlang_c(patience):
    found = erlang_a(10, 14, 3, patience, 1 / 3)
    assert found.waiting == pytest.approx(erlang_c(10, 14), rel=1e-5)
    assert found.abandonment == pytest.approx(0, abs=1e-6)
    assert found.on_time_of_arrivals == pytest.approx(0.888350, abs=1e-6)
    assert found.mean_wait_minutes * 60 == pytest.approx(7.836, abs=5e-4)
    assert found.occupancy == pytest.approx(10 / 14)


def test_no_patience_is_erlang_b():
    found = erlang_a([10, 20], 14, 3, 1e-9)
    assert found.waiting == pytest.approx(erlang_b([10, 20], 14), rel=1e-6)
    assert found.abandonment == pytest.approx(erlang_b([10, 20], 14), rel=1e-6)


def test_with_far_too_few_agents_the_rest_gives_up():
    # 5,000 erlangs on 1,000 agents: 1,000 are served, 4,000 of 5,000 give up; offered waits are near patience · ln 5.
    found = erlang_a(5000, [1000, 0], 1, 100, [[0.0], [150.0], [170.0]])
    assert found.abandonment[0] == pytest.approx([0.8, 1.0])
    assert found.occupancy[0] == pytest.approx([1.0, 0.0])
    assert found.on_time_of_arrivals[:, 0] == pytest.approx([0.0, 0.0, 0.2], abs=1e-6)
    assert found.on_time_of_answered[:, 1] == pytest.approx([0, 0, 0])


def test_nothing_arrives_and_nobody_is_there():
    found = erlang_a([0, 5, 0, 5], [0, 0, 3, 3], 2, np.inf, 1)
    assert found.on_time_of_arrivals == pytest.approx([1, 0, 1, 0])
    assert found.mean_wait_minutes.tolist() == [0, np.inf, 0, np.inf]
    assert erlang_a(5, 0, 2, 3).mean_wait_minutes == 3


def test_random_systems_stay_within_their_bounds():
    rng = np.random.default_rng(1)
    load = rng.uniform(0.01, 5000, 2000)
    agents = np.round(load * rng.uniform(0.3, 2, 2000))
    found = erlang_a(
        load, agents, 1, 10 ** rng.uniform(-3, 3, 2000), 10 ** rng.uniform(-2, 2, 2000)
    )
    for name in (
        "waiting",
        "abandonment",
        "on_time_of_arrivals",
        "on_time_of_answered",
        "occupancy",
    ):
        shares = getattr(found, name)
        assert ((shares >= 0) & (shares <= 1 + 1e-12)).all(), name


def test_no_patience_at_all_is_refused():
    with pytest.raises(ProblemError, match=r"patience_minutes \(0\) must be above 0"):
        erlang_a(1, 2, 3, 0)
