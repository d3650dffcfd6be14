"""Files of a sample, the same bytes for the same content: CSV, gzip without a time stamp, Parquet by one thread."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from staffing.ingest.samples.demand import Cases
from staffing.ingest.samples.organisation import Organisation

CASE_COLUMNS = ("opened_at", "workstream", "region", "handle_minutes")
PARQUET_FROM_CASES = 1_500_000


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a CSV file with a header and Unix line ends."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def write_gzip(path: Path, text: str) -> None:
    """Write a text compressed; name and time are left out of the header."""
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write(text.encode())


def write_cases(
    folder: Path, organisation: Organisation, parts: Iterable[Cases], total: float
) -> Cases:
    """Write the cases into a folder and return the last part.

    Parameters
    ----------
    total
        About how many cases there are: many are written as Parquet, one file for each part.
    """
    last: Cases | None = None
    text = io.StringIO()
    text.write(",".join(CASE_COLUMNS) + "\n")
    for number, last in enumerate(parts, start=1):
        if total > PARQUET_FROM_CASES:
            _write_parquet(folder / f"cases-{number:02d}.parquet", organisation, last)
        else:
            text.writelines(_lines(organisation, last))
    if total <= PARQUET_FROM_CASES:
        write_gzip(folder / "cases.csv.gz", text.getvalue())
    if last is None:
        raise ValueError("no part of cases to write")
    return last


def _lines(organisation: Organisation, cases: Cases) -> Iterable[str]:
    """Yield the lines of the cases."""
    stamps = np.datetime_as_string(cases.opened.astype("datetime64[s]"), unit="s")
    workstreams, regions = list(organisation.streams), list(organisation.region_shares)
    columns = (
        stamps.tolist(),
        cases.workstream.tolist(),
        cases.region.tolist(),
        cases.handle_minutes.tolist(),
    )
    for stamp, workstream, region, minutes in zip(*columns, strict=True):
        yield f"{stamp}Z,{workstreams[workstream]},{regions[region]},{minutes:.1f}\n"


def _write_parquet(path: Path, organisation: Organisation, cases: Cases) -> None:
    """Write the cases as Parquet, moments as such."""
    table = pd.DataFrame(cases.__dict__)
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.register("drawn", table)
        connection.execute(
            f"""COPY (SELECT to_timestamp(opened) AS opened_at,
                    {list(organisation.streams)}[1 + workstream] AS workstream,
                    {list(organisation.region_shares)}[1 + region] AS region, handle_minutes
                FROM drawn) TO '{path.as_posix().replace("'", "''")}' (FORMAT parquet, COMPRESSION zstd)"""
        )
