"""A week is lived many times: the simulation as a whole."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from staffing.domain.build import Build
from staffing.domain.errors import ProblemError
from staffing.domain.problem import Problem
from staffing.domain.result import Allocation
from staffing.domain.roster import Roster
from staffing.executors.base import Executor
from staffing.executors.serial import Serial
from staffing.forecast.outlook import Key, Outlook
from staffing.simulate import summary
from staffing.simulate.cases import Arrivals
from staffing.simulate.demand import Demand, demand_of
from staffing.simulate.desk import Desk, desk_of
from staffing.simulate.habits import Habits
from staffing.simulate.presence import Duties
from staffing.simulate.replicate import Lived, Stage, Task, replicate
from staffing.simulate.result import Simulated

REPLICATIONS = 200
TASKS_PER_WORKER = 4


def simulate(
    problem: Problem,
    roster: Roster,
    *,
    forecast: pd.DataFrame | None = None,
    outlooks: Mapping[Key, Outlook] | None = None,
    plan: Allocation | None = None,
    believed: Mapping[str, float] | None = None,
    demand: Demand | None = None,
    replications: int = REPLICATIONS,
    seed: int = 1,
    habits: Habits | None = None,
    executor: Executor | None = None,
) -> Simulated:
    """Live a week many times with random cases, and say what came of it.

    The same seed gives the same result, wherever the replications run.

    Parameters
    ----------
    forecast, outlooks
        Where the cases are drawn from: see `staffing.simulate.demand.demand_of`.
    plan
        The plan of work: how many people are kept free for immediate queues, and which queue is worked when if that is
        the order of the habits.
    believed
        Service that the plan expects, by queue.
    demand
        In place of the forecast; as many replications as it has.
    executor
        Where replications are lived; one after the other here by default.
    """
    habits = habits or Habits()
    demand = demand or demand_of(problem, forecast, replications, seed, outlooks)
    desk = desk_of(problem, plan, habits.keep_free_below_minutes)
    classes, klass = classes_of(problem)
    stage = Stage(
        desk=desk,
        arrivals=Arrivals.of(problem, demand),
        duties=Duties.of(problem, roster, habits.absence_fraction, habits.pause_minutes),
        pool=pool_of(problem, desk),
        klass=klass,
        exposing=np.array([float(queue.workstream.needs_clearance) for queue in problem.queues]),
        policy=habits.policy,
        intervals=problem.horizon.intervals,
        width=float(problem.horizon.interval_minutes),
        seed=seed,
    )
    lived = _lived(stage, demand, executor or Serial())
    due = np.array([one.counts.due for one in lived])
    missed = np.array([one.counts.missed for one in lived])
    levels, days = summary.levels_of(problem, due, missed), summary.day_table(problem, lived)
    return Simulated(
        replications=len(lived),
        seed=seed,
        cases=sum(int(one.counts.arrived.sum()) for one in lived),
        levels=levels,
        queues=summary.queue_table(problem, levels, lived, days, believed or {}),
        days=days,
        misses=summary.miss_table(problem, due, missed),
        backlog=summary.backlog_table(problem, lived),
        classes=summary.class_table(problem, classes, np.bincount(klass).tolist(), lived),
        people=summary.people_table(problem, lived),
        habits=habits,
    )


def simulate_build(
    build: Build,
    *,
    outlooks: Mapping[Key, Outlook] | None = None,
    replications: int = REPLICATIONS,
    seed: int = 1,
    habits: Habits | None = None,
    executor: Executor | None = None,
) -> Simulated:
    """Live a built week with its own forecast, plan of work and beliefs; the rest as in `simulate`.

    Raises
    ------
    ProblemError
        If the build has no roster.
    """
    if build.solution.roster is None:
        week = build.problem.week
        raise ProblemError(f"The build of {week} has no roster to simulate. Build the week again.")
    return simulate(
        build.problem,
        build.solution.roster,
        forecast=build.forecast,
        outlooks=outlooks,
        plan=build.solution.allocation,
        believed={line.queue: line.expected_fraction for line in build.bill.service},
        replications=replications,
        seed=seed,
        habits=habits,
        executor=executor,
    )


def _lived(stage: Stage, demand: Demand, executor: Executor) -> list[Lived]:
    """Share replications out in bundles, so that a task is worth its way."""
    count = len(demand.cases)
    bundles = np.array_split(np.arange(count), min(count, TASKS_PER_WORKER * executor.workers))
    tasks = [Task(stage, tuple(own.tolist()), demand.cases[own]) for own in bundles]
    return [one for some in executor.map(replicate, tasks) for one in some]


def pool_of(problem: Problem, desk: Desk) -> np.ndarray:
    """Return ``pool[person]``."""
    number = {pool: place for place, pool in enumerate(desk.pools)}
    order = {queue.queue: place for place, queue in enumerate(problem.queues)}
    return np.array(
        [
            number[tuple(sorted(order[queue] for queue in problem.queues_of[agent.agent_id]))]
            for agent in problem.agents
        ],
        dtype=np.int64,
    )


def classes_of(problem: Problem) -> tuple[list[tuple[str, str]], np.ndarray]:
    """Return the classes of people alike in site and skills, and ``klass[person]``."""
    order = [queue.queue for queue in problem.queues]
    names = [
        (agent.site, "+".join(q for q in order if q in problem.queues_of[agent.agent_id]))
        for agent in problem.agents
    ]
    classes = sorted(set(names))
    return classes, np.array([classes.index(name) for name in names], dtype=np.int64)
