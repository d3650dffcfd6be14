"""Opening hours, clocks and periods in staffing.toml: what is read, and every mistake with its line and key."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from staffing.domain.errors import Fault, InputError
from staffing.policy.settings import read_settings
from staffing.policy.workspace import read_workspace
from tests.workspaces import SETTINGS, spoil, tiny_workspace

# Below the keys of harms, whose needs_clearance is on line 29: clock is line 30, the table line 32, site line 33.
OPENING = """\
needs_clearance = true
clock = "business"
period = "day"
[workstreams.opening]
site = "dublin"
monday = ["09:00", "17:00"]
friday = ["09:00", "00:00"]
open_on = ["Easter Monday"]
worked_outside = false
"""


def write(folder: Path, old: str = "", new: str = "") -> Path:
    path = folder / "staffing.toml"
    text = SETTINGS.replace("needs_clearance = true\n", OPENING)
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_opening_hours_are_read(tmp_path: Path) -> None:
    work = read_settings(write(tmp_path)).workstreams[1]
    assert (work.clock, work.period) == ("business", "day")
    assert work.opening is not None
    assert work.opening.hours[:2] == ((dt.time(9), dt.time(17)), None)
    assert work.opening.hours[4] == (dt.time(9), dt.time(0))
    assert (work.opening.holidays, work.opening.worked_outside) == (True, False)


def test_toml_times_and_inline_tables(tmp_path: Path) -> None:
    inline = 'opening = { site = "dublin", monday = [09:00:00, 17:00:00] }\n'
    path = tmp_path / "staffing.toml"
    text = SETTINGS.replace("needs_clearance = true\n", 'clock = "business"\n' + inline)
    path.write_text(text, encoding="utf-8")
    opening = read_settings(path).workstreams[1].opening
    assert opening is not None
    assert opening.monday == (dt.time(9), dt.time(17))


HERE = "workstreams[2].opening"
TIMES = "['09:00', '17:00']"


@pytest.mark.parametrize(
    ("old", "new", "row", "column", "value", "part"),
    [
        ('"business"', '"busines"', 30, "workstreams[2].clock", "busines", "'business'"),
        ('"day"', '"month"', 31, "workstreams[2].period", "month", "'four_weeks'"),
        ('site = "dublin"\nmon', 'site = "dubln"\nmon', 33, f"{HERE}.site", "dubln", "'dublin'?"),
        ('site = "dublin"\nmon', "mon", 32, f"{HERE}.site", None, "missing"),
        ("monday", "mondai", 34, f"{HERE}.mondai", TIMES, "Did you mean 'monday'?"),
        (
            '["09:00", "17:00"]',
            '["17:00", "09:00"]',
            34,
            f"{HERE}.monday",
            "['17:00', '09:00']",
            "closes at or",
        ),
        ('["09:00", "17:00"]', '["09:30", "17:00"]', 34, f"{HERE}.monday", "09:30", "grid of 60"),
        ('["09:00", "17:00"]', '["9", "17:00"]', 34, f"{HERE}.monday[1]", "9", "00:00 to 23:59"),
        (
            '"17:00"',
            '"17:00+01:00"',
            34,
            f"{HERE}.monday",
            "['09:00', '17:00+01:00']",
            "without an offset",
        ),
        ("Easter Monday", "Easter", 36, f"{HERE}.open_on", "Easter", "'Easter Monday'?"),
        ("= false", '= "no"', 37, f"{HERE}.worked_outside", "no", "true or false"),
    ],
)
def test_one_mistake_gives_one_fault(
    tmp_path: Path, old: str, new: str, row: int, column: str, value: str | None, part: str
) -> None:
    faults = faults_of(write(tmp_path, old, new))
    assert [(fault.row, fault.column, fault.value) for fault in faults] == [(row, column, value)]
    assert part in faults[0].message


def faults_of(path: Path) -> tuple[Fault, ...]:
    with pytest.raises(InputError) as caught:
        read_settings(path)
    return caught.value.faults


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("needs_clearance = true", 'clock = "business"', "needs opening hours"),
        ("threshold_minutes = 15", 'threshold_minutes = 15\nperiod = "day"', "in every interval"),
        ("threshold_minutes = 15", 'threshold_minutes = 15\nclock = "business"', "opening hours"),
    ],
)
def test_a_clock_that_does_not_fit_the_work(tmp_path: Path, old: str, new: str, part: str) -> None:
    path = tmp_path / "staffing.toml"
    path.write_text(SETTINGS.replace(old, new, 1), encoding="utf-8")
    (fault,) = faults_of(path)
    assert part in fault.message


def warnings_of(folder: Path, rows: str, pooled: str = "true") -> list[str]:
    spoil(folder, "staffing.toml", "needs_clearance = true", f"pooled = {pooled}")
    spoil(folder, "service_history.csv", "missed\n", "missed\n" + rows)
    warnings = read_workspace(folder).warnings
    return [line for line in warnings if "four weeks" in line or "service_history" in line]


def test_past_weeks_that_no_target_looks_at(tmp_path: Path) -> None:
    (line,) = warnings_of(tiny_workspace(tmp_path / "tiny"), "2026-W46,harms,300,12\n")
    assert "harms is not for four weeks; its rows are not used" in line


@pytest.mark.parametrize(
    ("rows", "pooled", "part"),
    [
        ("", "true", "planned as a weekly target"),
        ("2026-W46,harms@EMEA,300,12\n", "true", "one queue, harms"),
        ("2026-W46,harms,300,12\n", "false", "harms@REGION"),
    ],
)
def test_past_weeks_that_are_missing_or_misnamed(
    tmp_path: Path, rows: str, pooled: str, part: str
) -> None:
    folder = tiny_workspace(tmp_path / "tiny")
    spoil(folder, "staffing.toml", "due_minutes = 720", 'due_minutes = 720\nperiod = "four_weeks"')
    (line,) = warnings_of(folder, rows, pooled)
    assert part in line
