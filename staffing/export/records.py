"""Duties as records: every field that a profile may name, and nothing about health or exposure."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Literal

from staffing.domain import clock
from staffing.domain.base import Frozen
from staffing.domain.people import Agent
from staffing.domain.problem import Problem
from staffing.domain.roster import Roster
from staffing.domain.shifts import Duty

Action = Literal["add", "change", "cancel"]


class DutyRecord(Frozen):
    """One duty of one agent, ready to be formatted.

    Parameters
    ----------
    duty_id
        Stable across versions of a week, see `duty_id`.
    start_utc, end_utc, start_local, end_local, break_start_local
        Aware moments; no break is None.
    date
        Local date on which the duty starts.
    utc_offset
        Offset in force at the start, ``+05:30``.
    workstreams
        What the duty requires; where it requires nothing, what the agent is trained for.
    kind
        What sort of duty it is.
    version, action
        Version of the week that is published, and what happened to the duty in it.
    """

    duty_id: str
    agent_id: str
    name: str
    email: str
    site: str
    region: str
    date: dt.date
    template: str
    start_utc: dt.datetime
    end_utc: dt.datetime
    start_local: dt.datetime
    end_local: dt.datetime
    break_start_local: dt.datetime | None
    time_zone: str
    utc_offset: str
    paid_minutes: int
    unpaid_break_minutes: int
    workstreams: tuple[str, ...]
    kind: str
    version: int
    action: Action


def duty_id(agent_id: str, date: dt.date, ordinal: int) -> str:
    """Return the identifier of the n-th duty that an agent starts on a local date.

    Times and template are left out, so that a duty keeps its identifier when they change. The leading letter keeps a
    spreadsheet from reading it as a number.
    """
    text = f"{agent_id}\n{date.isoformat()}\n{ordinal}"
    return "D" + hashlib.sha256(text.encode()).hexdigest()[:15]


def duty_records(
    problem: Problem, roster: Roster, *, version: int = 1, action: Action = "add"
) -> tuple[DutyRecord, ...]:
    """Return the records of a roster, by agent and start."""
    seen: dict[tuple[str, dt.date], int] = {}
    records = []
    for agent_id, duty in roster.rows():
        ordinal = seen[agent_id, duty.date] = seen.get((agent_id, duty.date), 0) + 1
        records.append(_record(problem, problem.agent[agent_id], duty, ordinal, version, action))
    return tuple(records)


def _record(
    problem: Problem, agent: Agent, duty: Duty, ordinal: int, version: int, action: Action
) -> DutyRecord:
    """Return the record of one duty."""
    site = problem.site_of[duty.site]
    zone = site.time_zone
    start, end = problem.horizon.at(duty.start), problem.horizon.at(duty.end)
    pause = clock.to_local(problem.horizon.at(duty.break_start), zone)
    return DutyRecord(
        duty_id=duty_id(agent.agent_id, duty.date, ordinal),
        agent_id=agent.agent_id,
        name=agent.name,
        email=agent.email,
        site=site.site,
        region=site.region,
        date=duty.date,
        template=duty.template,
        start_utc=start,
        end_utc=end,
        start_local=clock.to_local(start, zone),
        end_local=clock.to_local(end, zone),
        break_start_local=pause if duty.break_minutes else None,
        time_zone=zone,
        utc_offset=clock.utc_offset(start, zone),
        paid_minutes=duty.paid_minutes,
        unpaid_break_minutes=duty.break_minutes,
        workstreams=duty.requires or agent.workstreams,
        kind="work",
        version=version,
        action=action,
    )
