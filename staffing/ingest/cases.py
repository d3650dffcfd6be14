"""Case history: a folder of case files to one regular table of volume and handle time on the UTC grid.

A missing hour is not zero. Events: where no case comes although like hours say that many should, all is unknown.
Counts: an interval without a row is unknown; only where no file has a single zero (an export that leaves zeros out) it
is zero outside such holes. Outages of ``events.csv`` are unknown.

Stamps without an offset are local time of ``time_zone``. One that the clock skips is a fault. A time that the clock
shows twice cannot be told apart: both intervals are unknown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

import pandas as pd

from staffing.domain.errors import Fault
from staffing.domain.tables import HISTORY
from staffing.domain.work import CalendarEvent
from staffing.ingest import history_checks, history_grid, history_holes, history_warnings
from staffing.ingest.case_files import CaseFile, open_case_files
from staffing.ingest.case_query import CaseReader, Vocabulary, connect

FINEST_OFFSET_MINUTES = 15
_OF_ANY = (history_checks.refuse_skipped_hours, history_checks.refuse_stray_years)
_CHECKS = {"events": _OF_ANY, "counts": (*_OF_ANY, history_checks.refuse_bad_counts)}


def read_history(
    folder: Path,
    *,
    workstreams: Collection[str],
    regions: Collection[str],
    interval_minutes: int,
    time_zone: str | None,
    events: Iterable[CalendarEvent],
    faults: list[Fault],
    warnings: list[str] | None = None,
) -> pd.DataFrame:
    """Read every case file of a folder and add it up per region, workstream and interval.

    Parameters
    ----------
    folder
        Holds ``*.csv`` and ``*.tsv`` (any delimiter; also ``.gz``) or ``*.parquet``: events or interval counts, told by
        the header.
    workstreams, regions
        Known names.
    interval_minutes
        Width of the grid: 15, 30 or 60.
    time_zone
        IANA zone of stamps without an offset; None refuses them.
    events
        The user's calendar; its outages make the history unknown.
    faults
        Every mistake is added here; rows that have one are left out.
    warnings
        What the user should know without being stopped: holes, implausible handle times, files not read.

    Returns
    -------
    DataFrame
        Columns `staffing.domain.tables.HISTORY`: one row for each interval from the first to the last whole one, for
        each (region, workstream) that has a row in the files; sorted. Empty when nothing could be read.
    """
    notes: list[str] = [] if warnings is None else warnings
    words = Vocabulary(tuple(workstreams), tuple(regions), interval_minutes, time_zone)
    files = history_checks.refuse_mixed_layouts(open_case_files(folder, faults, notes), faults)
    sums = _read_files(files, words, faults)
    if sums.empty:
        return _nothing()
    grid = history_grid.on_grid(
        sums,
        layout=files[0].layout,
        interval_minutes=interval_minutes,
        regions=words.regions,
        workstreams=words.workstreams,
    )
    grid = history_holes.without_partial_edges(
        grid, int(sums["first"].min()), int(sums["last"].max())
    )
    grid = history_holes.blank_outages(grid, events)
    grid = history_holes.blank_holes(grid, folder.name, notes)
    notes.extend(history_warnings.doubts(grid, folder.name))
    return grid.table()


def _read_files(files: list[CaseFile], words: Vocabulary, faults: list[Fault]) -> pd.DataFrame:
    """Return the sums of all files in UTC, each checked alone and against the others."""
    found = []
    with connect() as connection:
        for file in files:
            reader = CaseReader(connection, file, words, _bin_minutes(file, words), faults)
            sums = reader.sums()
            for check in _CHECKS[file.layout]:
                if len(sums):
                    sums = check(reader, sums)
            if len(sums):
                found.append((file, history_grid.to_utc(sums, words.time_zone)))
    history_checks.refuse_copies(found, faults)
    return pd.concat([sums for _, sums in found], ignore_index=True) if found else pd.DataFrame()


def _bin_minutes(file: CaseFile, words: Vocabulary) -> int:
    """Return how fine to add up: counts by the minute to see repeats, local stamps so that every offset is whole."""
    if file.layout == "counts":
        return 1
    return words.interval_minutes if words.time_zone is None else FINEST_OFFSET_MINUTES


def _nothing() -> pd.DataFrame:
    """Return a history without rows."""
    types = {"region": "str", "workstream": "str", "interval_start": "datetime64[us, UTC]"}
    return pd.DataFrame({name: pd.Series(dtype=types.get(name, "float64")) for name in HISTORY})
