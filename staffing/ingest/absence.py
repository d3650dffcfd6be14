"""time_off.csv: approved absences, as local days or as stamps."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from staffing.domain import clock
from staffing.domain.errors import Fault
from staffing.domain.people import TimeOff
from staffing.ingest import fields, moments
from staffing.ingest.context import Context
from staffing.ingest.table import Column, Row, read_rows


def read_time_off(
    path: Path, context: Context, faults: list[Fault], warnings: list[str]
) -> tuple[TimeOff, ...]:
    """Read the approved absences of known agents.

    Dates are local days of the agent's site, both inclusive; stamps carry an offset and are half-open. Absences of one
    person that overlap mean their union: they are merged, with a warning. Those that touch are merged in silence.

    Parameters
    ----------
    path
        ``time_off.csv``.
    context
        Names of the settings, and the agents.
    faults, warnings
        Found so far; this function appends to them.

    Returns
    -------
    tuple of TimeOff
        By agent and start, none of them touching another of the same agent.
    """
    columns = (
        Column("agent_id", fields.known(context.agent_ids, "agent"), required=True),
        Column("start", moments.date_or_stamp, required=True),
        Column("end", moments.date_or_stamp, required=True),
    )
    by_agent: dict[str, list[tuple[TimeOff, Row]]] = defaultdict(list)
    for row in read_rows(path, path.name, columns, faults):
        site = context.site_of(row["agent_id"]) if row.is_good else None
        if site is not None and _is_in_order(row, faults):
            start, end = _span(row["start"], row["end"], site.time_zone)
            off = TimeOff(agent_id=row["agent_id"], start=start, end=end)
            by_agent[off.agent_id].append((off, row))
    return tuple(off for _, found in sorted(by_agent.items()) for off in _merged(found, warnings))


def _is_in_order(row: Row, faults: list[Fault]) -> bool:
    """Check that both ends are written alike and the end comes after the start."""
    start, end = row["start"], row["end"]
    if isinstance(start, dt.datetime) != isinstance(end, dt.datetime):
        faults.append(row.fault("end", "Start and end must both be dates or both be stamps."))
    elif end < start:
        faults.append(row.fault("end", "The end lies before the start. Swap them?"))
    elif end == start and isinstance(start, dt.datetime):
        faults.append(row.fault("end", "Start and end are the same moment. Write the true end."))
    else:
        return True
    return False


def _span(start: dt.date, end: dt.date, time_zone: str) -> tuple[dt.datetime, dt.datetime]:
    """Return the half-open span in UTC of local days or of stamps."""
    if isinstance(start, dt.datetime) and isinstance(end, dt.datetime):
        return start, end
    return clock.local_day(start, time_zone)[0], clock.local_day(end, time_zone)[1]


def _merged(found: Iterable[tuple[TimeOff, Row]], warnings: list[str]) -> list[TimeOff]:
    """Merge absences of one agent that overlap or touch."""
    spans: list[TimeOff] = []
    last_row = 0
    for off, row in sorted(found, key=lambda item: (item[0].start, item[0].end)):
        if spans and off.start <= spans[-1].end:
            if off.start < spans[-1].end:
                message = f"This overlaps row {last_row}; the two are taken together."
                warnings.append(str(row.fault("start", message)))
            end = max(off.end, spans[-1].end)
            spans[-1] = spans[-1].model_copy(update={"end": end})
        else:
            spans.append(off)
        last_row = row.number
    return spans
