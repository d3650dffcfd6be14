"""A drawn problem with all that a master is made of."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import numpy as np

from staffing.solvers.groups import Group, Team, teams_and_groups
from staffing.solvers.instance import Instance, prepare
from staffing.solvers.master.pricing import Pricer
from staffing.solvers.master.restricted import RestrictedMaster
from staffing.solvers.master.service import service_model
from staffing.solvers.master.waiting import waiting_of
from staffing.solvers.parts import Parts
from staffing.solvers.plan import Best
from staffing.solvers.tours.space import TourSpace
from tests.solvers.drawn import draw_book, draw_problem


@dataclass(frozen=True)
class Drawn:
    """An instance, its groups, and a master with a first tour for each; None where somebody has no tour."""

    instance: Instance
    teams: tuple[Team, ...]
    groups: tuple[Group, ...]
    spaces: tuple[TourSpace, ...]
    master: RestrictedMaster
    price: Pricer


def master_of(instance: Instance) -> Drawn | None:
    teams, groups = teams_and_groups(instance)
    spaces = tuple(TourSpace(instance.problem, group.members[0]) for group in groups)
    master = RestrictedMaster(service_model(instance, teams).linear, teams, groups)
    price = Pricer(spaces)
    found = price({k: np.zeros(len(group.open)) for k, group in enumerate(groups)}, 2)
    if not all(found.values()):
        return None
    for group, tours in found.items():
        for tour in tours:
            master.add(group, tour)
    return Drawn(instance, teams, groups, spaces, master, price)


def drawn(seed: int) -> Drawn | None:
    rng = Random(seed)
    return master_of(prepare(draw_problem(rng), draw_book(rng)))


def idle(parts: Parts) -> Best | None:
    """Return what everybody would work if nobody were needed; None where somebody cannot, or no work waits."""
    waiting, plan = waiting_of(parts), {}
    for k, (group, space) in enumerate(zip(parts.groups, parts.spaces, strict=True)):
        tours = space.cheapest(np.zeros(len(group.open)))
        if not tours:
            return None
        plan[k, tours[0]] = len(group.members)
    return None if waiting is None else waiting.settled(plan)
