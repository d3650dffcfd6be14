"""How fast a case history is read: ``python -m benchmarks.ingest [--rows 10000000]``.

Writes events into a temporary folder and reads them three ways, each in a process of its own so that peak memory is its
own: `read_history`, a bare DuckDB count, and a bare DuckDB aggregation to the hour. Prints a table and the ratios.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks.apart import apart
from staffing.domain.errors import Fault
from staffing.ingest.case_query import connect
from staffing.ingest.cases import read_history

WORKSTREAMS = (
    "escalations",
    "law_enforcement",
    "partner_support",
    "operational_harms",
    "investigations",
    "off_service",
)
REGIONS = ("EMEA", "APAC", "AMER")
TWO_YEARS_SECONDS = 104 * 7 * 86400


def write_events(path: Path, rows: int) -> None:
    """Write events of two years, spread evenly and hashed to series and handle times."""
    is_parquet = path.suffix == ".parquet"
    suffix = "(FORMAT parquet)" if is_parquet else "(HEADER)"
    stamp = f"TIMESTAMP '2024-11-25' + to_seconds(CAST(i * {TWO_YEARS_SECONDS / rows} AS BIGINT))"
    shown = (
        f"to_timestamp(epoch({stamp}))"
        if is_parquet
        else f"strftime({stamp}, '%Y-%m-%dT%H:%M:%SZ')"
    )
    with connect() as connection:
        connection.execute(
            f"""COPY (SELECT {shown} AS opened_at,
                    {list(WORKSTREAMS)}[1 + CAST(hash(i) % 6 AS INTEGER)] AS workstream,
                    {list(REGIONS)}[1 + CAST(hash(i + 1) % 3 AS INTEGER)] AS region,
                    CAST(1 + (hash(i + 2) % 600) / 10.0 AS DOUBLE) AS handle_minutes
                FROM range({rows}) t(i)) TO '{path}' {suffix}"""
        )


def history(path: Path) -> int:
    """Read the folder of the file with `read_history`; return the cases found."""
    faults: list[Fault] = []
    table = read_history(
        path.parent,
        workstreams=WORKSTREAMS,
        regions=REGIONS,
        interval_minutes=60,
        time_zone=None,
        events=(),
        faults=faults,
    )
    if faults:
        raise SystemExit("\n".join(map(str, faults)))
    return round(table["volume"].sum())


def bare_count(path: Path) -> int:
    """Count the rows with DuckDB and nothing else."""
    with connect() as connection:
        return int(connection.execute(f"SELECT count(*) FROM '{path}'").fetchall()[0][0])


def bare_aggregation(path: Path) -> int:
    """Add up per series and hour with DuckDB, types guessed and nothing checked."""
    query = f"""SELECT region, workstream, date_trunc('hour', CAST(opened_at AS TIMESTAMP)) AS hour,
        count(*) AS volume, avg(handle_minutes) AS aht FROM '{path}' GROUP BY ALL"""
    with connect() as connection:
        return int(np.sum(connection.execute(query).fetchnumpy()["volume"]))


def measured(way: Callable[[Path], int], path: Path) -> tuple[int, float]:
    """Return what a way of reading found, and its seconds."""
    start = time.perf_counter()
    found = way(path)
    return found, time.perf_counter() - start


def main() -> None:
    """Write the files, read them, print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ingest")
    parser.add_argument("--rows", type=int, default=10_000_000)
    rows = parser.parse_args().rows
    print(
        f"{'file':8} {'way':18} {'cases':>12} {'seconds':>8} {'rows/s':>12} {'peak MiB':>9} {'ratio':>6}"
    )
    for suffix in ("csv", "parquet"):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"cases.{suffix}"
            write_events(path, rows)
            base = None
            for way in (bare_count, bare_aggregation, history):
                (found, seconds), peak = apart(measured, way, path)
                base = base or seconds
                print(
                    f"{suffix:8} {way.__name__:18} {found:12,} {seconds:8.2f} {rows / seconds:12,.0f} "
                    f"{peak:9,.0f} {seconds / base:6.1f}"
                )


if __name__ == "__main__":
    main()
