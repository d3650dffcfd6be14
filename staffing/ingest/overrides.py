"""overrides.csv: what somebody knows better than the statistical forecast."""

from __future__ import annotations

from pathlib import Path

from staffing.domain.errors import Fault
from staffing.domain.judgement import Override
from staffing.ingest import fields, moments
from staffing.ingest.context import Context
from staffing.ingest.table import Column, Row, read_rows, refuse_repeats

MOST_PERCENT, MOST_CASES = 1000, 1_000_000
_PERCENT = fields.number(-100, MOST_PERCENT)


def read_overrides(path: Path, context: Context, faults: list[Fault]) -> tuple[Override, ...]:
    """Read the overrides; dates are UTC days, both inclusive, stamps are half-open.

    Percents of the same cases compose. A ``volume`` stands alone: another override of the same cases is a fault.
    """
    columns = (
        Column("region", fields.known(context.regions, "region")),
        Column("workstream", fields.known(context.workstreams, "workstream")),
        Column("start", moments.date_or_stamp, required=True),
        Column("end", moments.date_or_stamp, required=True),
        Column("change_percent", _percent),
        Column("volume", fields.number(0, MOST_CASES)),
        Column("by", required=True),
        Column("why", required=True),
    )
    rows = read_rows(path, path.name, columns, faults)
    found = [
        (row, override)
        for row in refuse_repeats(rows, [column.name for column in columns], faults)
        if row.is_good and (override := _override(row, faults)) is not None
    ]
    for at, (row, override) in enumerate(found):
        rivals = [above for above, known in found[:at] if _exclude_each_other(known, override)]
        if rivals:
            message = (
                f"This is about cases of row {rivals[0].number} too, and a volume stands alone. "
                "Change the dates, or remove one."
            )
            faults.append(row.fault("start", message))
    return tuple(override for _, override in found)


def _exclude_each_other(one: Override, other: Override) -> bool:
    """Tell whether two overrides are about the same cases and one of them is a volume."""
    return one.meets(other) and (one.volume is not None or other.volume is not None)


def _override(row: Row, faults: list[Fault]) -> Override | None:
    """Return the override of a row whose cells are sound, None where they contradict each other."""
    start, end = moments.utc(row["start"]), moments.utc(row["end"], is_end=True)
    if start >= end:
        faults.append(row.fault("end", "The override ends at or before its start."))
    elif (row["change_percent"] is None) == (row["volume"] is None):
        message = "Fill in change_percent (20 for a fifth more) or volume (cases an interval), one of both."
        faults.append(row.fault("change_percent", message))
    else:
        return Override(
            region=row["region"],
            workstream=row["workstream"],
            start=start,
            end=end,
            change_fraction=row["change_percent"],
            volume=row["volume"],
            by=row["by"],
            why=row["why"],
        )
    return None


def _percent(cell: str) -> float:
    """Return a change such as ``20``, ``+20%`` or ``-15 %`` as a fraction."""
    return _PERCENT(cell.strip().removesuffix("%")) / 100
