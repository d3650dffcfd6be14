"""The roster of a build as ``roster.csv``, which the audit and next week's build read back."""

from __future__ import annotations

from pathlib import Path

from staffing.domain.problem import Problem
from staffing.domain.roster import Roster
from staffing.export.profile import read_profile
from staffing.export.records import duty_records
from staffing.export.writer import csv_bytes, write_aside


def write_roster(path: Path, problem: Problem, roster: Roster, *, overwrite: bool = False) -> None:
    """Write one row per duty, by agent and start, times in local time and UTC.

    Raises
    ------
    InputError
        If the file exists and ``overwrite`` is False, or the place cannot be written to.
    """
    write_aside({path: roster_bytes(problem, roster)}, overwrite=overwrite)


def roster_bytes(problem: Problem, roster: Roster) -> bytes:
    """Return the content of ``roster.csv``."""
    return csv_bytes(duty_records(problem, roster), read_profile("roster"))
