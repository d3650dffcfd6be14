"""The whole problem as one model of named people, in which all but a few stand still."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ortools.sat.python import cp_model

from staffing.domain.result import Allocation
from staffing.domain.roster import Roster
from staffing.domain.shifts import Duty
from staffing.solvers.instance import Instance
from staffing.solvers.mip import Mip, MipResult
from staffing.solvers.named import add_service, named_model

PRECISION = 1e-4
"""Relative gap at which a neighbourhood counts as solved."""


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

    def bill(self, roster: Roster) -> MipResult:
        """Return the value of a roster with the best order of work; None for a roster that breaks a must."""
        self._fix(roster, ())
        return self._mip.solve(seconds=None)

    def neighbourhood(
        self,
        roster: Roster,
        free: Collection[str],
        values: Sequence[float],
        *,
        seconds: float | None,
        nodes: int | None,
        seed: int,
    ) -> MipResult:
        """Return the best found with the named agents free and all others as in the roster, from known values."""
        self._fix(roster, free)
        return self._mip.solve(
            seconds=seconds, nodes=nodes, relative_gap=PRECISION, seed=seed, hint=values
        )

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
        ranges: dict[int, tuple[int, int]] = {}
        for agent_id, own in self._literal.items():
            held = set(roster.of(agent_id))
            for duty, index in own.items():
                on = int(duty in held)
                ranges[index] = (0, 1) if agent_id in free else (on, on)
        self._mip.fix(ranges)
