"""What others have found, from the table beside the folders of the data sets."""

from __future__ import annotations

import csv
import re
from pathlib import Path

BEST_KNOWN = "best_known.csv"
_ID = r"{name}_(\d+)_(\d+(?:-\d+)*)"


def published(folder: Path, instance: str) -> dict[str, str]:
    """Return the row of the table that names an instance, or its data set; empty where there is none."""
    rows = _rows(folder)
    named = [row for row in rows if instance in row["instance"].strip("()").split()]
    return next(iter(named), {})


def late_instances(folder: Path) -> list[tuple[int, list[int]]]:
    """Return history and weeks of the late instances that the table names for a data set."""
    pattern = re.compile(_ID.format(name=re.escape(folder.name)))
    for row in _rows(folder):
        name, _, rest = row["instance"].partition(" ")
        if name == folder.name:
            return [
                (int(history), [int(week) for week in weeks.split("-")])
                for history, weeks in pattern.findall(rest)
            ]
    return []


def _rows(folder: Path) -> list[dict[str, str]]:
    table = folder.parent / BEST_KNOWN
    if not table.exists():
        return []
    with table.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
