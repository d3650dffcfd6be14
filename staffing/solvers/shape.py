"""The shape: how many of each class work each duty, with backlog flow; a relaxation that does not grow with people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from ortools.sat.python import cp_model

from staffing.domain.objective import Level
from staffing.domain.problem import Problem
from staffing.domain.shifts import Duty
from staffing.model.cover_rows import Heads, cover_rows
from staffing.model.flow import Flow
from staffing.model.forms import Cover
from staffing.model.pools import Pool, supply
from staffing.model.terms import Linear, Penalty
from staffing.requirement.pay import duty_pay
from staffing.solvers.class_rows import class_rows, least_costs
from staffing.solvers.classes import (
    AgentClass,
    holders,
    pinned,
)


@dataclass(frozen=True)
class ShapeModel:
    """The CP-SAT model of the shape.

    Parameters
    ----------
    counts
        ``counts[class][duty]``: members of the class who hold the duty.
    whole
        Indices of the variables that must be whole: the counts. All others follow from them.
    missing
        ``missing[queue]`` as in `Flow`, and ``missing["rule:workstream"]`` of elastic floors: (amount, minutes of one).
    """

    model: cp_model.CpModel
    counts: dict[str, dict[Duty, cp_model.IntVar]]
    whole: frozenset[int]
    missing: dict[str, list[Penalty]]


def shape_model(
    problem: Problem,
    pools: tuple[Pool, ...],
    classes: tuple[AgentClass, ...],
    covers: Collection[Cover],
) -> ShapeModel:
    """Build the shape; it keeps what is true of every roster, so that its optimum is a lower bound."""
    model = cp_model.CpModel()
    held: dict[str, list[tuple[Duty, Linear]]] = defaultdict(list)
    charges: list[Penalty] = []
    counts: dict[str, dict[Duty, cp_model.IntVar]] = {}
    for group in classes:
        count = counts[group.name] = _count_variables(model, group)
        charges += _charge(model, group, count)
        charges += [(count[duty], duty_pay(problem, duty)) for duty in group.duties]
        if group.pool:
            held[group.pool] += count.items()
    for pool in pools:
        held[pool.pool] += [(d, 1) for agent in pool.agents for d in problem.carry_in.of(agent)]
    flow = Flow(model, problem, pools, supply(problem, pools, held))
    charges += flow.penalties
    missing: dict[str, list[Penalty]] = {
        queue: [(amount, 1) for amount in own] for queue, own in flow.missing.items()
    }
    width = problem.horizon.interval_minutes
    for cover in covers:
        present, surely = _heads(problem, classes, counts, cover)
        rows = cover_rows(model, cover, width, present, surely)
        charges += rows.penalties
        if cover.level is Level.ELASTIC:
            missing[f"{cover.rule}:{cover.name}"] = [(short, width) for short in rows.short]
    model.minimize(sum(cost * amount for amount, cost in charges))
    whole = frozenset(var.index for count in counts.values() for var in count.values())
    return ShapeModel(model, counts, whole, missing)


def _count_variables(model: cp_model.CpModel, group: AgentClass) -> dict[Duty, cp_model.IntVar]:
    able, must = holders(group), pinned(group)
    return {
        duty: model.new_int_var(must.get(duty, 0), able[duty], f"{duty.template}_{duty.date}")
        for duty in group.duties
    }


def _charge(
    model: cp_model.CpModel, group: AgentClass, count: dict[Duty, cp_model.IntVar]
) -> list[Penalty]:
    """Post the rows of a class; return what it is charged for."""
    charges: list[Penalty] = [(count[duty], cost) for duty, cost in least_costs(group).items()]
    for row in class_rows(group):
        total = sum(value * count[duty] for duty, value in row.values.items())
        slack: Linear = 0
        if row.unit_cost is not None:
            reach = sum(abs(value) * len(group.members) for value in row.values.values())
            slack = model.new_int_var(0, reach + abs(row.upper or row.lower or 0), "beyond")
            charges.append((slack, row.unit_cost))
        if row.upper is not None:
            model.add(total <= row.upper + slack)
        if row.lower is not None:
            model.add(total >= row.lower - slack)
    return charges


def _heads(
    problem: Problem,
    classes: tuple[AgentClass, ...],
    counts: dict[str, dict[Duty, cp_model.IntVar]],
    cover: Cover,
) -> tuple[Heads, Heads]:
    """Return who may be present through each interval, and who is for certain.

    A class of which only some members count is whole among the first, and left out of the second.
    """
    present: dict[int, list[Linear]] = defaultdict(list)
    surely: dict[int, list[Linear]] = defaultdict(list)
    eligible = set(cover.agents)
    for agent_id in cover.agents:
        carried = problem.carry_in.of(agent_id)
        for t in {t for duty in carried for t in duty.whole_intervals(problem.horizon)}:
            present[t].append(1)
            surely[t].append(1)
    for group in classes:
        counting = [member.agent.agent_id in eligible for member in group.members]
        for duty, count in counts[group.name].items() if any(counting) else ():
            for t in duty.whole_intervals(problem.horizon):
                present[t].append(count)
                if all(counting):
                    surely[t].append(count)
    return present, surely
