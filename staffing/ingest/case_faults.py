"""Case faults: each mistake that a row of a case file can have, as a condition for DuckDB and as advice for people."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from staffing.ingest import fields, moments
from staffing.ingest.case_files import CaseFile, sql_names
from staffing.ingest.fields import FieldError

LONGEST_HANDLE_MINUTES = 60 * 24 * 365
LARGEST_VOLUME = 1e9
_STAMP_HELP = "Write it like 2026-03-29T14:05:00Z, or with an offset such as +01:00 for Z."


@dataclass(frozen=True)
class Mistake:
    """One way for a row to be wrong.

    Parameters
    ----------
    column
        Column of the file to point at.
    shown
        SQL of the text that stands there.
    sql
        Condition over the columns of `case_cells.cells`, never NULL.
    advice
        What to tell the user about that text.
    """

    column: str
    shown: str
    sql: str
    advice: Callable[[str | None], str]


def mistakes(
    file: CaseFile, workstreams: Collection[str], regions: Collection[str], *, naive_ok: bool
) -> list[Mistake]:
    """Return every mistake that a single row of this file can have."""
    counts = file.layout == "counts"
    stamp = _advice("a stamp", moments.stamp_in("UTC"), _STAMP_HELP)
    found = [
        Mistake(file.stamp, "stamp_text", "minute IS NULL", stamp),
        _unknown("workstream", workstreams),
        _unknown("region", regions),
        _number("aht_minutes" if counts else "handle_minutes", "handle", LONGEST_HANDLE_MINUTES),
    ]
    if not naive_ok:
        sql = "minute IS NOT NULL AND naive"
        found.append(Mistake(file.stamp, "stamp_text", sql, _needs_an_offset))
    if counts:
        found.append(_number("volume", "volume", LARGEST_VOLUME))
        found.append(
            Mistake(file.stamp, "stamp_text", "coalesce(rest, 0) > 0", _needs_a_whole_minute)
        )
    return found


def _advice(
    what: str, parse: Callable[[str], object], otherwise: str
) -> Callable[[str | None], str]:
    """Return advice in the words of a cell's parser, which reads the same texts one by one."""

    def say(value: str | None) -> str:
        if value is None:
            return f"The cell is blank; {what} is due here. {otherwise}"
        try:
            parse(value)
        except FieldError as error:
            return str(error)
        return otherwise

    return say


def _needs_an_offset(value: str | None) -> str:
    return "The stamp has no time zone. Add Z or an offset, or set case_time_zone in staffing.toml."


def _needs_a_whole_minute(value: str | None) -> str:
    return "An interval starts on a whole minute. Round the stamps down to the interval."


def _unknown(column: str, known: Collection[str]) -> Mistake:
    """Return the mistake of a name that the settings do not have."""
    sql = f"{column} IS NULL OR {column} NOT IN ({sql_names(known)})" if known else "true"
    otherwise = f"Known: {', '.join(known)}."
    return Mistake(
        column, column, sql, _advice(f"a {column}", fields.known(known, column), otherwise)
    )


def _number(column: str, name: str, highest: float) -> Mistake:
    """Return the mistake of a cell that is neither blank nor a number from 0 to ``highest``."""
    good = f"{name} IS NOT NULL AND NOT isnan({name}) AND {name} BETWEEN 0 AND {highest}"
    parse = fields.number(0, highest)
    otherwise = f"Write a number from 0 to {highest:g}, or leave it blank where unknown."
    return Mistake(
        column,
        f"{name}_text",
        f"{name}_given AND NOT ({good})",
        _advice("a number", parse, otherwise),
    )
