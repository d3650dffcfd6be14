"""Case queries: DuckDB adds up one case file per series and time bin, and finds the rows that are wrong."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from staffing.domain.errors import Fault
from staffing.ingest.case_cells import cells
from staffing.ingest.case_faults import Mistake, mistakes
from staffing.ingest.case_files import CaseFile, line_numbers, lines_at, sql_names

SHOWN_PER_MISTAKE = 10


@dataclass(frozen=True)
class Vocabulary:
    """What a case file may speak of, and how it is added up.

    Parameters
    ----------
    workstreams, regions
        Known names.
    interval_minutes
        Width of the grid.
    time_zone
        Zone of stamps without an offset; None refuses them.
    """

    workstreams: tuple[str, ...]
    regions: tuple[str, ...]
    interval_minutes: int
    time_zone: str | None


def connect() -> duckdb.DuckDBPyConnection:
    """Open DuckDB in memory; no extensions from disk or network, no progress bar on stdout."""
    connection = duckdb.connect(
        config={
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "memory_limit": "1500MB",
            "temp_directory": tempfile.gettempdir(),
        }
    )
    # A notebook without ipywidgets has no bar, and refuses even to be told so.
    with suppress(duckdb.InvalidInputException):
        connection.execute("SET enable_progress_bar = false")
    return connection


@dataclass
class CaseReader:
    """Reads one case file and reports what is wrong in it.

    Parameters
    ----------
    bin_minutes
        Width of the bins into which stamps are rounded down.
    faults
        Where every mistake goes.
    rejected
        Lines that could not be split into columns.
    """

    connection: duckdb.DuckDBPyConnection
    file: CaseFile
    words: Vocabulary
    bin_minutes: int
    faults: list[Fault]
    rejected: set[int] = field(default_factory=set)

    def sums(self) -> pd.DataFrame:
        """Return the sums per region, workstream and bin; rows that are wrong are left out and become faults.

        Returns
        -------
        DataFrame
            ``region``, ``workstream`` (positions from 1 in the vocabulary), ``minute`` (start of the bin since 1970:
            UTC, or wall clock where ``naive``), ``naive``, ``rows``, ``volume`` (NaN: blank), ``handled`` (cases with
            a handle time), ``handle_minutes`` (their sum, added in whole thousandths so that it does not depend on the
            order of threads), ``first``, ``last`` (earliest and latest minute of a row of the bin).
        """
        listed = mistakes(
            self.file,
            self.words.workstreams,
            self.words.regions,
            naive_ok=self.words.time_zone is not None,
        )
        try:
            found = self.connection.execute(self._sums_query(listed)).fetchnumpy()
        except duckdb.Error as error:
            reason = str(error).splitlines()[0].replace(str(self.file.path), self.file.shown_as)
            self.fault(f"It cannot be read ({reason}). Export it again, with one kind of line end.")
            return pd.DataFrame()
        table = pd.DataFrame(
            {name: _filled(np.ma.asarray(column)) for name, column in found.items()}
        )
        self._report_rejected()
        for k, mistake in enumerate(listed):
            if total := int(table[f"wrong_{k}"].sum()):
                self.report(mistake, total)
        if table.empty and not self.rejected:
            self.fault("There is a header and no row. Export it again.")
        kept = table.loc[table["workstream"] > 0]
        return kept.drop(columns=[f"wrong_{k}" for k in range(len(listed))]).reset_index(drop=True)

    def report(self, mistake: Mistake, total: int) -> None:
        """Add the first rows with a mistake to the faults, and a line that counts the rest."""
        rows = self.connection.execute(
            f"""SELECT n, {mistake.shown}
            FROM (SELECT row_number() OVER () AS n, * FROM ({cells(self.file)}))
            WHERE {mistake.sql} ORDER BY n LIMIT {SHOWN_PER_MISTAKE}"""
        ).fetchall()
        lines = line_numbers(self.file, [n for n, _ in rows], self.rejected)
        for n, value in rows:
            self.fault(mistake.advice(value), row=lines[n], column=mistake.column, value=value)
        if total > len(rows):
            rest = f"{total - len(rows):,} more rows have the same mistake."
            self.fault(rest, column=mistake.column)

    def report_at(self, minutes: Iterable[int], total: int, message: str) -> None:
        """Report the rows whose stamps lie in some bins."""
        listed = ", ".join(str(int(minute)) for minute in minutes)
        sql = f"minute // {self.bin_minutes} * {self.bin_minutes} IN ({listed})"
        self.report(Mistake(self.file.stamp, "stamp_text", sql, lambda _: message), total)

    def fault(
        self,
        message: str,
        *,
        row: int | None = None,
        column: str | None = None,
        value: str | None = None,
    ) -> None:
        """Add one fault of this file."""
        self.faults.append(
            Fault(file=self.file.shown_as, row=row, column=column, value=value, message=message)
        )

    def _sums_query(self, listed: list[Mistake]) -> str:
        wrong = " OR ".join(f"({mistake.sql})" for mistake in listed)
        tally = ", ".join(f"count(*) FILTER ({m.sql}) AS wrong_{k}" for k, m in enumerate(listed))
        region = f"list_position([{sql_names(self.words.regions)}], region)"
        workstream = f"list_position([{sql_names(self.words.workstreams)}], workstream)"
        milliminutes = "CASE WHEN NOT wrong THEN CAST(round(1000 * handle * volume) AS BIGINT) END"
        return f"""
            SELECT CASE WHEN wrong THEN 0 ELSE {region} END AS region,
                   CASE WHEN wrong THEN 0 ELSE {workstream} END AS workstream,
                   CASE WHEN wrong THEN 0 ELSE minute // {self.bin_minutes} * {self.bin_minutes} END AS minute,
                   naive AND NOT wrong AS naive, count(*) AS rows, sum(volume) AS volume,
                   coalesce(sum(volume) FILTER (handle IS NOT NULL), 0) AS handled,
                   coalesce(sum({milliminutes}), 0) / 1000 AS handle_minutes,
                   min(minute) AS first, max(minute) AS last, {tally}
            FROM (SELECT *, {wrong} AS wrong FROM ({cells(self.file)})) GROUP BY ALL"""

    def _report_rejected(self) -> None:
        """Turn the lines that could not be split into columns into faults."""
        if self.file.delimiter is None:
            return
        rows = self.connection.execute(
            """SELECT line_byte_position AS place, any_value(column_name), any_value(csv_line),
                any_value(error_message) FROM reject_errors GROUP BY place ORDER BY place"""
        ).fetchall()
        self.connection.execute("DROP TABLE reject_errors; DROP TABLE reject_scans")
        lines = lines_at(self.file, [row[0] for row in rows])
        self.rejected = set(lines)
        for line, (_, column, text, reason) in zip(lines[:SHOWN_PER_MISTAKE], rows, strict=False):
            sentence = str(reason).split("\n")[0].rstrip(".")
            advice = "Put texts that hold the delimiter in double quotes, and save as UTF-8."
            self.fault(f"{sentence}. {advice}", row=line, column=column, value=text)
        if len(rows) > SHOWN_PER_MISTAKE:
            self.fault(
                f"{len(rows) - SHOWN_PER_MISTAKE:,} more lines cannot be split into columns."
            )


def _filled(column: np.ma.MaskedArray[Any, Any]) -> np.ndarray:
    """Return a column of numbers with NaN (floats) or 0 (the rest) where SQL has NULL."""
    return column.filled(np.nan if column.dtype.kind == "f" else 0)
