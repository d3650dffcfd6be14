"""Groups of identical people, and the teams whose members stand in for each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from staffing.domain.shifts import Duty
from staffing.solvers.classes import Member
from staffing.solvers.instance import Instance

NOWHERE = -1
"""Place of a duty that a team does not have."""


@dataclass(frozen=True)
class Group:
    """People with the same choices and the same rules: one tour space serves all of them.

    Parameters
    ----------
    team
        Number of the team they belong to.
    """

    team: int
    members: tuple[Member, ...]

    @property
    def open(self) -> tuple[Duty, ...]:
        """Duties that each of them may hold."""
        return self.members[0].choices.open


@dataclass(frozen=True)
class Team:
    """People of one site and pool who count for the same covers: to service their duties are the same.

    Parameters
    ----------
    pool
        Skill pool, None for people who can serve nothing.
    covers
        Numbers of the covers they count for.
    duties
        Every duty that at least one of them may hold, by start.
    """

    pool: str | None
    covers: frozenset[int]
    members: tuple[Member, ...]
    duties: tuple[Duty, ...]

    @cached_property
    def place(self) -> dict[Duty, int]:
        """Where in ``duties`` each of them stands."""
        return {duty: k for k, duty in enumerate(self.duties)}


def places_of(group: Group, team: Team) -> NDArray[np.intp]:
    """Return where among the duties of a team each open one of a group is."""
    return np.array([team.place.get(duty, NOWHERE) for duty in group.open], dtype=np.intp)


def teams_and_groups(instance: Instance) -> tuple[tuple[Team, ...], tuple[Group, ...]]:
    """Sort the people of an instance into teams, and these into groups."""
    pool_of = {agent_id: pool.pool for pool in instance.pools for agent_id in pool.agents}
    counted = [frozenset(cover.agents) for cover in instance.covers]
    by_team: dict[tuple[str, str | None, frozenset[int]], list[Member]] = defaultdict(list)
    for member in instance.members:
        agent = member.agent
        covers = frozenset(k for k, ids in enumerate(counted) if agent.agent_id in ids)
        by_team[agent.site, pool_of.get(agent.agent_id), covers].append(member)
    teams, groups = [], []
    for number, ((_, pool, covers), members) in enumerate(by_team.items()):
        duties = {duty for member in members for duty in member.choices.open}
        ordered = sorted(duties, key=lambda duty: (duty.start, duty.end, duty.template))
        teams.append(Team(pool, covers, tuple(members), tuple(ordered)))
        alike: dict[Hashable, list[Member]] = defaultdict(list)
        for member in members:
            choices = member.choices
            alike[choices.carried, choices.open, choices.pinned, member.forms].append(member)
        groups += [Group(number, tuple(own)) for own in alike.values()]
    return tuple(teams), tuple(groups)
