"""Skill pools: agents who can serve the same queues are one supply of minutes, whatever site they sit at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from staffing.domain.base import Frozen
from staffing.domain.problem import Problem
from staffing.domain.shifts import Duty
from staffing.model.terms import Linear
from staffing.requirement.sizing import capacity_minutes


class Pool(Frozen):
    """A skill pool.

    Parameters
    ----------
    pool
        Its queues joined by ``+``.
    queues
        Queues it can serve, in the order of the problem.
    agents
        Identifiers of its members.
    """

    pool: str
    queues: tuple[str, ...]
    agents: tuple[str, ...]


def pools(problem: Problem) -> tuple[Pool, ...]:
    """Return the pools of a problem; agents who can serve nothing are in none."""
    members: dict[tuple[str, ...], list[str]] = {}
    for agent in problem.agents:
        served = problem.queues_of[agent.agent_id]
        key = tuple(queue.queue for queue in problem.queues if queue.queue in served)
        if key:
            members.setdefault(key, []).append(agent.agent_id)
    return tuple(
        Pool(pool="+".join(key), queues=key, agents=tuple(agents))
        for key, agents in sorted(members.items())
    )


def supply(
    problem: Problem, pools: Iterable[Pool], held: Mapping[str, Iterable[tuple[Duty, Linear]]]
) -> dict[str, list[Linear]]:
    """Return the productive minutes of each pool by interval.

    Parameters
    ----------
    held
        By pool: duties with how many hold each, as a number, a variable or a sum.
    """
    capacity = Capacity(problem)
    found: dict[str, list[Linear]] = {}
    for pool in pools:
        parts: list[list[Linear]] = [[] for _ in range(problem.horizon.intervals)]
        for duty, heads in held.get(pool.pool, ()):
            for t, minutes in capacity.of(duty):
                parts[t].append(minutes * heads)
        found[pool.pool] = [sum(terms) for terms in parts]
    return found


class Capacity:
    """Whole productive minutes that a duty gives to each interval, remembered per duty."""

    def __init__(self, problem: Problem) -> None:
        self._of = lru_cache(maxsize=None)(
            lambda duty: capacity_minutes(duty, problem.horizon, problem.shrinkage_fraction)
        )

    def of(self, duty: Duty) -> tuple[tuple[int, int], ...]:
        """Return (interval, minutes) pairs."""
        return self._of(duty)
