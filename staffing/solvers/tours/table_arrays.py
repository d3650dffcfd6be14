"""Machines as arrays for the search."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from staffing.solvers.tours.layers import Layers, disadvantages
from staffing.solvers.tours.records import TABLE_DAY, Tables


def table_arrays(machines: Sequence[Layers]) -> Tables:
    """Return the tables of machines that walk along the same days."""
    days = len(machines[0].days)
    heads = np.zeros((len(machines), days + 1), TABLE_DAY)
    heads["states"] = 1
    following, cost, worse = [], [], []
    filled = worse_filled = 0
    for k, machine in enumerate(machines):
        for day, layer in enumerate(machine.days):
            heads["states"][k, day], heads["at"][k, day] = layer.cost.shape[1], filled
            following.append(layer.following.reshape(-1))
            cost.append(layer.cost.reshape(-1))
            filled += layer.cost.size
        for day, most in enumerate(disadvantages(machine)):
            heads["worse_at"][k, day] = worse_filled
            worse.append(most.reshape(-1))
            worse_filled += most.size
    letters = [np.concatenate([layer.letter for layer in machine.days]) for machine in machines]
    return Tables(
        letter=np.array(letters),
        days=heads,
        following=np.concatenate(following),
        cost=np.concatenate(cost),
        worse=np.concatenate(worse),
    )
