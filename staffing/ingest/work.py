"""backlog.csv and events.csv: open work, and what moved the volume of the past."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from staffing.domain.errors import Fault
from staffing.domain.work import CalendarEvent, OpenCase
from staffing.ingest import fields, moments
from staffing.ingest.context import Context
from staffing.ingest.table import Column, Row, read_rows, refuse_repeats

MOST_HANDLE_MINUTES = 14 * 1440
EVENT_KINDS = ("launch", "outage", "incident", "not_typical")


def read_backlog(path: Path, context: Context, faults: list[Fault]) -> tuple[OpenCase, ...]:
    """Read the open cases; stamps without an offset are read in the zone of the cases, if the settings give one."""
    columns = (
        Column("case_id", fields.identifier, required=True),
        Column("workstream", fields.known(context.workstreams, "workstream"), required=True),
        Column("region", fields.known(context.regions, "region"), required=True),
        Column("opened_at", moments.stamp_in(context.case_time_zone), required=True),
        Column("handle_minutes", fields.number(0, MOST_HANDLE_MINUTES, above=True)),
    )
    rows = read_rows(path, path.name, columns, faults)
    names = [column.name for column in columns]
    return tuple(
        OpenCase(**{name: row[name] for name in names})
        for row in refuse_repeats(rows, ["case_id"], faults)
        if row.is_good
    )


def read_events(path: Path, context: Context, faults: list[Fault]) -> tuple[CalendarEvent, ...]:
    """Read the events; dates are UTC days, both inclusive, stamps are half-open."""
    columns = (
        Column("name", required=True),
        Column("kind", fields.choice(*EVENT_KINDS), required=True),
        Column("start", moments.date_or_stamp, required=True),
        Column("end", moments.date_or_stamp, required=True),
        Column("workstream", fields.known(context.workstreams, "workstream")),
        Column("region", fields.known(context.regions, "region")),
    )
    rows = read_rows(path, path.name, columns, faults)
    found = []
    for row in refuse_repeats(rows, [column.name for column in columns], faults):
        if row.is_good:
            start, end = moments.utc(row["start"]), moments.utc(row["end"], is_end=True)
            if start < end:
                found.append(_event(row, start, end))
            else:
                faults.append(row.fault("end", "The event ends at or before its start."))
    return tuple(found)


def _event(row: Row, start: dt.datetime, end: dt.datetime) -> CalendarEvent:
    """Build the event of a sound row."""
    return CalendarEvent(
        name=row["name"],
        kind=row["kind"],
        start=start,
        end=end,
        workstream=row["workstream"],
        region=row["region"],
    )
