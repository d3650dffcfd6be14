"""The schedule as people × days, in the local time of each site."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from staffing.domain import clock
from staffing.domain.build import Build
from staffing.domain.people import Agent, Site
from staffing.domain.problem import Problem
from staffing.domain.shifts import Duty
from staffing.report.coverage import roster_of
from staffing.report.timeline import Axis, Window, axes, window_of
from staffing.report.words import hours, stretch

EARLY_UNTIL, LATE_FROM = 7 * 60, 12 * 60


class Band(StrEnum):
    """When in the local day a duty lies; decides its colour."""

    EARLY = "early"
    DAY = "day"
    LATE = "late"
    NIGHT = "night"


def band_of(duty: Duty) -> Band:
    """Return the band of a duty: night by law, else early before 07:00, late from 12:00, day between."""
    if duty.is_night:
        return Band.NIGHT
    if duty.start_local < EARLY_UNTIL:
        return Band.EARLY
    return Band.LATE if duty.start_local >= LATE_FROM else Band.DAY


@dataclass(frozen=True)
class Shift:
    """A duty as it is shown.

    Parameters
    ----------
    code
        Template, or the hours where there is none.
    times, title
        Local start and end, ``08:00–16:30``; everything about it in one line.
    left, width, pause_left, pause_width
        Place on the timeline in percent of its length; the break in percent of the duty.
    """

    date: dt.date
    code: str
    times: str
    title: str
    band: Band
    left: float
    width: float
    pause_left: float
    pause_width: float


@dataclass(frozen=True)
class Day:
    """One cell of the grid: the shifts that start on a local date, and why there may be none."""

    date: dt.date
    shifts: tuple[Shift, ...]
    leave: str
    pinned: bool


@dataclass(frozen=True)
class Person:
    """One row of the grid and of the timeline."""

    agent: Agent
    shifts: tuple[Shift, ...]
    days: tuple[Day, ...]
    planned_minutes: int
    contract_minutes: int


@dataclass(frozen=True)
class Place:
    """A site with its people."""

    site: Site
    people: tuple[Person, ...]


@dataclass(frozen=True)
class Schedule:
    """All that the page needs of a schedule."""

    dates: tuple[dt.date, ...]
    places: tuple[Place, ...]
    axes: tuple[Axis, ...]


def schedule(build: Build) -> Schedule:
    """Return the schedule of a build, people by site in the order of the problem."""
    problem = build.problem
    window = window_of(problem.horizon, roster_of(build))
    pins = {(pin.agent_id, pin.date) for pin in problem.pins}
    people = [_person(build, agent, window, pins) for agent in problem.agents]
    places = tuple(
        Place(site, tuple(person for person in people if person.agent.site == site.site))
        for site in problem.sites
    )
    return Schedule(problem.horizon.dates, places, axes(problem.horizon, problem.sites, window))


def _person(build: Build, agent: Agent, window: Window, pins: set[tuple[str, dt.date]]) -> Person:
    """Return the row of one agent."""
    problem = build.problem
    duties = roster_of(build).of(agent.agent_id)
    shifts = tuple(_shift(problem, duty, window) for duty in duties)
    days = tuple(
        Day(
            date=date,
            shifts=tuple(shift for shift in shifts if shift.date == date),
            leave=_leave(problem, agent, date),
            pinned=(agent.agent_id, date) in pins,
        )
        for date in problem.horizon.dates
    )
    return Person(
        agent=agent,
        shifts=shifts,
        days=days,
        planned_minutes=sum(duty.paid_minutes for duty in duties),
        contract_minutes=problem.contract_minutes(agent),
    )


def _shift(problem: Problem, duty: Duty, window: Window) -> Shift:
    """Return a duty with its times and its place on the timeline."""
    horizon, zone = problem.horizon, problem.site_of[duty.site].time_zone
    start, end = (clock.to_local(horizon.at(minute), zone) for minute in (duty.start, duty.end))
    times = f"{start:%H:%M}–{end:%H:%M}"
    title = (
        f"{duty.template or 'typed by hand'}: {stretch(horizon, duty.start, duty.end, zone)} local, "
        f"{stretch(horizon, duty.start, duty.end)} UTC, {hours(duty.paid_minutes)} h paid"
    )
    length = duty.end - duty.start
    return Shift(
        date=duty.date,
        code=duty.template or times,
        times=times,
        title=title,
        band=band_of(duty),
        left=window.left(duty.start),
        width=window.width(length),
        pause_left=100 * (duty.break_start - duty.start) / length if duty.break_minutes else 0.0,
        pause_width=100 * duty.break_minutes / length,
    )


def _leave(problem: Problem, agent: Agent, date: dt.date) -> str:
    """Return why a local day is not free for work: not employed, on leave, or partly so; else nothing."""
    joins, leaves = agent.start_date or date, agent.end_date or date
    if not joins <= date <= leaves:
        return "not employed"
    first, last = problem.horizon.day_bounds(date, problem.site_of[agent.site].time_zone)
    absences = [(a, b) for a, b in problem.absences[agent.agent_id] if a < last and first < b]
    if any(a <= first and last <= b for a, b in absences):
        return "leave"
    return "part leave" if absences else ""
