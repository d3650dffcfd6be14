"""A sample organisation written out as a complete workspace."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

from staffing.domain.errors import StaffingError, did_you_mean
from staffing.ingest.samples import backlog, demand, files, staff, week
from staffing.ingest.samples.catalogue import ORGANISATIONS
from staffing.ingest.samples.organisation import (
    HISTORY_WEEKS,
    LEAVE_FRACTION,
    PUBLISHED,
    UTILISATION,
    WEEK,
    Organisation,
)
from staffing.ingest.samples.staff import Person

SAMPLES = tuple(ORGANISATIONS)
MOST_PEOPLE = 5000
EVENT_COLUMNS = ("name", "kind", "start", "end", "workstream", "region")


def write_sample(
    folder: Path,
    name: str = "trust-safety",
    *,
    people: int | None = None,
    seed: int = 1,
    monday: dt.date = WEEK,
) -> None:
    """Write a complete workspace of an invented organisation; the same arguments give the same bytes.

    It is written aside and then put in place, so that a folder is never half a workspace.

    Parameters
    ----------
    folder
        New, or empty.
    name
        One of `SAMPLES`.
    people
        Size, at most 5,000; None is the size of the sample. Sites, seats and volume keep their proportions.
    seed
        Of all that is drawn.
    monday
        First day of the week to plan. Two years of cases end a week before; launches keep their dates.

    Raises
    ------
    StaffingError
        If there is no such sample, the size is out of range, the day is no Monday, or the folder holds anything or
        cannot be written.
    """
    if name not in ORGANISATIONS:
        raise StaffingError(f"There is no sample {name!r}.{did_you_mean(name, SAMPLES)}")
    organisation = ORGANISATIONS[name]()
    size = organisation.people if people is None else people
    if not len(organisation.seats) <= size <= MOST_PEOPLE:
        raise StaffingError(
            f"A sample of {size} people cannot be made. Choose {len(organisation.seats)} to {MOST_PEOPLE:,}."
        )
    if monday.weekday() != 0:
        raise StaffingError(f"{monday} is no Monday. Name the first day of a week.")
    with_folder_aside(folder, lambda aside: _write(aside, organisation, size, seed, monday))


def with_folder_aside(folder: Path, write: Callable[[Path], None]) -> None:
    """Let ``write`` fill a folder beside, then put it in place.

    Raises
    ------
    StaffingError
        If the place is a file, holds anything, or cannot be written.
    """
    if folder.is_file():
        raise StaffingError(f"{folder} is a file. Name a new folder.")
    if folder.is_dir() and any(folder.iterdir()):
        raise StaffingError(f"{folder} is not empty. Name a new folder, or empty this one.")
    aside = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        write(aside / "workspace")
        if folder.is_dir():
            folder.rmdir()
        (aside / "workspace").rename(folder)
    except OSError as error:
        raise StaffingError(
            f"{folder} cannot be written: {error.strerror}. Name another folder."
        ) from error
    finally:
        if aside is not None:
            shutil.rmtree(aside, ignore_errors=True)


def write_people(
    folder: Path, organisation: Organisation, people: tuple[Person, ...], known: week.Week
) -> None:
    """Write settings, people and what is known of their week."""
    (folder / "staffing.toml").write_text(organisation.settings, encoding="utf-8", newline="\n")
    files.write_table(
        folder / "agents.csv", staff.AGENT_COLUMNS, [person.row() for person in people]
    )
    files.write_table(folder / "time_off.csv", week.TIME_OFF_COLUMNS, known.time_off)
    files.write_table(folder / "preferences.csv", week.PREFERENCE_COLUMNS, known.preferences)
    files.write_table(folder / "pins.csv", week.PIN_COLUMNS, known.pins)
    files.write_table(folder / "carry_in.csv", week.CARRY_IN_COLUMNS, known.carry_in)


def productive_minutes(organisation: Organisation, people: Iterable[Person]) -> float:
    """Return the minutes of a usual week that people have for cases: contract less leave and shrinkage."""
    paid = 60 * sum(person.weekly_hours for person in people) * (1 - LEAVE_FRACTION)
    return paid * (1 - organisation.shrinkage_fraction)


def _write(folder: Path, organisation: Organisation, size: int, seed: int, monday: dt.date) -> None:
    """Write the workspace; each part draws from a stream of its own."""
    for_people, for_week, for_cases, for_backlog = np.random.default_rng(seed).spawn(4)
    (folder / "cases").mkdir(parents=True)
    people = staff.hire(organisation, size, monday, for_people)
    write_people(folder, organisation, people, week.week_of(organisation, people, monday, for_week))
    files.write_table(folder / "events.csv", EVENT_COLUMNS, _launch_rows(organisation))
    per_day = demand.daily_volume(
        organisation, UTILISATION * productive_minutes(organisation, people)
    )
    end = dt.datetime.combine(monday - PUBLISHED, dt.time(), dt.UTC)
    start = end - dt.timedelta(weeks=HISTORY_WEEKS)
    volume = demand.expected(organisation, start, HISTORY_WEEKS * 7 * 24, per_day)
    parts = demand.draw(organisation, volume, start, for_cases)
    last = files.write_cases(folder / "cases", organisation, parts, float(volume.sum()))
    rows = backlog.open_cases(organisation, last, end, for_backlog)
    files.write_table(folder / "backlog.csv", backlog.BACKLOG_COLUMNS, rows)


def _launch_rows(organisation: Organisation) -> list[tuple[str, ...]]:
    """Return the rows of events.csv; the hole of the history is left for the reader to find."""
    return [
        (
            launch.name,
            "launch",
            launch.date.isoformat(),
            (launch.date + dt.timedelta(days=launch.days - 1)).isoformat(),
            launch.workstream or "",
            "",
        )
        for launch in organisation.launches
    ]
