"""A workspace folder, read whole: settings, people, work, history; one error with every fault of every file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import pandas as pd

from staffing.domain.errors import Fault, InputError, did_you_mean
from staffing.domain.judgement import Override
from staffing.domain.people import Agent, TimeOff
from staffing.domain.problem import Pin
from staffing.domain.roster import DutyRow
from staffing.domain.tables import HISTORY
from staffing.domain.work import CalendarEvent, OpenCase, ServiceWeek
from staffing.ingest.absence import read_time_off
from staffing.ingest.cases import read_history
from staffing.ingest.context import Context
from staffing.ingest.duties import read_duties
from staffing.ingest.overrides import read_overrides
from staffing.ingest.people import read_agents
from staffing.ingest.service_history import read_service_history
from staffing.ingest.wishes import Wish, read_pins, read_preferences
from staffing.ingest.work import read_backlog, read_events
from staffing.policy.crosscheck import cross_check, target_warnings, work_warnings
from staffing.policy.settings import SETTINGS_FILE, Draft, Settings, draft_settings

T = TypeVar("T")
AGENTS_FILE = "agents.csv"
CASES_FOLDER = "cases"
OPTIONAL_FILES = (
    "time_off.csv",
    "preferences.csv",
    "events.csv",
    "overrides.csv",
    "backlog.csv",
    "service_history.csv",
    "pins.csv",
    "carry_in.csv",
)
_OTHER = ("roster.csv", "out", "staffing.db", "README.md")
_FAULTS_OF_A_KIND = 50


@dataclass(frozen=True)
class Workspace:
    """Everything a workspace holds, checked.

    Parameters
    ----------
    folder
        Where it lies.
    context
        Names of the settings and the agents, for reading another roster.
    preferences
        Wishes, those about weekdays not yet dates (`staffing.ingest.wishes.preferences_for`).
    pin_rows
        Pins by their row in pins.csv.
    service_history
        What became of the cases of past weeks.
    carry_in
        Duties already published, of any date.
    history
        Long table `staffing.domain.tables.HISTORY`, cut to the last ``forecast.history_weeks``.
    warnings
        What deserves a look but stops nothing, as sentences with their place.
    """

    folder: Path
    settings: Settings
    context: Context
    agents: tuple[Agent, ...]
    time_off: tuple[TimeOff, ...]
    preferences: tuple[Wish, ...]
    pin_rows: Mapping[int, Pin]
    open_cases: tuple[OpenCase, ...]
    service_history: tuple[ServiceWeek, ...]
    events: tuple[CalendarEvent, ...]
    overrides: tuple[Override, ...]
    carry_in: tuple[DutyRow, ...]
    history: pd.DataFrame
    warnings: tuple[str, ...]

    @property
    def pins(self) -> tuple[Pin, ...]:
        """Pins in the order of the file."""
        return tuple(self.pin_rows.values())


def read_workspace(folder: Path) -> Workspace:
    """Read and check a whole workspace.

    Raises
    ------
    InputError
        With the faults of all files together.
    """
    _check_folder(folder)
    faults: list[Fault] = []
    warnings: list[str] = _stray_files(folder)
    draft = draft_settings(folder / SETTINGS_FILE, faults)
    agents, context = read_agents(folder / AGENTS_FILE, draft.context, faults)

    def read(name: str, reader: Callable[[Path, Context, list[Fault]], T]) -> T | None:
        return reader(folder / name, context, faults) if (folder / name).exists() else None

    time_off = read("time_off.csv", partial(read_time_off, warnings=warnings)) or ()
    preferences = read("preferences.csv", read_preferences) or ()
    pin_rows = read("pins.csv", read_pins) or {}
    carry_in = read("carry_in.csv", read_duties) or ()
    open_cases = read("backlog.csv", read_backlog) or ()
    service_history = read("service_history.csv", read_service_history) or ()
    events = read("events.csv", read_events) or ()
    overrides = read("overrides.csv", read_overrides) or ()
    history = _history(folder, draft, context, events, faults, warnings)
    if draft.settings is not None and all(fault.file != AGENTS_FILE for fault in faults):
        cross_check(draft.settings, agents, faults, warnings)
    if draft.settings is None or faults:
        raise InputError(_abridged(faults))
    history = _recent(history, draft.settings.forecast.history_weeks)
    warnings.extend(work_warnings(draft.settings, open_cases, history))
    warnings.extend(target_warnings(draft.settings, service_history))
    return Workspace(
        folder=folder,
        settings=draft.settings,
        context=context,
        agents=agents,
        time_off=time_off,
        preferences=preferences,
        pin_rows=pin_rows,
        open_cases=open_cases,
        service_history=service_history,
        events=events,
        overrides=overrides,
        carry_in=carry_in,
        history=history,
        warnings=tuple(warnings),
    )


def _check_folder(folder: Path) -> None:
    """Check that there is a folder."""
    if not folder.is_dir():
        message = "There is no such folder. 'staffing init' makes a workspace with a sample."
        if folder.exists():
            message = "This is a file. Name the folder that holds staffing.toml."
        raise InputError([Fault(file=str(folder), message=message)])


def _stray_files(folder: Path) -> list[str]:
    """Warn of files that nobody reads: a misspelt name is easily overlooked."""
    names = (SETTINGS_FILE, AGENTS_FILE, *OPTIONAL_FILES, CASES_FOLDER)
    warnings = []
    for path in sorted(folder.iterdir()):
        if path.name not in names + _OTHER and not path.name.startswith("."):
            absent = [name for name in names if not (folder / name).exists()]
            hint = did_you_mean(path.name, absent, else_list=False)
            warnings.append(f"{path.name}: This file is not read.{hint}")
    return warnings


def _history(
    folder: Path,
    draft: Draft,
    context: Context,
    events: tuple[CalendarEvent, ...],
    faults: list[Fault],
    warnings: list[str],
) -> pd.DataFrame:
    """Read the case history; nothing where the settings name no workstream or region to look for."""
    if context.workstreams is None or context.regions is None:
        return pd.DataFrame(columns=list(HISTORY))
    before = len(faults)
    history = read_history(
        folder / CASES_FOLDER,
        workstreams=sorted(context.workstreams),
        regions=sorted(context.regions),
        interval_minutes=draft.interval_minutes,
        time_zone=context.case_time_zone,
        events=events,
        faults=faults,
        warnings=warnings,
    )
    if history.empty and len(faults) == before:
        message = "The case files hold no case. The forecast needs at least some weeks of them."
        faults.append(Fault(file=CASES_FOLDER, message=message))
    return history


def _recent(history: pd.DataFrame, weeks: int) -> pd.DataFrame:
    """Return the last weeks of the history."""
    since: pd.Timestamp = history["interval_start"].max() - pd.Timedelta(weeks=weeks)
    return history.loc[history["interval_start"] > since].reset_index(drop=True)


def _abridged(faults: list[Fault]) -> list[Fault]:
    """Return at most fifty faults of one column and file, and how many more there are."""
    counts: Counter[tuple[str, str | None]] = Counter()
    kept = []
    for fault in faults:
        key = (fault.file, fault.column)
        counts[key] += 1
        if counts[key] <= _FAULTS_OF_A_KIND:
            kept.append(fault)
    for (file, column), count in counts.items():
        if count > _FAULTS_OF_A_KIND:
            message = f"{count - _FAULTS_OF_A_KIND:,} more rows have faults here."
            kept.append(Fault(file=file, column=column, message=message))
    return kept
