"""From a workspace to the problem of one week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from staffing.domain.clock import Horizon
from staffing.domain.errors import Fault, InputError
from staffing.domain.objective import Level
from staffing.domain.problem import Pin, Problem
from staffing.domain.result import Violation
from staffing.domain.roster import Roster
from staffing.domain.shifts import Duty, duty_on
from staffing.domain.work import Queue
from staffing.ingest.duties import to_roster
from staffing.ingest.wishes import preferences_for
from staffing.policy.workspace import Workspace
from staffing.rules.book import RuleBook

LOOK_BACK = dt.timedelta(weeks=17)
"""Carry-in that rules may look at (the reference period of EU 2003/88 art. 16)."""

_PINS = "pins.csv"


def problem_of(workspace: Workspace, week: str, queues: tuple[Queue, ...]) -> Problem:
    """Return the problem of an ISO week.

    Duties of the carry-in that start before the first local date of the week, at most 17 weeks back, are carried; later
    ones are left to the solver (`week_warnings` says so).

    Parameters
    ----------
    workspace
        A checked workspace.
    week
        ISO week, ``2026-W49``.
    queues
        What arrives in that week, sized as the settings say (``plan_quantile``).

    Raises
    ------
    ClockError
        If there is no such week.
    InputError
        If a pin cannot be kept: its template or the date is not open to the agent, or the pins of an agent break a
        must-rule by themselves.
    """
    settings = workspace.settings
    horizon = Horizon.of_week(week, settings.interval_minutes)
    pins = _pins_of(workspace, horizon)
    carried = [row for row in workspace.carry_in if _is_carried(row.date, horizon)]
    problem = Problem(
        week=week,
        horizon=horizon,
        sites=settings.sites,
        agents=workspace.agents,
        templates=settings.templates,
        queues=queues,
        shrinkage_fraction=settings.shrinkage_fraction,
        plan_quantile=settings.plan_quantile,
        prices=settings.prices,
        time_off=workspace.time_off,
        preferences=preferences_for(workspace.preferences, horizon.dates),
        pins=tuple(pins.values()),
        carry_in=to_roster(carried, horizon, settings.sites, settings.templates),
    )
    faults = list(_pin_faults(problem, settings.book, pins))
    if faults:
        raise InputError(faults)
    return problem


def week_warnings(workspace: Workspace, week: str) -> tuple[str, ...]:
    """Return what of the workspace is left out of the problem of a week.

    Raises
    ------
    ClockError
        If there is no such week.
    """
    horizon = Horizon.of_week(week, workspace.settings.interval_minutes)
    warnings = []
    inside = [row for row in workspace.carry_in if row.date >= horizon.first_date]
    if inside:
        warnings.append(
            f"carry_in.csv, row {inside[0].row}: {len(inside)} duties start in or after {week} and "
            "are not carried in. Pin them to keep them."
        )
    pins = len(workspace.pin_rows) - len(_pins_of(workspace, horizon))
    if pins:
        warnings.append(f"{_PINS}: {pins} pins are not of {week} and say nothing about it.")
    return tuple(warnings)


def _is_carried(date: dt.date, horizon: Horizon) -> bool:
    """Tell whether rules may look at a duty of that local date."""
    return horizon.first_date - LOOK_BACK <= date < horizon.first_date


def _pins_of(workspace: Workspace, horizon: Horizon) -> dict[int, Pin]:
    """Return the pins of the week by row."""
    return {row: pin for row, pin in workspace.pin_rows.items() if pin.date in horizon.dates}


def _pin_faults(problem: Problem, book: RuleBook, pins: Mapping[int, Pin]) -> Iterable[Fault]:
    """Yield every pin that cannot be kept."""
    problem = _of_the_pinned(problem)
    held: dict[str, list[Duty]] = {}
    for row, pin in pins.items():
        if pin.template is None:
            continue
        agent = problem.agent[pin.agent_id]
        template = next(entry for entry in problem.templates if entry.template == pin.template)
        duty = duty_on(problem.horizon, problem.site_of[agent.site], template, pin.date)
        broken = next((r for r in book.rules if not r.admits(problem, agent, duty)), None)
        if broken is None:
            held.setdefault(agent.agent_id, []).append(duty)
            continue
        alone = broken.check(problem, Roster(duties={agent.agent_id: (duty,)}))
        why = [found.message for found in alone if found.agent_id == agent.agent_id]
        reason = why[0] if why else f"{broken.kind} does not allow it: {broken.says}."
        yield _fault(row, pin, f"{reason} Remove or change the pin.")
    if held:
        yield from _broken_rules(problem, book, pins, held)


def _broken_rules(
    problem: Problem, book: RuleBook, pins: Mapping[int, Pin], held: Mapping[str, list[Duty]]
) -> Iterable[Fault]:
    """Yield the must-rules that the pins of an agent break by themselves, with the last pin that takes part.

    What an empty roster breaks too, such as a lower limit of hours, is not the fault of a pin.
    """
    roster = Roster(duties={agent_id: tuple(duties) for agent_id, duties in held.items()})
    nobody = Roster(duties={})
    excused = {(found.rule, found.agent_id) for found in book.check(problem, nobody)}
    for found in book.check(problem, roster):
        takes_part = found.agent_id in held and (found.rule, found.agent_id) not in excused
        if found.level is Level.MUST and not found.inherited and takes_part:
            row, pin = _last_pin(problem, found, pins)
            yield _fault(row, pin, f"{found.message} Remove or change a pin of {pin.agent_id}.")


def _of_the_pinned(problem: Problem) -> Problem:
    """Return the problem of the agents who have pins: others, and wishes, have no say in what one breaks."""
    pinned = {pin.agent_id for pin in problem.pins}
    agents = tuple(agent for agent in problem.agents if agent.agent_id in pinned)
    return problem.changed(agents=agents, preferences=())


def _last_pin(problem: Problem, violation: Violation, pins: Mapping[int, Pin]) -> tuple[int, Pin]:
    """Return the last pin of the agent on a date that the violation touches, else his last pin."""
    own = {row: pin for row, pin in pins.items() if pin.agent_id == violation.agent_id}
    last = problem.horizon.at(violation.end).date()
    touched = {row: pin for row, pin in own.items() if pin.template and pin.date <= last} or own
    return max(touched.items(), key=lambda item: item[1].date)


def _fault(row: int, pin: Pin, message: str) -> Fault:
    """Return a fault of a pin."""
    return Fault(file=_PINS, row=row, column="template", value=pin.template, message=message)
