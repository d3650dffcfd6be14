"""service_history.csv: how many cases of past weeks missed their due time, for targets of four weeks."""

from __future__ import annotations

from pathlib import Path

from staffing.domain.clock import parse_week
from staffing.domain.errors import ClockError, Fault
from staffing.domain.work import ServiceWeek
from staffing.ingest import fields
from staffing.ingest.context import Context
from staffing.ingest.fields import FieldError
from staffing.ingest.table import Column, read_rows, refuse_repeats

MOST_CASES = 100_000_000


def read_service_history(
    path: Path, context: Context, faults: list[Fault]
) -> tuple[ServiceWeek, ...]:
    """Read the table: one row a week and queue; a queue is named as the requirement names it."""
    columns = (
        Column("week", _week, required=True),
        Column("queue", fields.known(_queues(context), "queue"), required=True),
        Column("arrived", fields.whole(0, MOST_CASES), required=True),
        Column("missed", fields.whole(0, MOST_CASES), required=True),
    )
    rows = read_rows(path, path.name, columns, faults)
    found = []
    for row in refuse_repeats(rows, ["week", "queue"], faults):
        if row.is_good and row["missed"] > row["arrived"]:
            faults.append(row.fault("missed", "More cases missed their due time than arrived."))
        elif row.is_good:
            found.append(ServiceWeek(**{column.name: row[column.name] for column in columns}))
    return tuple(found)


def _queues(context: Context) -> list[str] | None:
    """Return every name that a queue may have: a workstream, or one of a region."""
    if context.workstreams is None or context.regions is None:
        return None
    alone = sorted(context.workstreams)
    return [*alone, *(f"{name}@{region}" for name in alone for region in sorted(context.regions))]


def _week(cell: str) -> str:
    """Return an ISO week as written."""
    week = cell.strip()
    try:
        parse_week(week)
    except ClockError as error:
        raise FieldError(str(error)) from error
    return week
