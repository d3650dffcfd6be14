"""The engine against SimPy, an established simulation library, on the same system."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import simpy

from tests.simulate.floors import cases, live

RATES, MEANS, AGENTS, HOURS = (0.25, 0.35), (4.0, 4.0), 3, 24 * 12
RUNS, BOUND = 8, 3.3


def theirs(seed: int) -> list[float]:
    """Mean waits of two classes, the first before the second, by SimPy."""
    rng = np.random.default_rng([seed, 1])
    world = simpy.Environment()
    desk = simpy.PriorityResource(world, capacity=AGENTS)
    waits: list[list[float]] = [[], []]

    def case(number: int) -> Iterator[Any]:
        opened = world.now
        with desk.request(priority=number) as turn:
            yield turn
            waits[number].append(world.now - opened)
            yield world.timeout(rng.exponential(MEANS[number]))

    def source(number: int) -> Iterator[Any]:
        while True:
            yield world.timeout(rng.exponential(1 / RATES[number]))
            world.process(case(number))

    for number in (0, 1):
        world.process(source(number))
    world.run(until=60 * HOURS)
    return [float(np.mean(own)) for own in waits]


def ours(seed: int) -> list[float]:
    rng = np.random.default_rng(seed)
    counts = [rng.poisson(rate * 60 * HOURS) for rate in RATES]
    opened = np.concatenate([rng.uniform(0, 60 * HOURS, count) for count in counts])
    queue, order = np.repeat([0, 1], counts), np.argsort(opened)
    drawn = cases(opened[order], rng.exponential(4, len(opened)), queue=queue[order])
    done = live(drawn, AGENTS, hours=HOURS, immediate=(True, True), priority=(2, 1)).cases
    wait, of = done["begun"] - done["opened"], done["queue"]
    return [float(np.nanmean(wait[of == number])) for number in (0, 1)]


def test_two_priorities_wait_as_long_as_in_simpy():
    first, second = (np.array([run(seed) for seed in range(RUNS)]) for run in (theirs, ours))
    error = np.sqrt((first.var(axis=0, ddof=1) + second.var(axis=0, ddof=1)) / RUNS)
    assert (np.abs(first.mean(axis=0) - second.mean(axis=0)) < BOUND * error).all()
    # Non-preemptive priorities (Cobham): W1 = C·h / (n (1 − ρ1)), W2 = W1 / (1 − ρ), with ρ1 = 1/3, ρ = .8
    # and Erlang C(2.4, 3) = .6472: W1 = 1.294 min, W2 = 6.472 min.
    assert second.mean(axis=0) == pytest.approx([1.294, 6.472], rel=0.1)
