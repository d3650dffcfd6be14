"""The one reader of small CSV tables: any usual delimiter, every fault with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from staffing.domain.errors import Fault, InputError
from staffing.ingest import fields
from staffing.ingest.fields import FieldError
from staffing.ingest.records import read_header, read_records
from staffing.ingest.source import read_text


@dataclass(frozen=True)
class Column:
    """A column that a table may have.

    Parameters
    ----------
    name
        Header, exactly.
    parse
        Text of a filled cell to its value; raises `FieldError`.
    required
        The column must be there, and every cell of it filled; else an empty cell is ``None``.
    """

    name: str
    parse: Callable[[str], Any] = fields.text
    required: bool = False


@dataclass(frozen=True)
class Row:
    """One record of a table with its parsed values.

    Parameters
    ----------
    file
        The file as the user knows it.
    number
        Line on which the record starts, as an editor counts (the header is line 1).
    cells
        Text by column, as written.
    values
        Parsed value by column; ``None`` where nothing was written, absent where the text was faulty.
    is_good
        No cell was faulty.
    """

    file: str
    number: int
    cells: Mapping[str, str]
    values: Mapping[str, Any] = field(default_factory=dict)
    is_good: bool = True

    def __getitem__(self, column: str) -> Any:
        return self.values.get(column)

    def fault(self, column: str | None, message: str) -> Fault:
        """Return a fault of one cell, or of the row where ``column`` is None."""
        value = self.cells.get(column) if column else None
        return Fault(file=self.file, row=self.number, column=column, value=value, message=message)


def read_rows(
    path: Path, shown_as: str, columns: Sequence[Column], faults: list[Fault]
) -> list[Row]:
    """Read a small table; every fault goes to ``faults``, rows with a faulty cell are returned as not good.

    Rows whose cells are all empty are skipped, as spreadsheets leave them behind.

    Parameters
    ----------
    path
        File on disk.
    shown_as
        The file as the user knows it.
    columns
        Columns that the table may have, in any order.
    faults
        Faults found so far; this function appends to it.
    """
    try:
        content = read_text(path, shown_as)
    except InputError as error:
        faults.extend(error.faults)
        return []
    names = [column.name for column in columns]
    if not content.strip():
        message = f"The file is empty. Its first line should be: {','.join(names)}"
        faults.append(Fault(file=shown_as, message=message))
        return []
    required = [column.name for column in columns if column.required]
    records = read_records(content, shown_as, names, faults)
    header = read_header(records, shown_as, names, required, faults)
    return list(_rows(header, records, shown_as, columns, faults)) if header else []


def refuse_repeats(
    rows: Sequence[Row], columns: Sequence[str], faults: list[Fault], *, case_matters: bool = True
) -> list[Row]:
    """Return the first row of each key, with a fault for every row that repeats one.

    Parameters
    ----------
    rows
        Rows of one table.
    columns
        Columns of the key.
    faults
        Faults found so far; this function appends to it.
    case_matters
        False refuses keys that differ only in case: two people with such ids are mixed up sooner or later.
    """
    seen: dict[tuple[Any, ...], Row] = {}
    kept: list[Row] = []
    for row in rows:
        key = tuple(row[column] for column in columns)
        if not case_matters:
            key = tuple(part.casefold() if isinstance(part, str) else part for part in key)
        first = seen.setdefault(key, row)
        if first is row or (None in key and not row.is_good):
            kept.append(row)
        elif all(first[column] == row[column] for column in columns):
            faults.append(row.fault(columns[0], f"This repeats row {first.number}. Remove one."))
        else:
            message = f"This differs from row {first.number} only in case. Rename one."
            faults.append(row.fault(columns[0], message))
    return kept


def _rows(
    header: Sequence[str],
    records: Iterator[tuple[int, list[str]]],
    shown_as: str,
    columns: Sequence[Column],
    faults: list[Fault],
) -> Iterator[Row]:
    """Yield the parsed rows under a header."""
    names = [name.strip() for name in header]
    for number, cells in records:
        if len(cells) != len(names):
            message = f"The row has {len(cells)} cells, the header has {len(names)}."
            hint = (
                " Is a comma inside a cell that has no quotes?" if len(cells) > len(names) else ""
            )
            faults.append(Fault(file=shown_as, row=number, message=message + hint))
            continue
        yield _parsed(Row(shown_as, number, dict(zip(header, cells, strict=True))), columns, faults)


def _parsed(row: Row, columns: Sequence[Column], faults: list[Fault]) -> Row:
    """Return the row with its values."""
    values: dict[str, Any] = {}
    is_good = True
    for column in columns:
        cell = row.cells.get(column.name, "")
        try:
            if cell.strip():
                values[column.name] = column.parse(cell)
            elif column.required:
                raise FieldError("The cell is empty; a value is due here.")
            else:
                values[column.name] = None
        except FieldError as error:
            faults.append(row.fault(column.name, str(error)))
            is_good = False
    return Row(row.file, row.number, row.cells, values, is_good)
