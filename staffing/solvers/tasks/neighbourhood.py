"""A neighbourhood as a task: what it needs to know, and what came of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random

from staffing.solvers.budget import Watch
from staffing.solvers.picks import Free
from staffing.solvers.plan import Best, Change
from staffing.solvers.quiet import quiet_engines
from staffing.solvers.tasks.case import Case
from staffing.solvers.tasks.shelf import parts_for
from staffing.solvers.tours.space import Tour
from staffing.solvers.ways import ways_of


@dataclass(frozen=True)
class Neighbourhood:
    """What to explore. Groups go by their numbers, which every worker counts alike.

    Parameters
    ----------
    way
        A name of `staffing.solvers.ways.ways_of`.
    free
        Members to free, by group.
    known
        (group, tour) to choose from besides those of the plan and new ones, where the way is that over tours.
    seconds, nodes
        Limits as of the ways. With seconds the outcome depends on how fast the worker is.
    """

    case: Case
    way: str
    best: Best
    free: Free
    known: tuple[tuple[int, Tour], ...]
    seed: int
    seconds: float | None
    nodes: int | None


@dataclass(frozen=True)
class Explored:
    """What came of a neighbourhood.

    Parameters
    ----------
    change
        What makes the plan better, None where nothing was found.
    gain
        By how much.
    """

    change: Change | None
    gain: float
    seconds: float


def explored(task: Neighbourhood) -> Explored:
    """Explore a neighbourhood with a master of its own: one that is warm from other tasks would answer otherwise."""
    with quiet_engines():
        watch = Watch(math.inf if task.seconds is None else task.seconds)
        parts = parts_for(task.case)
        master = parts.master()
        if task.seconds is not None:
            master.limit = lambda: watch.left
        for group, tour in task.known:
            master.add(group, tour)
        way = ways_of(parts, master)[task.way]
        seconds = None if task.seconds is None else watch.left
        found = way(task.best, task.free, Random(task.seed), seconds=seconds, nodes=task.nodes)
    if found is None:
        return Explored(None, 0.0, watch.spent)
    change = Change.between(task.best.plan, found.plan)
    return Explored(change, task.best.objective - found.objective, watch.spent)
