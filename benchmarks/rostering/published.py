"""What others have found: the tables that lie beside an instance file, if they do."""

from __future__ import annotations

import csv
import re
from pathlib import Path

BEST_KNOWN, PEERS = "best_known.csv", "peers_10min_60min.csv"


def best_known(file: Path) -> dict[str, int]:
    """Return best known objective and lower bound of an instance, as far as ``best_known.csv`` has them."""
    row = _row(file.with_name(BEST_KNOWN), file.stem)
    return {name: int(row[name]) for name in ("best_known", "lower_bound") if row.get(name)}


def peers(file: Path) -> dict[str, int]:
    """Return the published results of peers, by method and time, for an instance named by its number."""
    number = re.search(r"\d+$", file.stem)
    row = _row(file.with_name(PEERS), number.group() if number else file.stem)
    return {name: int(value) for name, value in row.items() if name != "instance" and value}


def _row(table: Path, instance: str) -> dict[str, str]:
    """Return the row of an instance; empty where there is no such table or row."""
    if not table.exists():
        return {}
    with table.open(encoding="utf-8", newline="") as lines:
        return next((row for row in csv.DictReader(lines) if row["instance"] == instance), {})
