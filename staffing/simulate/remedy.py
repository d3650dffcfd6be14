"""The two hours in which one more person would help a target at risk most, found by trying them.

The plan has no prices for these hours: it believes in the target. So an hour is put where it leads to most misses, and
the same random weeks are lived again. What it takes off the misses, for a paid minute, is its worth.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from staffing.domain import clock
from staffing.domain.build import Build
from staffing.domain.people import Agent
from staffing.domain.problem import Problem
from staffing.domain.roster import Roster
from staffing.domain.shifts import Duty, make_duty
from staffing.domain.work import Queue
from staffing.executors.base import Executor
from staffing.forecast.outlook import Key, Outlook
from staffing.requirement.pay import night_premium_minutes
from staffing.requirement.workload import Floats
from staffing.simulate.demand import Demand, demand_of
from staffing.simulate.result import Simulated
from staffing.simulate.run import simulate

HOUR_MINUTES = 60
HOURS_TRIED = 6
HOURS_TAKEN = 2
REPLICATIONS_TRIED = 50
REMEDIES = (
    "queue",
    "interval_start",
    "site",
    "pool",
    "people",
    "paid_minutes",
    "missed",
    "avoided",
    "chance",
    "missed_with_all",
    "chance_with_all",
)


@dataclass(frozen=True)
class Hour:
    """One more hour of somebody.

    Parameters
    ----------
    agent
        Somebody like whom he is.
    pool
        What such people are trained for, joined by ``+``.
    people
        How many of them the site has.
    paid_minutes
        Night premium included.
    """

    duty: Duty
    agent: Agent
    pool: str
    people: int
    paid_minutes: int


def with_remedies(
    build: Build,
    lived: Simulated,
    *,
    outlooks: Mapping[Key, Outlook] | None = None,
    executor: Executor | None = None,
) -> Simulated:
    """Return a simulation with the hours that would help each target at risk most cheaply.

    Six hours are tried for a queue, those that lead to most of its misses, on the first 50 of the same weeks; then the
    best two together on all of them. Whether rules allow them to anybody is not looked at.

    Parameters
    ----------
    lived
        The simulation of the build.
    outlooks
        Those of the simulation.

    Returns
    -------
    Simulated
        With ``remedies``, at most two rows a queue, the best first: ``queue``; ``interval_start`` of the hour, ``site``
        and ``pool`` of whom it is, and how many such ``people`` there are; ``paid_minutes`` with night premium;
        ``missed`` cases a week (mean) and ``chance`` of the target without it; cases ``avoided`` by it alone;
        ``missed_with_all`` and ``chance_with_all`` with the hours of that queue together.
    """
    problem, rows = build.problem, []
    if lived.at_risk:
        demand = demand_of(problem, build.forecast, lived.replications, lived.seed, outlooks)
        trial = Trial(build, lived, demand, executor)
        few = trial.live((), REPLICATIONS_TRIED)
        for queue in problem.queues:
            if queue.queue in lived.at_risk:
                rows += _remedies(trial, queue, few)
    return replace(lived, remedies=pd.DataFrame(rows, columns=list(REMEDIES)))


@dataclass(frozen=True)
class Trial:
    """The week as it was lived, with more hours."""

    build: Build
    lived: Simulated
    demand: Demand
    executor: Executor | None

    def live(self, hours: Sequence[Hour], replications: int | None = None) -> Simulated:
        """Live the same weeks, or the first of them, with more hours; all other people get the same random numbers."""
        problem, roster = self.build.problem, self.build.solution.roster or Roster(duties={})
        extra = {f"one more {number}": hour for number, hour in enumerate(hours)}
        agents = [hour.agent.changed(agent_id=name) for name, hour in extra.items()]
        duties = {name: (hour.duty,) for name, hour in extra.items()}
        return simulate(
            problem.changed(agents=(*problem.agents, *agents)),
            Roster(duties={**roster.duties, **duties}),
            plan=self.build.solution.allocation,
            demand=replace(self.demand, cases=self.demand.cases[:replications]),
            seed=self.lived.seed,
            habits=self.lived.habits,
            executor=self.executor,
        )


def _remedies(trial: Trial, queue: Queue, few: Simulated) -> list[dict[str, object]]:
    """Try the hours of a queue one by one on few weeks, then the best together on all."""
    problem, tried = trial.build.problem, []
    for minute in hours_before_misses(problem, queue, trial.lived):
        hour = cheapest_person(problem, queue, minute)
        if hour is not None:
            after = trial.live((hour,), REPLICATIONS_TRIED)
            tried.append((_misses(few, queue)[0] - _misses(after, queue)[0], hour))
    helping = [(avoided, hour) for avoided, hour in tried if avoided > 0]
    helping.sort(key=lambda found: found[0] / found[1].paid_minutes, reverse=True)
    best = helping[:HOURS_TAKEN]
    if not best:
        return []
    missed, chance = _misses(trial.lived, queue)
    missed_with_all, chance_with_all = _misses(trial.live([hour for _, hour in best]), queue)
    return [
        {
            "queue": queue.queue,
            "interval_start": pd.Timestamp(problem.horizon.at(hour.duty.start)).as_unit("us"),
            "site": hour.duty.site,
            "pool": hour.pool,
            "people": hour.people,
            "paid_minutes": hour.paid_minutes,
            "missed": missed,
            "avoided": avoided,
            "chance": chance,
            "missed_with_all": missed_with_all,
            "chance_with_all": chance_with_all,
        }
        for avoided, hour in best
    ]


def hours_before_misses(problem: Problem, queue: Queue, lived: Simulated) -> list[int]:
    """Return the minutes with which the hours begin that lead to most misses, no two of them in one another.

    Work of an hour helps the cases that are open when it begins and fall due from then on (immediate: those that open
    in it). Where two hours lead to as many misses, it is the later one, since then more of the cases are there.
    """
    width = problem.horizon.interval_minutes
    missed = lived.misses.loc[lived.misses["queue"] == queue.queue, "missed"].to_numpy(dtype=float)
    within = queue.workstream.due_minutes or queue.workstream.threshold_minutes or 0
    reach = (
        -(-within // width)
        if queue.workstream.due_minutes
        else -(-(HOUR_MINUTES + within) // width)
    )
    score = _ahead(missed, reach)
    score[list(queue.closed)] = 0.0
    score[problem.horizon.intervals - HOUR_MINUTES // width + 1 :] = 0.0
    found: list[int] = []
    apart = HOUR_MINUTES // width
    while len(found) < HOURS_TRIED and score.max() > 0:
        best = len(score) - 1 - int(score[::-1].argmax())
        found.append(best * width)
        score[max(0, best - apart + 1) : best + apart] = 0.0
    return found


def _ahead(values: Floats, reach: int) -> Floats:
    """Return the sum of each value and those after it, so many in all."""
    total = np.concatenate([[0.0], np.cumsum(values)])
    last = np.minimum(np.arange(len(values)) + reach, len(values))
    return np.asarray(total[last] - total[:-1])


def cheapest_person(problem: Problem, queue: Queue, minute: int) -> Hour | None:
    """Return an hour of that of the people who can serve a queue who costs least then, of the largest group alike."""
    groups: dict[tuple[str, str], list[Agent]] = {}
    for agent in problem.agents:
        own = problem.queues_of[agent.agent_id]
        if queue.queue in own:
            pool = "+".join(other.queue for other in problem.queues if other.queue in own)
            groups.setdefault((agent.site, pool), []).append(agent)
    hours = []
    for (site, pool), people in groups.items():
        duty = _hour_at(problem, site, minute)
        paid = duty.paid_minutes + night_premium_minutes(duty)
        hours.append(Hour(duty, people[0], pool, len(people), paid))
    return min(hours, key=lambda h: (h.paid_minutes, -h.people, h.duty.site, h.pool), default=None)


def _hour_at(problem: Problem, site: str, minute: int) -> Duty:
    place, horizon = problem.site_of[site], problem.horizon
    start = horizon.at(minute)
    date = clock.to_local(start, place.time_zone).date()
    return make_duty(horizon, place, date, start, horizon.at(minute + HOUR_MINUTES))


def _misses(lived: Simulated, queue: Queue) -> tuple[float, float]:
    """Return missed cases a week and the chance of the target."""
    missed = lived.misses.loc[lived.misses["queue"] == queue.queue, "missed"].sum()
    (chance,) = lived.queues.loc[lived.queues["queue"] == queue.queue, "chance"]
    return float(missed), float(chance)
