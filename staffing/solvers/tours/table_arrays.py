"""Machines as arrays for the search."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from staffing.solvers.tours.layers import Layers, disadvantages
from staffing.solvers.tours.records import Tables


def table_arrays(machines: Sequence[Layers]) -> Tables:
    """Return the tables of machines that walk along the same days."""
    days = len(machines[0].days)
    states = np.ones((len(machines), days + 1), np.int64)
    at, worse_at = np.zeros_like(states), np.zeros_like(states)
    following, cost, worse = [], [], []
    filled = worse_filled = 0
    for k, machine in enumerate(machines):
        for day, layer in enumerate(machine.days):
            states[k, day], at[k, day] = layer.cost.shape[1], filled
            following.append(layer.following.reshape(-1))
            cost.append(layer.cost.reshape(-1))
            filled += layer.cost.size
        for day, most in enumerate(disadvantages(machine)):
            worse_at[k, day] = worse_filled
            worse.append(most.reshape(-1))
            worse_filled += most.size
    return Tables(
        letter=np.array(
            [np.concatenate([layer.letter for layer in machine.days]) for machine in machines]
        ),
        states=states,
        at=at,
        following=np.concatenate(following),
        cost=np.concatenate(cost),
        worse_at=worse_at,
        worse=np.concatenate(worse),
    )
