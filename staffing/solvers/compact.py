"""A neighbourhood without tours: a few people as Booleans with every rule as rows, all others as constants.

Where service is short for want of people, what counts is how few of them stand in each hour, and of that the prices of
a relaxation say little. Here no tour has to be known beforehand; but few people can be free at a time.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from ortools.sat.python import cp_model

from staffing.domain.roster import Roster
from staffing.solvers.budget import Watch
from staffing.solvers.classes import Member
from staffing.solvers.groups import Group
from staffing.solvers.instance import Instance
from staffing.solvers.mip import Mip
from staffing.solvers.named import Named, add_service, named_model
from staffing.solvers.plan import LEAST_GAIN, Best, plan_of, roster_of
from staffing.solvers.tours.space import TourSpace

PRECISION = 1e-4
"""Relative gap at which a neighbourhood counts as solved."""
TINY = 1e-6
SHORTEST_SECONDS = 0.5
DETERMINISTIC_TIME = 1.0
"""Of CP-SAT, in its own measure, where seconds do not count."""


@dataclass(frozen=True)
class _Few:
    """The model of a few people with its solution as they are now, and its linear relaxation."""

    named: Named
    mip: Mip
    roster: Roster
    held: dict[int, bool]
    now: Sequence[float]
    objective: float
    linear: Sequence[float]


class Compact:
    """Neighbourhoods of an instance.

    Parameters
    ----------
    spaces
        One a group, to price what was found.
    """

    def __init__(
        self, instance: Instance, groups: tuple[Group, ...], spaces: Sequence[TourSpace]
    ) -> None:
        self._instance, self._groups, self._spaces = instance, groups, spaces

    def by_highs(
        self,
        best: Best,
        free: Mapping[int, int],
        rng: Random,
        *,
        seconds: float | None,
        nodes: int | None,
    ) -> Best | None:
        """Return a better plan in which only so many members of each group differ, or None; HiGHS looks for it.

        First the surroundings of the linear relaxation (duties rounded down or up, or as they are now), then the whole.
        """
        watch = Watch(math.inf if seconds is None else seconds)
        few = self._few(best, free, rng)
        if few is None:
            return None
        for ranges in (_surroundings(few.held, few.linear), dict.fromkeys(few.held, (0, 1))):
            if watch.left < SHORTEST_SECONDS:
                break
            few.mip.fix(ranges)
            found = few.mip.solve(
                seconds=None if seconds is None else watch.left,
                nodes=nodes,
                relative_gap=PRECISION,
                seed=rng.randrange(1 << 30),
                hint=few.now,
            )
            if found.values is not None and found.objective is not None:
                gain = few.objective - found.objective
                if gain > LEAST_GAIN:
                    return self._better(best, few, found.values, gain)
        return None

    def by_cp_sat(
        self,
        best: Best,
        free: Mapping[int, int],
        rng: Random,
        *,
        seconds: float | None,
        nodes: int | None,
    ) -> Best | None:
        """Return a better plan in which only so many members of each group differ, or None; CP-SAT looks for it."""
        watch = Watch(math.inf if seconds is None else seconds)
        few = self._few(best, free, rng)
        if few is None:
            return None
        model = few.named.model
        for index, value in enumerate(few.now):
            model.add_hint(model.get_int_var_from_proto_index(index), round(value))
        solver = cp_model.CpSolver()
        solver.parameters.random_seed = rng.randrange(1 << 30)
        solver.parameters.num_workers = 1
        solver.parameters.linearization_level = 2
        solver.parameters.relative_gap_limit = PRECISION
        # The handler of CP-SAT aborts the process: Ctrl-C is Python's.
        solver.parameters.catch_sigint_signal = False
        if seconds is None:
            solver.parameters.max_deterministic_time = DETERMINISTIC_TIME
        else:
            solver.parameters.max_time_in_seconds = max(SHORTEST_SECONDS, watch.left)
        status = solver.solve(model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        gain = few.objective - solver.objective_value
        if gain <= LEAST_GAIN:
            return None
        values = [float(value) for value in solver.response_proto.solution]
        return self._better(best, few, values, gain)

    def _few(self, best: Best, free: Mapping[int, int], rng: Random) -> _Few | None:
        """Return the model of the free people; None where the linear relaxation promises nothing."""
        roster = roster_of(best.plan, self._groups)
        members = [m for g, few in free.items() for m in rng.sample(self._groups[g].members, few)]
        named, mip = self._model(members, roster)
        held = {
            literal.index: duty in roster.of(member.agent.agent_id)
            for member in members
            for duty, literal in zip(member.choices.open, named.open_literals(member), strict=True)
        }
        mip.fix({index: (now, now) for index, now in held.items()})
        now = mip.solve(seconds=None)
        mip.fix(dict.fromkeys(held, (0, 1)))
        linear = mip.relax()
        if now.values is None or now.objective is None or linear.values is None:
            return None
        if linear.bound >= now.objective - LEAST_GAIN:
            return None
        return _Few(named, mip, roster, held, now.values, now.objective, linear.values)

    def _better(self, best: Best, few: _Few, values: Sequence[float], gain: float) -> Best | None:
        roster = few.named.roster(values, few.roster)
        plan = plan_of(roster, self._groups, self._spaces)
        return None if plan is None else Best(plan, best.objective - gain)

    def _model(self, members: Sequence[Member], roster: Roster) -> tuple[Named, Mip]:
        instance = self._instance
        named = named_model(instance.problem, tuple(members))
        flow, service = add_service(
            named, instance.problem, instance.pools, instance.covers, roster
        )
        named.model.minimize(sum(cost * amount for amount, cost in [*named.charges, *service]))
        return named, Mip(named.model, flow.variables())


def _surroundings(held: Mapping[int, bool], linear: Sequence[float]) -> dict[int, tuple[int, int]]:
    """Return the range of each duty: its relaxed value rounded both ways, and as it is."""
    return {
        index: (
            math.floor(min(linear[index], now) + TINY),
            math.ceil(max(linear[index], now) - TINY),
        )
        for index, now in held.items()
    }
