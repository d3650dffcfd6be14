"""The shape: how many of each class work each duty, with backlog flow; its optimum bounds every roster from below."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from ortools.sat.python import cp_model

from staffing.domain import clock
from staffing.domain.objective import Level
from staffing.domain.problem import Problem
from staffing.domain.shifts import Duty
from staffing.model.cover_rows import Heads, cover_rows
from staffing.model.flow import Flow
from staffing.model.forms import Cover
from staffing.model.pools import Capacity, Pool
from staffing.model.terms import Linear, Penalty
from staffing.requirement.pay import duty_pay
from staffing.solvers.class_rows import class_rows, least_costs
from staffing.solvers.classes import (
    AgentClass,
    holders,
    pinned,
)

SATURDAY = 6


@dataclass(frozen=True)
class ShapeModel:
    """The CP-SAT model of the shape.

    Parameters
    ----------
    counts
        ``counts[class][duty]``: members of the class who hold the duty.
    whole
        Indices of the variables that must be whole: counts, and members on a template. All others follow from them.
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
    *,
    regular: bool = False,
) -> ShapeModel:
    """Build the shape.

    Parameters
    ----------
    regular
        False: the relaxation, whose optimum is a lower bound. True: the same with every member on one template all
        week and whole weekends on or off: no bound, but counts that can be given to people without burnout penalties.
    """
    model = cp_model.CpModel()
    capacity = Capacity(problem)
    supply: dict[str, list[list[Linear]]] = {
        pool.pool: [[] for _ in range(problem.horizon.intervals)] for pool in pools
    }
    charges: list[Penalty] = []
    counts: dict[str, dict[Duty, cp_model.IntVar]] = {}
    whole: set[int] = set()
    for group in classes:
        count = counts[group.name] = _count_variables(model, group)
        priced, overtime = _charge(model, group, count)
        charges += priced
        charges += [(count[duty], duty_pay(problem, duty)) for duty in group.duties]
        if regular:
            whole |= {var.index for var in _keep_regular(model, group, count, overtime)}
        if group.pool:
            for duty in group.duties:
                for t, minutes in capacity.of(duty):
                    supply[group.pool][t].append(minutes * count[duty])
    for pool in pools:
        for agent_id in pool.agents:
            for duty in problem.carry_in.of(agent_id):
                for t, minutes in capacity.of(duty):
                    supply[pool.pool][t].append(minutes)
    totals = {pool: [sum(parts) for parts in by_t] for pool, by_t in supply.items()}
    flow = Flow(model, problem, pools, totals)
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
    whole |= {var.index for count in counts.values() for var in count.values()}
    return ShapeModel(model, counts, frozenset(whole), missing)


def _count_variables(model: cp_model.CpModel, group: AgentClass) -> dict[Duty, cp_model.IntVar]:
    able, must = holders(group), pinned(group)
    return {
        duty: model.new_int_var(must.get(duty, 0), able[duty], f"{duty.template}_{duty.date}")
        for duty in group.duties
    }


def _charge(
    model: cp_model.CpModel, group: AgentClass, count: dict[Duty, cp_model.IntVar]
) -> tuple[list[Penalty], Linear]:
    """Post the rows of a class; return what it is charged for, and its overtime (excess over a priced upper limit)."""
    overtime: Linear = 0
    charges: list[Penalty] = [(count[duty], cost) for duty, cost in least_costs(group).items()]
    for row in class_rows(group):
        total = sum(value * count[duty] for duty, value in row.values.items())
        slack: Linear = 0
        if row.unit_cost is not None:
            reach = sum(abs(value) * len(group.members) for value in row.values.values())
            slack = model.new_int_var(0, reach + abs(row.upper or row.lower or 0), "beyond")
            charges.append((slack, row.unit_cost))
            if row.is_minutes:
                overtime = overtime + slack
        if row.upper is not None:
            model.add(total <= row.upper + slack)
        if row.lower is not None:
            model.add(total >= row.lower - slack)
    return charges, overtime


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


def _keep_regular(
    model: cp_model.CpModel,
    group: AgentClass,
    count: dict[Duty, cp_model.IntVar],
    overtime: Linear,
) -> list[cp_model.IntVar]:
    """Members choose one template for the week and work their contract; whole weekends are worked or free.

    Returns
    -------
    list of variables
        Members on each template.
    """
    contract = max(member.agent.weekly_minutes for member in group.members)
    members_on: list[cp_model.IntVar] = []
    excess: list[cp_model.IntVar] = []
    for template in sorted({duty.template for duty in group.duties}):
        duties = [duty for duty in group.duties if duty.template == template]
        members = model.new_int_var(0, len(group.members), f"on_{template}")
        over = model.new_int_var(0, len(group.members) * clock.DAY_MINUTES, f"over_{template}")
        members_on.append(members)
        excess.append(over)
        for duty in duties:
            model.add(count[duty] <= members)
        paid = sum(duty.paid_minutes * count[duty] for duty in duties)
        model.add(paid <= contract * members + over)
        by_date = {duty.date: count[duty] for duty in duties}
        for date, on_saturday in by_date.items():
            sunday = date + dt.timedelta(days=1)
            if date.isoweekday() == SATURDAY and sunday in by_date:
                model.add(on_saturday == by_date[sunday])
    model.add(sum(members_on) <= len(group.members))
    model.add(sum(excess) <= overtime)
    return members_on
