"""Readers of the three kinds of text files; all faults of a file are raised together."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from benchmarks.inrc2.instance import (
    DAYS,
    Contract,
    History,
    Need,
    Nurse,
    OffRequest,
    Past,
    Range,
    Scenario,
    ShiftType,
    Week,
)
from staffing.domain.errors import Fault, InputError, did_you_mean

HEADINGS = (
    "SCENARIO",
    "WEEKS",
    "SKILLS",
    "SHIFT_TYPES",
    "FORBIDDEN_SHIFT_TYPES_SUCCESSIONS",
    "CONTRACTS",
    "NURSES",
    "HISTORY",
    "NURSE_HISTORY",
    "WEEK_DATA",
    "REQUIREMENTS",
    "SHIFT_OFF_REQUESTS",
)
NOBODY, ANY = "None", "Any"
_RANGE = re.compile(r"\((\d+),(\d+)\)")


def read_scenario(path: Path) -> Scenario:
    """Read ``Sc-*.txt``.

    Raises
    ------
    InputError
        With every fault of the file.
    """
    file = _File(path)
    skills = tuple(words[0] for _, words in file.lines("SKILLS", 1))
    shifts = _shifts(file)
    contracts = {contract.contract: contract for contract in _contracts(file)}
    nurses = tuple(_nurses(file, contracts, skills))
    scenario = Scenario(
        name=file.value("SCENARIO"),
        weeks=file.whole(None, file.value("WEEKS")),
        skills=skills,
        shifts=tuple(shifts.values()),
        nurses=nurses,
    )
    file.done()
    return scenario


def read_history(path: Path, scenario: Scenario) -> History:
    """Read ``H0-*.txt``; raises `InputError` with every fault."""
    file = _File(path)
    found: dict[str, Past] = {}
    for row, words in file.lines("NURSE_HISTORY", 7):
        name, assignments, weekends, last, *runs = words
        file.known(row, name, [nurse.nurse for nurse in scenario.nurses])
        if last != NOBODY:
            file.known(row, last, scenario.shift_names)
        found[name] = Past(
            file.whole(row, assignments),
            file.whole(row, weekends),
            None if last == NOBODY else last,
            *(file.whole(row, run) for run in runs),
        )
    for nurse in scenario.nurses:
        if nurse.nurse not in found:
            file.fault(None, f"nurse {nurse.nurse!r} has no history.")
    file.done()
    return found


def read_week(path: Path, scenario: Scenario) -> Week:
    """Read ``WD-*.txt``; raises `InputError` with every fault."""
    file = _File(path)
    needs = []
    for row, (shift, skill, *heads) in file.lines("REQUIREMENTS", 2 + len(DAYS)):
        file.known(row, shift, scenario.shift_names)
        file.known(row, skill, scenario.skills)
        needs += [Need(day, shift, skill, file.range(row, text)) for day, text in enumerate(heads)]
    requests = []
    for row, (name, shift, weekday) in file.lines("SHIFT_OFF_REQUESTS", 3):
        file.known(row, name, [nurse.nurse for nurse in scenario.nurses])
        if shift != ANY:
            file.known(row, shift, scenario.shift_names)
        day = DAYS.index(weekday) if file.known(row, weekday, DAYS) else 0
        requests.append(OffRequest(name, day, None if shift == ANY else shift))
    file.done()
    return Week(tuple(needs), tuple(requests))


def _shifts(file: _File) -> dict[str, ShiftType]:
    runs = {words[0]: file.range(row, words[1]) for row, words in file.lines("SHIFT_TYPES", 2)}
    barred: dict[str, tuple[str, ...]] = {}
    for row, (shift, number, *later) in file.lines("FORBIDDEN_SHIFT_TYPES_SUCCESSIONS"):
        file.counted(row, number, later)
        barred[shift] = tuple(later)
        for name in (shift, *later):
            file.known(row, name, runs)
    return {shift: ShiftType(shift, run, barred.get(shift, ())) for shift, run in runs.items()}


def _contracts(file: _File) -> Iterator[Contract]:
    for row, (name, assignments, run, off, weekends, whole) in file.lines("CONTRACTS", 6):
        yield Contract(
            name,
            file.range(row, assignments),
            file.range(row, run),
            file.range(row, off),
            file.whole(row, weekends),
            bool(file.whole(row, whole)),
        )


def _nurses(
    file: _File, contracts: dict[str, Contract], skills: Collection[str]
) -> Iterator[Nurse]:
    for row, (name, contract, number, *own) in file.lines("NURSES"):
        file.counted(row, number, own)
        for skill in own:
            file.known(row, skill, skills)
        if file.known(row, contract, contracts):
            yield Nurse(name, contracts[contract], tuple(own))


class _File:
    """The lines of one file by heading, and its faults so far."""

    def __init__(self, path: Path) -> None:
        self._name = path.name
        self._faults: list[Fault] = []
        self._values: dict[str, str] = {}
        self._lines: dict[str, list[tuple[int, list[str]]]] = {}
        heading = ""
        for row, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            words = line.split()
            if words and words[0] in HEADINGS:
                heading = words[0]
                self._values[heading] = words[-1]
                self._lines[heading] = []
            elif words and heading:
                self._lines[heading].append((row, words))
            elif words:
                self.fault(row, "stands before the first heading.", line)

    def value(self, heading: str) -> str:
        """Return what stands after the ``=`` of a heading."""
        if heading not in self._values:
            self.fault(None, f"{heading} is missing.")
        return self._values.get(heading, "0")

    def lines(self, heading: str, words: int | None = None) -> list[tuple[int, list[str]]]:
        """Return (row, words) of the lines under a heading that have as many words as they should."""
        if heading not in self._lines:
            self.fault(None, f"{heading} is missing.")
        found = []
        least = words or 3 if heading == "NURSES" else words or 2
        for row, line in self._lines.get(heading, []):
            if len(line) == words or (words is None and len(line) >= least):
                found.append((row, line))
            else:
                self.fault(row, f"a line of {heading} has {least} words.", " ".join(line))
        return found

    def whole(self, row: int | None, text: str) -> int:
        """Return a whole number."""
        if text.isdecimal():
            return int(text)
        self.fault(row, "not a whole number of 0 or more.", text)
        return 0

    def range(self, row: int, text: str) -> Range:
        """Return ``(least,most)``."""
        match = _RANGE.fullmatch(text)
        if match and int(match[1]) <= int(match[2]):
            return Range(int(match[1]), int(match[2]))
        self.fault(row, "not a range. Write it like '(2,5)'.", text)
        return Range(0, 0)

    def known(self, row: int, name: str, names: Collection[str]) -> bool:
        """Tell whether a name is known."""
        if name not in names:
            self.fault(row, f"unknown name.{did_you_mean(name, names)}", name)
        return name in names

    def counted(self, row: int, number: str, items: Collection[str]) -> None:
        """Compare a number with what it counts."""
        if self.whole(row, number) != len(items):
            self.fault(row, f"{len(items)} names follow.", number)

    def fault(self, row: int | None, message: str, value: str | None = None) -> None:
        """Note a fault."""
        self._faults.append(Fault(file=self._name, row=row, value=value, message=message))

    def done(self) -> None:
        """Raise what was found."""
        if self._faults:
            raise InputError(self._faults)
