"""Tiny problems made by hand: one site, a few templates, duties written as ``2026-10-23 D08``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from staffing.domain import clock
from staffing.domain.clock import Horizon
from staffing.domain.people import Agent, Site, TimeOff
from staffing.domain.problem import Problem
from staffing.domain.result import Violation
from staffing.domain.roster import Roster
from staffing.domain.shifts import Duty, ShiftTemplate, duty_on
from staffing.domain.work import Queue, Workstream
from staffing.rules.base import Rule

Held = Mapping[str, Iterable[str]]
"""Duties by agent, each as ``date template``."""


def template(name: str, start: str, end: str, **more: Any) -> ShiftTemplate:
    return ShiftTemplate(
        template=name, start=dt.time.fromisoformat(start), end=dt.time.fromisoformat(end), **more
    )


def agent(agent_id: str = "ann", **more: Any) -> Agent:
    fields: dict[str, Any] = {
        "name": agent_id.title(),
        "email": f"{agent_id}@example.org",
        "site": "here",
        "grade": "L2",
        "weekly_minutes": 2400,
        "workstreams": ("cases",),
    }
    return Agent(agent_id=agent_id, **{**fields, **more})


def queue(name: str = "cases", hours: int = 24, region: str | None = None, **more: Any) -> Queue:
    """Return a deferrable queue in which nothing arrives."""
    return Queue(
        queue=name if region is None else f"{name}@{region}",
        workstream=Workstream(
            workstream=name, kind="deferrable", due_minutes=1440, target_fraction=0.9, **more
        ),
        region=region,
        volume=(0.0,) * hours,
        aht_minutes=(10.0,) * hours,
        arrivals_minutes=(0,) * hours,
        required_agents=(0,) * hours,
    )


def world(
    first: str,
    days: int,
    templates: Iterable[ShiftTemplate],
    *,
    zone: str = "Europe/Dublin",
    agents: tuple[Agent, ...] = (agent(),),
    carried: Held | None = None,
    **more: Any,
) -> Problem:
    """Return a problem of ``days`` days from a date, 60-minute grid, with the carry-in written as ``date template``."""
    date = dt.date.fromisoformat(first)
    problem = Problem(
        week=clock.week_of(date),
        horizon=Horizon(start=dt.datetime.combine(date, dt.time(), dt.UTC), intervals=24 * days),
        sites=(Site(site="here", region="EMEA", time_zone=zone, country="IE"),),
        agents=agents,
        templates=tuple(templates),
        **{"queues": (queue(hours=24 * days),), **more},
    )
    return problem.model_copy(update={"carry_in": roster(problem, carried or {})})


def duty(problem: Problem, text: str) -> Duty:
    """Return the duty written as ``2026-10-23 D08``, in the horizon or before it."""
    date, name = text.split()
    chosen = next(t for t in problem.templates if t.template == name)
    return duty_on(problem.horizon, problem.sites[0], chosen, dt.date.fromisoformat(date))


def roster(problem: Problem, held: Held) -> Roster:
    return Roster(
        duties={who: tuple(duty(problem, text) for text in texts) for who, texts in held.items()}
    )


def check(rule: Rule, problem: Problem, *held: str) -> list[Violation]:
    """Return the violations of a roster in which the first agent holds these duties."""
    return list(rule.check(problem, roster(problem, {problem.agents[0].agent_id: held})))


def amounts(rule: Rule, problem: Problem, *held: str) -> list[int]:
    """Return the amounts that the first agent is charged for."""
    return [found.amount for found in check(rule, problem, *held) if not found.inherited]


def off(agent_id: str, start: str, end: str) -> TimeOff:
    """Return time off between two ISO stamps with offset."""
    return TimeOff(
        agent_id=agent_id,
        start=dt.datetime.fromisoformat(start),
        end=dt.datetime.fromisoformat(end),
    )


def days(first: str, last: str, name: str) -> list[str]:
    """Return one template on every date from first to last."""
    start, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    return [f"{start + dt.timedelta(days=k)} {name}" for k in range((end - start).days + 1)]
