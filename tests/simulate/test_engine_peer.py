"""The engine against ciw, an established simulation library, on the same system."""

from __future__ import annotations

import numpy as np
import pytest

from tests.simulate.floors import cases, live

ciw = pytest.importorskip("ciw")

RATES, MEANS, AGENTS, HOURS = (0.25, 0.35), (4.0, 4.0), 3, 24 * 12
RUNS, BOUND = 8, 3.3


def theirs(seed: int) -> list[float]:
    """Mean waits of two classes, the first before the second, by ciw."""
    ciw.seed(seed)
    names = ("high", "low")
    network = ciw.create_network(
        arrival_distributions={
            name: [ciw.dists.Exponential(rate)] for name, rate in zip(names, RATES, strict=True)
        },
        service_distributions={
            name: [ciw.dists.Exponential(1 / mean)] for name, mean in zip(names, MEANS, strict=True)
        },
        number_of_servers=[AGENTS],
        priority_classes={"high": 0, "low": 1},
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(60 * HOURS)
    records = simulation.get_all_records(only=["service"])
    return [
        float(np.mean([r.waiting_time for r in records if r.customer_class == name]))
        for name in names
    ]


def ours(seed: int) -> list[float]:
    rng = np.random.default_rng(seed)
    counts = [rng.poisson(rate * 60 * HOURS) for rate in RATES]
    opened = np.concatenate([rng.uniform(0, 60 * HOURS, count) for count in counts])
    queue, order = np.repeat([0, 1], counts), np.argsort(opened)
    drawn = cases(opened[order], rng.exponential(4, len(opened)), queue=queue[order])
    done = live(drawn, AGENTS, hours=HOURS, immediate=(True, True), priority=(2, 1)).cases
    wait, of = done["begun"] - done["opened"], done["queue"]
    return [float(np.nanmean(wait[of == number])) for number in (0, 1)]


def test_two_priorities_wait_as_long_as_in_ciw():
    first, second = (np.array([run(seed) for seed in range(RUNS)]) for run in (theirs, ours))
    error = np.sqrt((first.var(axis=0, ddof=1) + second.var(axis=0, ddof=1)) / RUNS)
    assert (np.abs(first.mean(axis=0) - second.mean(axis=0)) < BOUND * error).all()
    # Non-preemptive priorities (Cobham): W1 = C·h / (n (1 − ρ1)), W2 = W1 / (1 − ρ), with ρ1 = 1/3, ρ = .8
    # and Erlang C(2.4, 3) = .6472: W1 = 1.294 min, W2 = 6.472 min.
    assert second.mean(axis=0) == pytest.approx([1.294, 6.472], rel=0.1)
