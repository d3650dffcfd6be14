"""An instance as a problem of the package: its own forms, rules and solver see nothing but agents, duties and rules.

A shift type is a template in a slot of the day of its own (`slots`), a day off is time off, a minute short in a slot
costs the weight, so that the objective of the package is that of the instance times the minutes of a slot. Pay is free.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from benchmarks.rostering.cover import Cell, Heads
from benchmarks.rostering.instance import Employee, Grid, Instance
from benchmarks.rostering.rules import Followers
from benchmarks.rostering.runs import RunLimits, Runs
from benchmarks.rostering.slots import SITE, WEEK, Slots, date_of
from benchmarks.rostering.sums import Limits, MaxShifts, Sums, Weekends
from benchmarks.rostering.wishes import Wish, Wishes
from staffing.domain.objective import Level, Prices
from staffing.domain.people import Agent, TimeOff
from staffing.domain.problem import Problem
from staffing.domain.roster import Roster
from staffing.rules.availability import Availability
from staffing.rules.base import Rule
from staffing.rules.book import RuleBook
from staffing.rules.one_duty_at_a_time import OneDutyAtATime

MOST_WEEKLY_MINUTES = 80 * 60
"""No rule of the book asks for contract hours."""

Limit = TypeVar("Limit", Limits, RunLimits)


@dataclass(frozen=True)
class Adapted:
    """An instance in the terms of the package.

    Parameters
    ----------
    scale
        Objective of the package over that of the instance.
    """

    problem: Problem
    book: RuleBook
    slots: Slots
    scale: int

    def grid(self, roster: Roster) -> Grid:
        """Return a roster in the terms of the instance."""
        return self.slots.grid(self.problem, roster)


def adapt(instance: Instance) -> Adapted:
    """Express an instance as a problem and a rule book."""
    slots = Slots(instance.days, tuple(shift.shift for shift in instance.shifts))
    problem = Problem(
        week=WEEK,
        horizon=slots.horizon,
        sites=(SITE,),
        agents=tuple(person(employee.employee) for employee in instance.employees),
        templates=slots.templates,
        queues=(),
        prices=slot_prices(slots),
        time_off=tuple(
            _whole_day(employee.employee, day)
            for employee in instance.employees
            for day in sorted(employee.days_off)
        ),
    )
    book = RuleBook(rules=(OneDutyAtATime(), Availability(), *_rules(instance, slots)))
    return Adapted(problem, book, slots, slots.interval_minutes)


def person(agent_id: str, workstreams: tuple[str, ...] = ()) -> Agent:
    """Return an agent of whom nothing but his name and skills is known."""
    return Agent(
        agent_id=agent_id,
        name=agent_id,
        email=f"{agent_id}@example.org",
        site=SITE.site,
        grade="",
        weekly_minutes=MOST_WEEKLY_MINUTES,
        workstreams=workstreams,
    )


def slot_prices(slots: Slots) -> Prices:
    """Return prices at which a minute short and a unit of a rule both cost their weights, and pay nothing."""
    width = slots.interval_minutes
    return Prices(service=1, burnout=width, fairness=width, cost=0)


def _whole_day(employee: str, day: int) -> TimeOff:
    start, end = (dt.datetime.combine(date_of(day + later), dt.time(), dt.UTC) for later in (0, 1))
    return TimeOff(agent_id=employee, start=start, end=end)


def _rules(instance: Instance, slots: Slots) -> list[Rule]:
    """Return the hard rules, then the soft ones."""
    shifts = frozenset(shift.shift for shift in instance.shifts)
    minutes = {shift.shift: shift.minutes for shift in instance.shifts}

    def by_employee(limits: Callable[[Employee], Limit]) -> dict[str, Limit]:
        return {employee.employee: limits(employee) for employee in instance.employees}

    return [
        Followers(
            barred={shift.shift: frozenset(shift.not_followed_by) for shift in instance.shifts}
        ),
        MaxShifts(most={e.employee: e.max_shifts for e in instance.employees}),
        Sums(
            values=minutes,
            limits=by_employee(lambda e: Limits(lower=e.min_minutes, upper=e.max_minutes)),
        ),
        Runs(
            shifts=shifts,
            open_start=True,
            limits=by_employee(lambda e: RunLimits(at_least=e.min_run, limit=e.max_run)),
        ),
        Runs(
            shifts=shifts,
            is_off=True,
            open_start=True,
            limits=by_employee(lambda e: RunLimits(at_least=e.min_days_off)),
        ),
        Weekends(limits=by_employee(lambda e: Limits(upper=e.max_weekends))),
        _wishes(instance),
        _heads(instance, slots),
    ]


def _wishes(instance: Instance) -> Wishes:
    found: dict[str, list[Wish]] = defaultdict(list)
    for request in instance.requests:
        found[request.employee].append(
            Wish(
                date=date_of(request.day),
                shifts=frozenset({request.shift}),
                weight=request.weight,
                is_wanted=request.is_wanted,
            )
        )
    wishes = {employee: tuple(own) for employee, own in found.items()}
    return Wishes(level=Level.SHOULD, wishes=wishes)


def _heads(instance: Instance, slots: Slots) -> Heads:
    return Heads(
        agents=tuple(employee.employee for employee in instance.employees),
        cells=tuple(
            Cell(
                date=date_of(cover.day),
                shift=cover.shift,
                interval=slots.interval(cover.day, cover.shift),
                required=cover.required,
                under_weight=cover.under_weight,
                over_weight=cover.over_weight,
            )
            for cover in instance.cover
        ),
    )
