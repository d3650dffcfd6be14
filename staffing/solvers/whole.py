"""The whole problem as one model of named people, in which all but a few stand still."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from ortools.sat.python import cp_model

from staffing.domain.result import Allocation
from staffing.domain.roster import Roster
from staffing.domain.shifts import Duty
from staffing.solvers.budget import Watch
from staffing.solvers.incumbent import Best
from staffing.solvers.instance import Instance
from staffing.solvers.mip import Mip
from staffing.solvers.named import add_service, named_model

PRECISION = 1e-4
"""Relative gap at which a neighbourhood counts as solved."""
LEAST_GAIN = 0.5
"""Objectives are whole: less is rounding."""
TINY = 1e-6
SHORTEST_SECONDS = 0.5


class Whole:
    """Every rule, every queue, every person; built once, solved many times.

    With all people fixed it is the bill of a roster; with a few of them free it is a neighbourhood. Not for two threads
    at once: each takes its own (`twin`).
    """

    def __init__(self, instance: Instance) -> None:
        named = named_model(instance.problem, instance.members)
        flow, service = add_service(
            named, instance.problem, instance.pools, instance.covers, Roster(duties={})
        )
        named.model.minimize(sum(cost * amount for amount, cost in [*named.charges, *service]))
        self._instance, self._model, self._flow = instance, named.model, flow
        self._literal: dict[str, dict[Duty, int]] = {
            member.agent.agent_id: {
                duty: literal.index
                for duty, literal in zip(
                    member.choices.open, named.open_literals(member), strict=True
                )
            }
            for member in instance.members
        }
        self._personal = {
            agent_id: cp_model.FlatIntExpr(
                cp_model.LinearExpr.sum([cost * amount for amount, cost in own])
            )
            for agent_id, own in named.charges_of.items()
            if own
        }
        self._mip = Mip(named.model, flow.variables())

    def twin(self) -> Whole:
        """Return a copy that another thread may use."""
        other = object.__new__(Whole)
        other.__dict__.update(self.__dict__)
        other._mip = Mip(self._model, self._flow.variables())
        return other

    def bill(self, roster: Roster) -> Best | None:
        """Return a roster with its objective under the best order of work; None if it breaks a must."""
        self._fix(roster, ())
        found = self._mip.solve(seconds=None)
        if found.values is None or found.objective is None:
            return None
        return Best(self.roster(found.values), found.values, found.objective)

    def neighbourhood(
        self,
        best: Best,
        free: Collection[str],
        *,
        seconds: float | None,
        nodes: int | None,
        seed: int,
    ) -> Best | None:
        """Return a better roster with the named agents free and all others as in the best, or None.

        First the linear relaxation: where it promises nothing, there is nothing. Then its surroundings (every duty
        rounded down or up, or as it is now), then the whole neighbourhood.
        """
        self._fix(best.roster, free)
        linear = self._mip.relax()
        if linear.values is None or linear.bound >= best.objective - LEAST_GAIN:
            return None
        watch = Watch(math.inf if seconds is None else seconds)
        for ranges in (self._surroundings(free, linear.values, best.values), self._open(free)):
            if watch.left < SHORTEST_SECONDS:
                break
            self._mip.fix(ranges)
            found = self._mip.solve(
                seconds=None if seconds is None else watch.left,
                nodes=nodes,
                relative_gap=PRECISION,
                seed=seed,
                hint=best.values,
            )
            if found.values is None or found.objective is None:
                continue
            if found.objective < best.objective - LEAST_GAIN:
                return Best(self.roster(found.values), found.values, found.objective)
        return None

    def allocation(self, roster: Roster) -> tuple[Allocation, int]:
        """Return the best allocation in whole minutes, and the objective with it; the last thing asked of a model."""
        self._fix(roster, ())
        self._mip.make_integer(self._flow.variables())
        found = self._mip.solve(seconds=None)
        values = found.values or ()
        allocation = Allocation(
            minutes={
                pool: {
                    queue: tuple(round(values[y.index]) for y in by_t)
                    for queue, by_t in queues.items()
                }
                for pool, queues in self._flow.minutes.items()
            },
            late={
                queue: tuple(round(values[late.index]) for late in by_t)
                for queue, by_t in self._flow.late.items()
            },
        )
        return allocation, round(found.objective or 0)

    def roster(self, values: Sequence[float]) -> Roster:
        """Return the roster of a solution."""
        return self._instance.roster(
            {
                (agent_id, duty)
                for agent_id, own in self._literal.items()
                for duty, index in own.items()
                if values[index] > 0.5
            }
        )

    def sore_spots(self, values: Sequence[float]) -> list[tuple[str, int]]:
        """Return (queue, interval) wherever a solution is short or has overdue work."""
        amounts = {
            **{queue: dict(enumerate(by_t)) for queue, by_t in self._flow.late.items()},
            **self._flow.short,
        }
        return [
            (queue, t)
            for queue, by_t in amounts.items()
            for t, amount in by_t.items()
            if values[amount.index] > LEAST_GAIN
        ]

    def personal_costs(self, values: Sequence[float]) -> dict[str, float]:
        """Return what each agent's own rules and pay cost in a solution."""
        return {
            agent_id: sum(
                coefficient * values[variable.index]
                for variable, coefficient in zip(flat.vars, flat.coeffs, strict=True)
            )
            + flat.offset
            for agent_id, flat in self._personal.items()
        }

    def _fix(self, roster: Roster, free: Collection[str]) -> None:
        """Let the named agents be free and hold all others to the roster."""
        ranges: dict[int, tuple[int, int]] = self._open(free)
        for agent_id, own in self._literal.items():
            if agent_id not in free:
                held = set(roster.of(agent_id))
                ranges.update({index: _just(duty in held) for duty, index in own.items()})
        self._mip.fix(ranges)

    def _open(self, free: Collection[str]) -> dict[int, tuple[int, int]]:
        return {index: (0, 1) for agent_id in free for index in self._literal[agent_id].values()}

    def _surroundings(
        self, free: Collection[str], linear: Sequence[float], now: Sequence[float]
    ) -> dict[int, tuple[int, int]]:
        """Return the range of each duty of the free agents: relaxed value rounded both ways, and as it is."""
        ranges = {}
        for index in self._open(free):
            values = (linear[index], now[index])
            ranges[index] = (math.floor(min(values) + TINY), math.ceil(max(values) - TINY))
        return ranges


def _just(held: bool) -> tuple[int, int]:
    return (1, 1) if held else (0, 0)
