"""Tiny problems drawn at random, with everything in them that could make a bound of the shape too high."""

from __future__ import annotations

import datetime as dt
from random import Random

from staffing.domain.clock import Horizon
from staffing.domain.objective import Level
from staffing.domain.people import Agent, Preference, Site, TimeOff
from staffing.domain.problem import Pin, Problem
from staffing.domain.roster import Roster
from staffing.domain.shifts import Duty, ShiftTemplate, duty_on
from staffing.domain.work import Backlog, PastService, Queue, Workstream
from staffing.rules.book import RuleBook
from staffing.rules.contract_hours import ContractHours
from staffing.rules.isolated_days import IsolatedDays
from staffing.rules.max_weekly_hours import MaxWeeklyHours
from tests.rules.crowd import Crowd
from tests.rules.world import template

SITES = (
    Site(site="dublin", region="EMEA", time_zone="Europe/Dublin", country="IE"),
    Site(site="seattle", region="AMER", time_zone="America/Los_Angeles", country="US"),
)
TEMPLATES = (
    template("E06", "06:00", "14:00"),
    template("D08", "08:00", "17:00", break_after_minutes=240, break_minutes=60),
    template("P09", "09:00", "13:00"),
    template("L13", "13:00", "21:00"),
    template("N22", "22:00", "06:00"),
    template("S12", "12:00", "20:00", sites=("seattle",), requires=("calls",)),
)
# Fridays before the clocks change in Dublin (spring, autumn) and Seattle, a Monday, and a Friday without a change.
FIRST_DATES = ("2026-03-27", "2026-10-23", "2026-10-30", "2026-11-30", "2026-12-04")
CONTRACTS = (2400, 2430, 1200, 0)


def draw_problem(rng: Random, *, people: int = 4, days: int = 4) -> Problem:
    """Return a problem of at most so many people and days."""
    first = dt.date.fromisoformat(rng.choice(FIRST_DATES))
    width = rng.choice((60, 60, 60, 30))
    horizon = Horizon(
        start=dt.datetime.combine(first, dt.time(), dt.UTC),
        interval_minutes=width,
        intervals=rng.randint(2, days) * 24 * 60 // width,
    )
    sites = SITES[: rng.randint(1, 2)]
    templates = tuple(sorted(rng.sample(TEMPLATES, rng.randint(1, 3)), key=lambda t: t.template))
    queues = tuple(_queue(rng, name, horizon) for name in ("calls", "mail", "harms"))
    queues = queues[: rng.randint(1, 3)]
    names = [queue.workstream.workstream for queue in queues]
    skills = [tuple(rng.sample(names, rng.randint(1, len(names)))) for _ in range(2)]
    contracts = rng.sample(CONTRACTS, 2)
    agents = tuple(
        _agent(rng, f"a{k}", rng.choice(sites), rng.choice(skills), rng.choice(contracts), first)
        for k in range(rng.randint(1, people))
    )
    problem = Problem(
        week="2026-W01",
        horizon=horizon,
        sites=sites,
        agents=agents,
        templates=templates,
        queues=queues,
        shrinkage_fraction=rng.choice((0.0, 0.15)),
        time_off=tuple(_time_off(rng, agents, horizon)),
        preferences=tuple(_wishes(rng, agents, templates, horizon)),
    )
    return problem.model_copy(
        update={"carry_in": _carried(rng, problem), "pins": _pins(rng, problem)}
    )


def draw_book(rng: Random) -> RuleBook:
    """Return the default book with limits that bite within a few days, levels at random, now and then more rules."""
    rules = []
    for rule in RuleBook.default().rules:
        levels = [level for level in rule.levels if level is not Level.ELASTIC]
        changes: dict[str, object] = {}
        if levels and rng.random() < 0.4:
            changes["level"] = rng.choice(levels)
        if isinstance(rule, MaxWeeklyHours):
            changes |= {"week_minutes": rng.choice((960, 1440, 3600)), "reference_weeks": 2}
        if isinstance(rule, ContractHours):
            changes |= {"tolerance_minutes": rng.choice((0, 60, 480)), "overtime_weight": 3}
        for name in ("days", "nights"):
            if name in type(rule).model_fields and rule.kind.startswith("max_consecutive"):
                changes[name] = rng.randint(1, 4)
        rules.append(rule.model_copy(update=changes))
    if rng.random() < 0.5:
        on, off = rng.choice(((2, 2), (3, 1), (1, 3)))
        rules.append(IsolatedDays(days_on_at_least=on, days_off_at_least=off))
    if rng.random() < 0.3:
        rules.append(Crowd(agents=rng.choice((("a0", "a1"), ("a1", "a2", "a3"))), most=1))
    return RuleBook(rules=tuple(rules))


def _queue(rng: Random, name: str, horizon: Horizon) -> Queue:
    hours = horizon.intervals
    fields = {
        "workstream": name,
        "target_fraction": rng.choice((0.8, 0.95, 1.0)),
        "priority": rng.choice((1, 5)),
        "min_staff": rng.choice((0, 0, 1, 2)),
        "needs_clearance": name == "harms",
    }
    if name == "calls":
        work = Workstream(kind="immediate", threshold_minutes=15, **fields)
        required = tuple(rng.choice((0, 1, 1, 2)) for _ in range(hours))
        arrivals = (0,) * hours
    else:
        work = Workstream(kind="deferrable", due_minutes=rng.choice((60, 240, 1440)), **fields)
        required = (0,) * hours
        arrivals = tuple(rng.choice((0, 0, 17, 45, 90)) for _ in range(hours))
    more: dict[str, object] = {}
    if name != "calls" and rng.random() < 0.5:
        more = _service_terms(rng, horizon)
    opening = tuple(
        Backlog(due=due, work_minutes=rng.randint(1, 200))
        for due in (-600, 60, 300)
        if name != "calls" and rng.random() < 0.3
    )
    return Queue(
        queue=name,
        workstream=work,
        volume=tuple(float(r) for r in required),
        aht_minutes=(10.0,) * hours,
        arrivals_minutes=arrivals,
        required_agents=required,
        opening=opening,
        **more,
    )


def _service_terms(rng: Random, horizon: Horizon) -> dict[str, object]:
    """Draw a clock that stands still now and then, hours in which nobody may work, daily targets, and a past."""
    width, hours = horizon.interval_minutes, horizon.intervals
    runs = [rng.random() < 0.6 for _ in range(hours)]
    lag = width * rng.choice((2, 5, 12))
    due, now = [], width + lag
    for t, running in enumerate(runs):
        now = max(now + width * running * rng.choice((1, 1, 1, 3)), (t + 2) * width)
        due.append(now)
    return {
        "due": tuple(due),
        "closed": tuple(t for t, runs in enumerate(runs) if not runs) if rng.random() < 0.5 else (),
        "period_starts": tuple(sorted(rng.sample(range(1, hours), rng.randint(0, 3)))),
        "past": rng.choice(
            (None, PastService(work_minutes=900, missed_minutes=rng.randint(0, 200)))
        ),
    }


def _agent(
    rng: Random, agent_id: str, site: Site, skills: tuple[str, ...], contract: int, first: dt.date
) -> Agent:
    later = first + dt.timedelta(days=1)
    return Agent(
        agent_id=agent_id,
        name=agent_id.upper(),
        email="",
        site=site.site,
        grade="agent",
        weekly_minutes=contract,
        workstreams=skills,
        exposure_cleared=rng.random() < 0.8,
        start_date=later if rng.random() < 0.1 else None,
        end_date=later if rng.random() < 0.1 else None,
    )


def _time_off(rng: Random, agents: tuple[Agent, ...], horizon: Horizon) -> list[TimeOff]:
    found = []
    for agent in agents:
        if rng.random() < 0.3:
            start = horizon.at(horizon.interval_minutes * rng.randrange(horizon.intervals))
            end = start + dt.timedelta(hours=rng.choice((4, 24, 48)))
            found.append(TimeOff(agent_id=agent.agent_id, start=start, end=end))
    return found


def _wishes(
    rng: Random, agents: tuple[Agent, ...], templates: tuple[ShiftTemplate, ...], horizon: Horizon
) -> list[Preference]:
    return [
        Preference(
            agent_id=agent.agent_id,
            wish=rng.choice(("want", "want", "avoid")),
            dates=tuple(rng.sample(horizon.dates, rng.randint(0, 2))),
            template=rng.choice((None, *(t.template for t in templates))),
            strength=rng.randint(1, 3),
        )
        for agent in agents
        for _ in range(rng.choice((0, 1, 1, 2)))
    ]


def _carried(rng: Random, problem: Problem) -> Roster:
    """Draw up to eight days before the horizon, broken rules and split shifts among them."""
    duties: dict[str, tuple[Duty, ...]] = {}
    for agent in problem.agents:
        density = rng.choice((0.0, 0.5, 0.9))
        duties[agent.agent_id] = tuple(
            duty_on(
                problem.horizon,
                problem.site_of[agent.site],
                one,
                problem.horizon.first_date - dt.timedelta(days=back),
            )
            for back in range(8, 0, -1)
            if rng.random() < density
            for one in rng.sample(
                problem.templates, min(len(problem.templates), rng.choice((1, 1, 1, 2)))
            )
        )
    return Roster(duties=duties)


def _pins(rng: Random, problem: Problem) -> tuple[Pin, ...]:
    """Pin days off, and duties that every rule admits (they may contradict a must all the same)."""
    pins = []
    for agent in problem.agents:
        if rng.random() < 0.3:
            date = rng.choice(problem.horizon.dates)
            book = RuleBook.default()
            usable = [
                duty.template
                for duty in problem.duties_of_site[agent.site]
                if duty.date == date and book.admits(problem, agent, duty)
            ]
            chosen = rng.choice([None, *usable])
            pins.append(Pin(agent_id=agent.agent_id, date=date, template=chosen))
    return tuple(pins)
