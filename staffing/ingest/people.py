"""agents.csv: who works, where, how much and on what."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from staffing.domain.errors import Fault
from staffing.domain.people import Agent
from staffing.ingest import fields, moments
from staffing.ingest.context import Context
from staffing.ingest.fields import FieldError
from staffing.ingest.table import Column, Row, read_rows, refuse_repeats

MOST_WEEKLY_HOURS = 80


def read_agents(
    path: Path, context: Context, faults: list[Fault]
) -> tuple[tuple[Agent, ...], Context]:
    """Read the agents.

    Parameters
    ----------
    path
        ``agents.csv``.
    context
        Names of the settings.
    faults
        Faults found so far; this function appends to it.

    Returns
    -------
    tuple
        The sound agents in the order of the file, and the context with every agent of the file in it.
    """
    before = len(faults)
    rows = read_rows(path, path.name, _columns(context), faults)
    if not rows:
        if len(faults) == before:
            message = "There is a header and no agent. Add a row for every person."
            faults.append(Fault(file=path.name, message=message))
        return (), context
    rows = refuse_repeats(rows, ["agent_id"], faults, case_matters=False)
    all_named = all(fault.column not in {None, "agent_id"} for fault in faults[before:])
    sites = {row["agent_id"]: row["site"] or "" for row in rows if row["agent_id"]}
    agents = tuple(_agent(row) for row in rows if row.is_good and _dates_in_order(row, faults))
    ids = frozenset(sites) if all_named else None
    return agents, replace(context, agent_ids=ids, agent_sites=sites)


def _columns(context: Context) -> tuple[Column, ...]:
    """Return the columns of agents.csv."""
    workstream = fields.known(context.workstreams, "workstream")
    return (
        Column("agent_id", fields.identifier, required=True),
        Column("name", required=True),
        Column("email", _email),
        Column("site", fields.known(context.site_names, "site"), required=True),
        Column("grade"),
        Column("weekly_hours", fields.hours_as_minutes(MOST_WEEKLY_HOURS), required=True),
        Column("workstreams", fields.list_of(workstream), required=True),
        Column("languages", fields.list_of(fields.identifier)),
        Column("start_date", moments.date),
        Column("end_date", moments.date),
        Column("exposure_cleared", fields.yes_no),
        Column("on_call", fields.yes_no),
    )


def _email(cell: str) -> str:
    """Return an e-mail address."""
    address = fields.text(cell)
    if address.count("@") != 1 or " " in address or address.startswith("@") or address[-1] == "@":
        raise FieldError("This is not an e-mail address. Write name@company.example or nothing.")
    return address


def _dates_in_order(row: Row, faults: list[Fault]) -> bool:
    """Check that nobody leaves before he starts."""
    start, end = row["start_date"], row["end_date"]
    if start is None or end is None or start <= end:
        return True
    faults.append(row.fault("end_date", f"The last day lies before the first, {start}. Swap them?"))
    return False


def _agent(row: Row) -> Agent:
    """Build the agent of a sound row."""
    return Agent(
        agent_id=row["agent_id"],
        name=row["name"],
        email=row["email"] or "",
        site=row["site"],
        grade=row["grade"] or "",
        weekly_minutes=row["weekly_hours"],
        workstreams=row["workstreams"],
        languages=row["languages"] or (),
        start_date=row["start_date"],
        end_date=row["end_date"],
        exposure_cleared=bool(row["exposure_cleared"]),
        on_call=bool(row["on_call"]),
    )
