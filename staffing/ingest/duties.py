"""Duties from a file: roster.csv, carry_in.csv, or a roster typed by hand.

Forgiving about columns: ``agent_id`` with ``date`` and ``template``, or with ``start_local`` and ``end_local``, will
do. Strict about values: whatever else is written must agree.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from staffing.domain.clock import Horizon
from staffing.domain.errors import Fault
from staffing.domain.people import Site
from staffing.domain.roster import DutyRow, Roster
from staffing.domain.shifts import Duty, ShiftTemplate, duty_on, make_duty
from staffing.ingest import fields, moments
from staffing.ingest.context import Context
from staffing.ingest.duty_times import DutyError, times_of
from staffing.ingest.table import Column, Row, read_rows

MOST_MINUTES = 1440


def read_duties(path: Path, context: Context, faults: list[Fault]) -> tuple[DutyRow, ...]:
    """Read duties with their absolute times.

    Local times are those of the site of the row, or of the agent's site where none is written (somebody who moved keeps
    the duties of his old site). ``start_local`` is ``2026-12-01 07:00``, or ``07:00`` on ``date``; an ``end_local``
    without a date that is not after the start is on the next day.

    Parameters
    ----------
    path
        CSV file.
    context
        Names of the settings, and the agents.
    faults
        Faults found so far; this function appends to it.
    """
    found: list[DutyRow] = []
    seen: dict[tuple[object, ...], Row] = {}
    for row in read_rows(path, path.name, _columns(context), faults):
        duty = _duty_row(row, context, faults) if row.is_good else None
        if duty is None:
            continue
        first = seen.setdefault((duty.agent_id, duty.start, duty.end), row)
        if first is row:
            found.append(duty)
        else:
            faults.append(row.fault("agent_id", f"This repeats row {first.number}. Remove one."))
    return tuple(found)


def to_roster(
    rows: Iterable[DutyRow],
    horizon: Horizon,
    sites: Iterable[Site],
    templates: Iterable[ShiftTemplate],
) -> Roster:
    """Place duties on a horizon.

    Parameters
    ----------
    rows
        Duties as `read_duties` gives them; they may lie before or after the horizon.
    horizon
        Grid whose start is minute 0.
    sites, templates
        Sites of the duties; templates that they may name.

    Raises
    ------
    KeyError
        If a row names an unknown site.
    """
    by_site = {site.site: site for site in sites}
    by_name = {template.template: template for template in templates}
    duties: dict[str, list[Duty]] = defaultdict(list)
    made: dict[tuple[str, str, dt.date], Duty] = {}
    for row in rows:
        site, template = by_site[row.site], by_name.get(row.template)
        key = (row.site, row.template, row.date)
        if template is None:
            duty = _typed_duty(row, horizon, site)
        elif key in made:
            duty = made[key]
        else:
            duty = made[key] = duty_on(horizon, site, template, row.date)
        duties[row.agent_id].append(duty)
    return Roster(duties={agent_id: tuple(found) for agent_id, found in duties.items()})


def _columns(context: Context) -> tuple[Column, ...]:
    """Return the columns that a duty file may have."""
    return (
        Column("agent_id", _exported(context), required=True),
        Column("name"),
        Column("date", moments.date),
        Column("template", fields.known(context.template_names, "template")),
        Column("start_local", moments.wall),
        Column("end_local", moments.wall),
        Column("break_start_local", moments.wall),
        Column("break_minutes", fields.whole(0, MOST_MINUTES)),
        Column("site", fields.known(context.site_names, "site")),
        Column("time_zone", moments.time_zone),
        Column("start_utc", moments.stamp),
        Column("end_utc", moments.stamp),
        Column("paid_minutes", fields.whole(0, MOST_MINUTES)),
    )


def _exported(context: Context) -> Callable[[str], str]:
    """Return a parser of agents that undoes what an export does to an id that spells a formula (``'=A1``)."""
    agents = context.agent_ids
    parse = fields.known(agents, "agent")

    def parse_agent(cell: str) -> str:
        plain = cell.removeprefix("'")
        return plain if agents is not None and plain in agents else parse(cell)

    return parse_agent


def _duty_row(row: Row, context: Context, faults: list[Fault]) -> DutyRow | None:
    """Return the duty of a sound row, None where it is faulty or its site or template is."""
    site = context.sites.get(row["site"]) if row["site"] else context.site_of(row["agent_id"])
    name = row["template"] or ""
    template = context.templates.get(name)
    if site is None or (name and template is None):
        return None
    if name and not context.may_use(site.site, name):
        message = f"{site.site} does not use this template. Leave it empty and write the times."
        faults.append(row.fault("template", message))
        return None
    try:
        times = times_of(row, site, template)
    except DutyError as error:
        faults.append(row.fault(error.column, str(error)))
        return None
    return DutyRow(
        agent_id=row["agent_id"],
        site=site.site,
        date=times.date,
        template=name,
        start=times.start,
        end=times.end,
        break_start=times.break_start,
        break_minutes=times.break_minutes,
        requires=template.requires if template else (),
        row=row.number,
    )


def _typed_duty(row: DutyRow, horizon: Horizon, site: Site) -> Duty:
    """Return the duty of hours typed by hand."""
    pause = row.break_start - row.start if row.break_start else None
    return make_duty(
        horizon,
        site,
        row.date,
        row.start,
        row.end,
        template=row.template,
        break_after_minutes=int(pause.total_seconds() // 60) if pause else 0,
        break_minutes=row.break_minutes,
        requires=row.requires,
    )
