"""Text of a table to records: the delimiter, the line of each record, the header."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Sequence

from staffing.domain.errors import Fault, did_you_mean

DELIMITERS = (",", ";", "\t", "|")
Record = tuple[int, list[str]]


def read_records(
    content: str, shown_as: str, names: Collection[str], faults: list[Fault]
) -> Iterator[Record]:
    """Yield (line on which it starts, cells) of every record that is not empty; a broken quote ends it with a fault.

    Parameters
    ----------
    content
        Text of the file, not blank.
    shown_as
        The file as the user knows it.
    names
        Names of columns, by which the delimiter is found.
    faults
        Faults found so far; this function appends to it.
    """
    delimiter = _delimiter(content, names)
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            message = f"Not readable from here on ({error}). Is a quote open or doubled?"
            faults.append(Fault(file=shown_as, row=number, message=message))
            return
        if any(cell.strip() for cell in cells):
            yield number, cells


def read_header(
    records: Iterator[Record],
    shown_as: str,
    names: Sequence[str],
    required: Collection[str],
    faults: list[Fault],
) -> list[str]:
    """Return the names of the columns; none where rows would make no sense under them.

    Parameters
    ----------
    records
        Records of the file, of which the first is taken.
    shown_as
        The file as the user knows it.
    names, required
        Columns that the table may have and must have.
    faults
        Faults found so far; this function appends to it.
    """
    number, cells = next(records, (1, []))
    header = [cell.strip() for cell in cells]
    absent = [name for name in names if name not in header]
    misspelt: set[str] = set()

    def add(name: str | None, message: str, value: str | None = None) -> None:
        faults.append(Fault(file=shown_as, row=number, column=name, value=value, message=message))

    for position, name in enumerate(header, start=1):
        if not name:
            add(None, f"Column {position} has no name. Name it or remove it.")
        elif name in header[: position - 1]:
            add(name, "This column stands twice. Remove one.", name)
        elif name not in names:
            hint = did_you_mean(name, absent, else_list=False) or did_you_mean(name, names)
            misspelt.update(other for other in absent if f"mean {other!r}" in hint)
            add(name, f"Unknown column.{hint}", name)
    for name in absent:
        if header and name in required and name not in misspelt:
            add(name, "This column is missing. Add it.")
    usable = set(required).issubset(header) and len(set(header)) == len(header)
    return header if usable else []


def _delimiter(content: str, names: Collection[str]) -> str:
    """Return the delimiter that finds the most known columns in the first line, then the one that stands there most."""
    first = next(line for line in content.splitlines() if line.strip())

    def merit(delimiter: str) -> tuple[int, int]:
        cells = [cell.strip(' "') for cell in first.split(delimiter)]
        return len(set(names).intersection(cells)), len(cells)

    return max(DELIMITERS, key=merit)
