"""Classes: agents alike in everything that the shape looks at, as finely as their number allows.

A class counts heads, so that the size of the shape does not grow with people. As long as there are few people, those
with leave, pins, wishes or a week behind them that others have not had are classes of their own, and the shape is exact
about them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from staffing.domain.people import Agent
from staffing.domain.problem import Problem
from staffing.domain.shifts import Duty
from staffing.model.forms import Choices, PersonalForm
from staffing.model.pools import Pool

MOST_CLASSES = 64
"""Classes are split as long as there are no more than this."""


@dataclass(frozen=True)
class Member:
    """An agent with what he may hold and what the rules say of it."""

    agent: Agent
    choices: Choices
    forms: tuple[PersonalForm, ...]


@dataclass(frozen=True)
class AgentClass:
    """Members who are interchangeable in the shape.

    Parameters
    ----------
    duties
        Every duty that at least one member may hold.
    """

    name: str
    pool: str | None
    members: tuple[Member, ...]
    duties: tuple[Duty, ...]

    @property
    def team(self) -> tuple[str, str]:
        """Site and skill pool: members of one team stand in for each other, whatever class they are in."""
        return self.members[0].agent.site, self.pool or ""


def agent_classes(
    problem: Problem, pools: tuple[Pool, ...], members: tuple[Member, ...]
) -> tuple[AgentClass, ...]:
    """Group members by site, pool and contract, and further by what they may hold and by their rules if that is few."""
    pool_of = {agent_id: pool.pool for pool in pools for agent_id in pool.agents}

    def coarse(member: Member) -> tuple[str, str, int]:
        agent = member.agent
        return agent.site, pool_of.get(agent.agent_id, ""), agent.weekly_minutes

    by_choices = _grouped(members, lambda member: (coarse(member), member.choices.open))
    by_rules = _grouped(members, lambda member: (coarse(member), member.choices.open, member.forms))
    groups = next(
        (found for found in (by_rules, by_choices) if len(found) <= MOST_CLASSES),
        _grouped(members, coarse),
    )
    return tuple(
        AgentClass(
            name=f"{number}: {alike[0].agent.site}, {alike[0].agent.weekly_minutes / 60:g} h",
            pool=pool_of.get(alike[0].agent.agent_id),
            members=tuple(alike),
            duties=tuple(sorted(_held(alike), key=lambda duty: (duty.start, duty.end))),
        )
        for number, alike in enumerate(sorted(groups, key=lambda alike: coarse(alike[0])))
    )


def _held(members: list[Member]) -> set[Duty]:
    """Return every duty that a member may hold; most are the same objects, which are quick to know."""
    return set({id(duty): duty for member in members for duty in member.choices.open}.values())


def _grouped(members: tuple[Member, ...], key: Callable[[Member], Hashable]) -> list[list[Member]]:
    """Return members with the same key together, in the order of the first of them."""
    found: dict[Hashable, list[Member]] = defaultdict(list)
    for member in members:
        found[key(member)].append(member)
    return list(found.values())


def holders(group: AgentClass) -> dict[Duty, int]:
    """Return how many members may hold each duty."""
    count: dict[Duty, int] = defaultdict(int)
    for member in group.members:
        for duty in member.choices.open:
            count[duty] += 1
    return dict(count)


def pinned(group: AgentClass) -> dict[Duty, int]:
    """Return how many members must hold each duty."""
    count: dict[Duty, int] = defaultdict(int)
    for member in group.members:
        for position in member.choices.pinned:
            count[member.choices.duties[position]] += 1
    return dict(count)
