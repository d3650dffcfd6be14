"""A neighbourhood: a few people may work other tours, all others stand still; tours are priced for these few alone."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import numpy as np

from staffing.solvers.master.duals import Duals, Floats
from staffing.solvers.master.pricing import Pricer
from staffing.solvers.master.restricted import RestrictedMaster
from staffing.solvers.plan import LEAST_GAIN, Best

PRICINGS = 4
TOURS_OF_A_PRICING = 5
PRECISION = 1e-5
"""Relative gap at which a choice counts as solved."""


def explore(
    master: RestrictedMaster,
    price: Pricer,
    best: Best,
    free: Mapping[int, int],
    rng: Random,
    *,
    seconds: float | None,
    nodes: int | None,
) -> Best | None:
    """Return a better plan in which only so many members of each group differ, or None.

    First the linear relaxation, with new tours: where it promises nothing, there is nothing. Then the choice among all
    tours whose reduced cost does not rule them out.
    """
    now = master.times(best.plan)
    held = now - _taken(master, now, free, rng)
    master.hold(held)
    prices = _priced(master, price, free)
    if prices is None or prices.objective >= best.objective - LEAST_GAIN:
        return None
    now = np.concatenate([now, np.zeros(len(master.columns) - len(now))])
    slack = best.objective - prices.objective
    columns = [
        k
        for k, (group, _) in enumerate(master.columns)
        if group in free and (now[k] > 0 or master.reduced_cost(prices, k) <= slack)
    ]
    chosen = master.choose(
        columns,
        now,
        seconds=seconds,
        nodes=nodes,
        relative_gap=PRECISION,
        seed=rng.randrange(1 << 30),
    )
    if chosen is None or chosen[1] >= best.objective - LEAST_GAIN:
        return None
    return Best(master.plan(chosen[0]), chosen[1])


def _taken(master: RestrictedMaster, now: Floats, free: Mapping[int, int], rng: Random) -> Floats:
    """Return which uses of columns are given up, drawn among the members of each free group."""
    taken = np.zeros(len(now))
    used: dict[int, list[int]] = {group: [] for group in free}
    for column in np.flatnonzero(now).tolist():
        group = master.columns[column][0]
        if group in used:
            used[group] += [column] * round(now[column])
    for group, members in free.items():
        for column in rng.sample(used[group], members):
            taken[column] += 1
    return taken


def _priced(master: RestrictedMaster, price: Pricer, free: Mapping[int, int]) -> Duals | None:
    """Return the prices of the relaxation after a few pricings."""
    prices = master.relax()
    for _ in range(PRICINGS):
        if prices is None:
            break
        worth = {group: master.worth(prices.duties, group) for group in free}
        found = price(worth, TOURS_OF_A_PRICING)
        if not sum(master.add(group, tour) for group in free for tour in found[group]):
            break
        prices = master.relax()
    return prices
