"""Machines as arrays for the search."""

from __future__ import annotations

import numpy as np

from staffing.solvers.tours.guide import Guide
from staffing.solvers.tours.layers import Layers, disadvantages
from staffing.solvers.tours.records import TABLE_DAY, Tables, records


def table_arrays(last_duty: Layers, guide: Guide) -> Tables:
    """Return the tables of the last duty, of the guide, and of its parts; those within it have no cost of their own."""
    machines = [last_duty, guide.layers, *guide.parts]
    days = len(last_duty.days)
    heads = records((len(machines), days + 1), TABLE_DAY)
    heads["states"] = 1
    following, cost, worse = [], [], []
    filled = worse_filled = 0
    for k, machine in enumerate(machines):
        is_free = k > 1 and guide.is_within[k - 2]
        for day, layer in enumerate(machine.days):
            heads["states"][k, day], heads["at"][k, day] = layer.cost.shape[1], filled
            following.append(layer.following.reshape(-1))
            cost.append((np.zeros_like(layer.cost) if is_free else layer.cost).reshape(-1))
            filled += layer.cost.size
        heads["at"][k, days] = filled
        for day, most in enumerate(disadvantages(machine) if k != 1 else ()):
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
