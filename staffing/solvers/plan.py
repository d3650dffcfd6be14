"""A plan: how many members of each group work each tour; a roster without names, and back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from staffing.domain.roster import Roster
from staffing.domain.shifts import Duty
from staffing.solvers.groups import Group
from staffing.solvers.tours.space import Tour, TourSpace

Slot = tuple[int, Tour]
"""The number of a group, and the tour of one of its members."""
Plan = Mapping[Slot, int]
"""How many members work each."""


LEAST_GAIN = 0.5
"""Objectives are whole: less is rounding."""


@dataclass(frozen=True)
class Best:
    """A plan and what it comes to, under the best order of work."""

    plan: Plan
    objective: float


@dataclass(frozen=True)
class Change:
    """What makes one plan of another: tours that go, and tours that come for them."""

    gone: Plan
    come: Plan

    @classmethod
    def between(cls, base: Plan, found: Plan) -> Change:
        """Return what was done to a plan."""
        before, after = Counter(base), Counter(found)
        return cls(gone=dict(before - after), come=dict(after - before))

    def applied(self, plan: Plan) -> Plan | None:
        """Do the same to another plan; None where the people that it is about have changed since."""
        now = Counter(plan)
        now.subtract(self.gone)
        if any(now[key] < 0 for key in self.gone):
            return None
        now.update(self.come)
        return +now


def freed(plan: Plan, free: Mapping[int, int], rng: Random) -> list[Slot]:
    """Return the slots of those who are free, so many of each group, drawn among its members."""
    held: dict[int, list[Tour]] = {group: [] for group in free}
    for (group, tour), often in plan.items():
        if group in held:
            held[group] += [tour] * often
    return [(group, tour) for group, few in free.items() for tour in rng.sample(held[group], few)]


def without(plan: Plan, gone: Iterable[Slot]) -> Counter[Slot]:
    """Return a plan without some of its slots."""
    left = Counter(plan)
    left.subtract(gone)
    return +left


def roster_of(plan: Plan, groups: Sequence[Group]) -> Roster:
    """Give the tours of each group to its members, in their order."""
    held: list[list[Tour]] = [[] for _ in groups]
    for (number, tour), members in plan.items():
        held[number] += [tour] * members
    duties: dict[str, tuple[Duty, ...]] = {}
    for group, own in zip(groups, held, strict=True):
        ordered = sorted(own, key=lambda tour: tour.positions)
        for member, tour in zip(group.members, ordered, strict=True):
            duties[member.agent.agent_id] = tuple(group.open[k] for k in tour.positions)
    return Roster(duties=duties)


def plan_of(roster: Roster, groups: Sequence[Group], spaces: Sequence[TourSpace]) -> Plan | None:
    """Return the plan that a roster amounts to, None where somebody's duties break a must."""
    found: Counter[tuple[int, Tour]] = Counter()
    for number, (group, space) in enumerate(zip(groups, spaces, strict=True)):
        where = {duty: k for k, duty in enumerate(group.open)}
        for member in group.members:
            duties = roster.of(member.agent.agent_id)
            if not all(duty in where for duty in duties):
                return None
            positions = tuple(sorted(where[duty] for duty in duties))
            cost = space.cost(positions)
            if cost is None:
                return None
            found[number, Tour(positions, cost)] += 1
    return found
