"""Case files: which files a history consists of, how each is laid out, and whether it can be opened at all."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Literal, cast

import duckdb

from staffing.domain.errors import Fault, did_you_mean

EVENTS = ("opened_at", "workstream", "region", "handle_minutes")
COUNTS = ("interval_start", "workstream", "region", "volume", "aht_minutes")
IGNORED = ("case_id",)
SUFFIXES = (".csv", ".tsv", ".csv.gz", ".tsv.gz", ".parquet")
_DELIMITERS = (",", ";", "\t", "|")
_HEAD_BYTES = 65536


@dataclass(frozen=True)
class CaseFile:
    """One file of the history whose header is in order.

    Parameters
    ----------
    shown_as
        Path as the user knows it, such as ``cases/cases.csv``.
    layout
        ``events``: a row is a case. ``counts``: a row is an interval of a series.
    columns
        Names in the order of the file.
    delimiter
        Between the columns; None for Parquet.
    types
        SQL types of the columns of Parquet; text has none.
    """

    path: Path
    shown_as: str
    layout: Literal["events", "counts"]
    columns: tuple[str, ...]
    delimiter: str | None
    types: Mapping[str, str] = field(default_factory=dict)

    @property
    def stamp(self) -> str:
        """Name of the column that says when."""
        return "opened_at" if self.layout == "events" else "interval_start"

    @property
    def relation(self) -> str:
        """SQL that reads the file with every column as text (Parquet: with its own types)."""
        name = _literal(_no_glob(str(self.path)))
        if self.delimiter is None:
            return f"read_parquet({name})"
        columns = ", ".join(f"{_literal(column)}: 'VARCHAR'" for column in self.columns)
        return (
            f"read_csv({name}, auto_detect=false, header=true, delim={_literal(self.delimiter)}, "
            f"""quote='"', escape='"', columns={{{columns}}}, store_rejects=true)"""
        )


def open_case_files(folder: Path, faults: list[Fault], warnings: list[str]) -> list[CaseFile]:
    """Return the readable case files of a folder by name; what cannot be read is added to ``faults``."""
    if not folder.is_dir():
        faults.append(
            Fault(
                file=folder.name,
                message="There is no such folder. Put the case history there as CSV or Parquet.",
            )
        )
        return []
    files, found = [], False
    for path in sorted(folder.iterdir()):
        shown_as = f"{folder.name}/{path.name}"
        if path.name.startswith("."):
            continue
        if not path.name.endswith(SUFFIXES):
            warnings.append(f"{shown_as} is not read: case files end in {', '.join(SUFFIXES)}.")
            continue
        found = True
        if file := _open(path, shown_as, faults):
            files.append(file)
    if not found:
        faults.append(
            Fault(file=folder.name, message=f"No case file in it. Add one that ends in {SUFFIXES}.")
        )
    return files


def line_numbers(file: CaseFile, ordinals: list[int], rejected: set[int]) -> dict[int, int]:
    """Return the line, as an editor counts, of the n-th data rows (from 1); Parquet has rows only.

    Blank lines and the lines that DuckDB rejected are no data rows, and quoted fields may span lines.
    """
    lines = {n: n + 1 for n in ordinals} if file.delimiter else {n: n for n in ordinals}
    if file.delimiter is None or not ordinals:
        return lines
    try:
        with _text(file.path) as text:
            records = csv.reader(text, delimiter=file.delimiter)
            next(records)
            ordinal, before = 0, records.line_num
            for record in records:
                first, before = before + 1, records.line_num
                if not record or first in rejected:
                    continue
                ordinal += 1
                if ordinal in lines:
                    lines[ordinal] = first
                if ordinal >= max(ordinals):
                    break
    except (csv.Error, OSError, EOFError, zlib.error):
        return lines
    return lines


def lines_at(file: CaseFile, positions: Sequence[int]) -> list[int]:
    """Return the lines in which the bytes of a text file stand; positions count from 1 and are sorted."""
    lines: list[int] = []
    end = 0
    with _bytes(file.path) as raw:
        for number, line in enumerate(raw, start=1):
            end += len(line)
            while len(lines) < len(positions) and positions[len(lines)] <= end:
                lines.append(number)
            if len(lines) == len(positions):
                break
    return lines


def _open(path: Path, shown_as: str, faults: list[Fault]) -> CaseFile | None:
    """Read the header of one file; None, with a fault, when it is not one of ours."""
    try:
        if path.is_dir():
            raise ValueError("This is a folder; a file is expected. Rename it or move it away.")
        types: dict[str, str] = {}
        delimiter: str | None = None
        if path.name.endswith(".parquet"):
            types = _parquet_types(path)
            columns = tuple(types)
        else:
            columns, delimiter = _text_header(path)
    except (OSError, EOFError, zlib.error, duckdb.Error) as error:
        reason = str(error).splitlines()[0].replace(str(path), shown_as)
        faults.append(
            Fault(file=shown_as, message=f"It cannot be read ({reason}). Export it again.")
        )
        return None
    except ValueError as error:
        faults.append(Fault(file=shown_as, message=str(error)))
        return None
    layout: Literal["events", "counts"] = (
        "counts" if {"interval_start", "volume"} & set(columns) else "events"
    )
    wrong = list(_header_faults(shown_as, columns, EVENTS if layout == "events" else COUNTS))
    faults.extend(wrong)
    return None if wrong else CaseFile(path, shown_as, layout, columns, delimiter, types)


def _header_faults(
    shown_as: str, columns: tuple[str, ...], needed: tuple[str, ...]
) -> Iterator[Fault]:
    """Yield what is wrong with the names of the columns."""
    row = None if shown_as.endswith(".parquet") else 1
    for column, times in Counter(columns).items():
        if not column.strip():
            message = "A column has no name. Name it or delete it."
        elif times > 1:
            message = f"The column appears {times} times. Keep one."
        elif column not in needed + IGNORED:
            message = f"Unknown column.{did_you_mean(column, needed)} Rename or delete it."
        else:
            continue
        yield Fault(file=shown_as, row=row, column=column, message=message)
    for column in needed:
        if column not in columns:
            message = f"The column is missing. Events have {', '.join(EVENTS)}; counts have {', '.join(COUNTS)}."
            yield Fault(file=shown_as, row=row, column=column, message=message)


def _text_header(path: Path) -> tuple[tuple[str, ...], str]:
    """Return column names and delimiter of a text file."""
    with _bytes(path) as raw:
        head = raw.read(_HEAD_BYTES)
    if not head.strip(b"\r\n\t \xef\xbb\xbf"):
        raise ValueError("The file is empty. Export it again, header included.")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise ValueError("The file is UTF-16. Save it as UTF-8 (Excel: 'CSV UTF-8').")
    line = head.split(b"\n", 1)[0]
    if b"\0" in line:
        raise ValueError("The header holds NUL bytes: not a text file. Save it as CSV in UTF-8.")
    try:
        header = line.decode("utf-8-sig").rstrip("\r")
    except UnicodeDecodeError as error:
        raise ValueError("The header is not UTF-8. Save the file as UTF-8.") from error
    known = set(EVENTS + COUNTS)
    split = {sign: next(csv.reader([header], delimiter=sign), []) for sign in _DELIMITERS}
    delimiter = max(_DELIMITERS, key=lambda sign: (len(known & set(split[sign])), len(split[sign])))
    return tuple(split[delimiter]), delimiter


def _parquet_types(path: Path) -> dict[str, str]:
    """Return the columns of a Parquet file with their SQL types."""
    with duckdb.connect() as connection:
        rows = connection.execute(
            f"DESCRIBE SELECT * FROM read_parquet({_literal(_no_glob(str(path)))})"
        ).fetchall()
    return {str(row[0]): str(row[1]) for row in rows}


def _bytes(path: Path) -> IO[bytes]:
    stream = gzip.open(path) if path.name.endswith(".gz") else path.open("rb")  # noqa: SIM115
    return cast("IO[bytes]", stream)


def _text(path: Path) -> IO[str]:
    return io.TextIOWrapper(_bytes(path), encoding="utf-8-sig", errors="replace", newline="")


def sql_names(names: Iterable[str]) -> str:
    """Return names as SQL, separated by commas, whatever letters they have."""
    return ", ".join(map(_literal, names))


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _no_glob(path: str) -> str:
    """Write a path so that DuckDB takes ``[``, ``*`` and ``?`` as they are."""
    return "".join(f"[{sign}]" if sign in "[*?" else sign for sign in path)
