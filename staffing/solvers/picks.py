"""Whom to free: anybody, one team, dear people, or those who could help where the plan is short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from random import Random

from staffing.domain.problem import Problem
from staffing.requirement.pay import duty_pay
from staffing.solvers.groups import Group, Team
from staffing.solvers.plan import Best

SoreSpots = Sequence[tuple[frozenset[int], int]]
"""(teams that could help, interval) wherever a plan is short."""
Free = Mapping[int, int]
"""Members to free, by group."""
Pick = Callable[[Random, int, Best, SoreSpots], Free]


class Picks:
    """The ways to choose so many people, each with its name in the methods."""

    def __init__(self, problem: Problem, teams: Sequence[Team], groups: Sequence[Group]) -> None:
        self._groups = groups
        self._width = problem.horizon.interval_minutes
        self._people = [k for k, group in enumerate(groups) for _ in group.members]
        self._pool = [teams[group.team].pool or "" for group in groups]
        self._pay = [[duty_pay(problem, duty) for duty in group.open] for group in groups]
        self.all: tuple[Pick, ...] = (
            self.one_pool,
            self.dear_people,
            self.who_could_help,
            self.anybody,
        )

    def anybody(self, rng: Random, size: int, best: Best, sore: SoreSpots) -> Free:
        """Draw from all people."""
        return Counter(rng.sample(self._people, min(size, len(self._people))))

    def one_pool(self, rng: Random, size: int, best: Best, sore: SoreSpots) -> Free:
        """Draw from the people of one skill pool."""
        pool = self._pool[rng.choice(self._people)]
        own = [group for group in self._people if self._pool[group] == pool]
        return Counter(rng.sample(own, min(size, len(own))))

    def dear_people(self, rng: Random, size: int, best: Best, sore: SoreSpots) -> Free:
        """Take people whose rules cost most, with noise, and a few others to exchange with."""
        excess: list[tuple[float, int]] = []
        for (group, tour), members in best.plan.items():
            cost = tour.cost - sum(self._pay[group][k] for k in tour.positions)
            excess += [(cost * rng.random(), group) for _ in range(members)]
        ranked = sorted(excess, reverse=True)[: max(1, size // 2)]
        return self._filled(Counter(group for _, group in ranked), rng, size)

    def who_could_help(self, rng: Random, size: int, best: Best, sore: SoreSpots) -> Free:
        """Draw from people who can do what is short and may be on duty then, and a few others."""
        if not sore:
            return self.dear_people(rng, size, best, sore)
        teams, t = rng.choice(sore)
        start, end = t * self._width, (t + 1) * self._width
        able = [
            group
            for group in self._people
            if self._groups[group].team in teams
            and any(duty.overlaps(start, end) for duty in self._groups[group].open)
        ]
        helpers = Counter(rng.sample(able, min(len(able), max(1, size - size // 4))))
        return self._filled(helpers, rng, size)

    def _filled(self, free: Counter[int], rng: Random, size: int) -> Free:
        """Add anybody until there are enough."""
        left = Counter(self._people) - free
        others: Iterable[int] = left.elements()
        more = min(max(0, size - free.total()), left.total())
        return free + Counter(rng.sample(list(others), more))
