"""Case cells: the SQL that says what the columns of one case file mean, row by row.

Text is cast with care, so that a fault can show what stands in the file; Parquet brings its own types. The columns:

``region``, ``workstream``      as written, NULL where blank
``stamp_text``, ``minute``      the stamp, and whole minutes since 1970: UTC or, where ``naive``, on the wall clock
``naive``, ``rest``             no offset is written; microseconds beyond the whole minute
``handle``, ``handle_text``     handle time in minutes; ``handle_given``: the cell is not blank
``volume``, ``volume_text``     cases of the interval; 1 for an event; ``volume_given``
"""

from __future__ import annotations

from staffing.ingest.case_files import CaseFile

_STAMP = (
    r"20\d\d-\d\d-\d\d[T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d([.]\d{1,9})?)?"
    r" ?(Z|UTC|[+-](0\d|1[0-4])(:?[0-5]\d)?)?"
)
_OFFSET = r":\d\d([.]\d+)? ?([+-])(\d\d):?(\d\d)?$"
_NUMBERS = ("DOUBLE", "FLOAT", "DECIMAL", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UINTEGER")


def cells(file: CaseFile) -> str:
    """Return a SELECT of the rows of a file with the columns above."""
    wall, offset = _stamp(file)
    volume = _number(file, "volume", "volume") if file.layout == "counts" else "1.0 AS volume"
    handle = "aht_minutes" if file.layout == "counts" else "handle_minutes"
    return f"""
        SELECT *, offset_minutes IS NULL AS naive, wall % 60000000 AS rest,
               wall // 60000000 - coalesce(offset_minutes, 0) AS minute
        FROM (SELECT *, {wall} AS wall, {offset} AS offset_minutes
              FROM (SELECT {_text("region")} AS region, {_text("workstream")} AS workstream,
                           {file.stamp} AS stamp, {_text(file.stamp)} AS stamp_text,
                           {_number(file, handle, "handle")}, {volume}
                    FROM {file.relation}))"""


def _text(column: str) -> str:
    return f"nullif(CAST({column} AS VARCHAR), '')"


def _number(file: CaseFile, column: str, name: str) -> str:
    """Return the columns of a number: its value, its text, and whether any is given."""
    typed = file.types.get(column, "VARCHAR").startswith(_NUMBERS)
    value = f"CAST({column} AS DOUBLE)" if typed else f"try_cast({column} AS DOUBLE)"
    given = f"{column} IS NOT NULL" if typed else f"{_text(column)} IS NOT NULL"
    return f"{value} AS {name}, {_text(column)} AS {name}_text, {given} AS {name}_given"


def _stamp(file: CaseFile) -> tuple[str, str]:
    """Return the microseconds that the stamp shows, and its offset in minutes."""
    match file.types.get(file.stamp, "VARCHAR"):
        case "TIMESTAMP WITH TIME ZONE":
            return "epoch_us(stamp)", "0"
        case "TIMESTAMP" | "TIMESTAMP_NS" | "TIMESTAMP_MS" | "TIMESTAMP_S":
            return "epoch_us(CAST(stamp AS TIMESTAMP))", "CAST(NULL AS INTEGER)"
    part = [f"regexp_extract(stamp_text, '{_OFFSET}', {group})" for group in range(5)]
    wall = f"""CASE WHEN regexp_full_match(stamp_text, '{_STAMP}')
        THEN epoch_us(try_cast(left(stamp_text, 19) AS TIMESTAMP)) END"""
    offset = f"""CASE WHEN right(stamp_text, 1) IN ('Z', 'C') THEN 0
        WHEN regexp_matches(stamp_text, '{_OFFSET}')
        THEN CAST({part[2]} || '1' AS INTEGER)
             * (60 * CAST({part[3]} AS INTEGER) + coalesce(try_cast({part[4]} AS INTEGER), 0)) END"""
    return wall, offset
