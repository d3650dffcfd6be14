"""Reader of the text format: sections of comma-separated lines, ``#`` begins a comment; all faults at once."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from benchmarks.rostering.instance import Cover, Employee, Instance, Request, ShiftType
from staffing.domain.errors import Fault, InputError, did_you_mean

Item = TypeVar("Item")
Name = TypeVar("Name", bound=Hashable)

SECTIONS: dict[str, int | None] = {
    "SECTION_HORIZON": 1,
    "SECTION_SHIFTS": 3,
    "SECTION_STAFF": 8,
    "SECTION_DAYS_OFF": None,
    "SECTION_SHIFT_ON_REQUESTS": 4,
    "SECTION_SHIFT_OFF_REQUESTS": 4,
    "SECTION_COVER": 5,
}
"""Fields of a line of each section; None is any number."""


def read_instance(path: Path) -> Instance:
    """Read a file.

    Raises
    ------
    InputError
        With every fault of the file.
    """
    reader = _Reader(path)
    instance = reader.instance()
    if reader.faults:
        raise InputError(reader.faults)
    return instance


class _Reader:
    """One file being read: lines by section, faults so far."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.faults: list[Fault] = []
        self._lines: dict[str, list[tuple[int, list[str]]]] = {name: [] for name in SECTIONS}
        self._split(path.read_text(encoding="utf-8-sig"))
        self._days = self._horizon()
        self._shifts: dict[str, ShiftType] = {}
        self._staff: dict[str, Employee] = {}

    def instance(self) -> Instance:
        """Return what could be read; the faults say what could not."""
        for row, fields in self._lines["SECTION_SHIFTS"]:
            shift = ShiftType(fields[0], self._whole(row, "length", fields[1]), _names(fields[2]))
            self._add(row, self._shifts, shift.shift, shift, "shift")
        self._followers()
        for row, fields in self._lines["SECTION_STAFF"]:
            self._add(row, self._staff, fields[0], self._employee(row, fields), "employee")
        for row, fields in self._lines["SECTION_DAYS_OFF"]:
            self._days_off(row, fields)
        return Instance(
            name=self._path.stem,
            days=self._days,
            shifts=tuple(self._shifts.values()),
            employees=tuple(self._staff.values()),
            requests=(
                *self._requests("SECTION_SHIFT_ON_REQUESTS", is_wanted=True),
                *self._requests("SECTION_SHIFT_OFF_REQUESTS", is_wanted=False),
            ),
            cover=tuple(self._cover()),
        )

    def _fault(
        self, row: int | None, message: str, column: str | None = None, value: str | None = None
    ) -> None:
        self.faults.append(
            Fault(file=self._path.name, row=row, column=column, value=value, message=message)
        )

    def _split(self, text: str) -> None:
        """Put the lines into their sections, with as many fields as the section asks for."""
        section: str | None = None
        for row, line in enumerate(text.splitlines(), start=1):
            bare = line.partition("#")[0].strip()
            if bare.startswith("SECTION_"):
                section = bare if bare in SECTIONS else None
                if section is None:
                    self._fault(row, f"unknown section.{did_you_mean(bare, SECTIONS)}", value=bare)
            elif bare and section:
                fields = [field.strip() for field in bare.split(",")]
                wanted = SECTIONS[section]
                if wanted is None or len(fields) == wanted:
                    self._lines[section].append((row, fields))
                else:
                    self._fault(
                        row,
                        f"{section} has {wanted} fields in a line, not {len(fields)}.",
                        value=bare,
                    )

    def _horizon(self) -> int:
        lines = self._lines["SECTION_HORIZON"]
        days = self._whole(lines[0][0], "days", lines[0][1][0]) if lines else 0
        if days <= 0:
            self._fault(None, "SECTION_HORIZON gives no number of days above 0.")
        return days

    def _whole(self, row: int, column: str, text: str) -> int:
        if text.isdecimal() or text == "-0":  # public files have -0
            return int(text)
        self._fault(row, "not a whole number of 0 or more.", column, text)
        return 0

    def _day(self, row: int, text: str) -> int:
        day = self._whole(row, "day", text)
        if day >= self._days > 0:
            self._fault(row, f"the horizon has the days 0 to {self._days - 1}.", "day", text)
        return day

    def _known(self, row: int, column: str, name: str, known: Collection[str]) -> str:
        if name not in known:
            self._fault(row, f"unknown {column}.{did_you_mean(name, known)}", column, name)
        return name

    def _add(self, row: int, found: dict[Name, Item], name: Name, item: Item, column: str) -> None:
        if name in found:
            self._fault(row, "stands in the file twice; the first one counts.", column, str(name))
        found.setdefault(name, item)

    def _followers(self) -> None:
        for row, fields in self._lines["SECTION_SHIFTS"]:
            for name in _names(fields[2]):
                self._known(row, "shift", name, self._shifts)

    def _employee(self, row: int, fields: list[str]) -> Employee:
        limits = dict.fromkeys(self._shifts, 0)
        for part in _names(fields[1]):
            shift, _, most = part.partition("=")
            limits[self._known(row, "shift", shift, self._shifts)] = self._whole(row, shift, most)
        columns = (
            "max_minutes",
            "min_minutes",
            "max_run",
            "min_run",
            "min_days_off",
            "max_weekends",
        )
        numbers: dict[str, Any] = {
            column: self._whole(row, column, text)
            for column, text in zip(columns, fields[2:], strict=True)
        }
        if numbers["min_minutes"] > numbers["max_minutes"]:
            self._fault(row, "fewer minutes at most than at least.", "max_minutes", fields[2])
        return Employee(employee=fields[0], max_shifts=limits, **numbers)

    def _days_off(self, row: int, fields: list[str]) -> None:
        name = self._known(row, "employee", fields[0], self._staff)
        days = frozenset(self._day(row, text) for text in fields[1:])
        if name in self._staff:
            employee = self._staff[name]
            self._staff[name] = replace(employee, days_off=employee.days_off | days)

    def _requests(self, section: str, *, is_wanted: bool) -> Iterator[Request]:
        for row, (employee, day, shift, weight) in self._lines[section]:
            yield Request(
                employee=self._known(row, "employee", employee, self._staff),
                day=self._day(row, day),
                shift=self._known(row, "shift", shift, self._shifts),
                weight=self._whole(row, "weight", weight),
                is_wanted=is_wanted,
            )

    def _cover(self) -> Iterator[Cover]:
        seen: dict[tuple[int, str], Cover] = {}
        for row, (day, shift, required, under, over) in self._lines["SECTION_COVER"]:
            cover = Cover(
                day=self._day(row, day),
                shift=self._known(row, "shift", shift, self._shifts),
                required=self._whole(row, "requirement", required),
                under_weight=self._whole(row, "weight for under", under),
                over_weight=self._whole(row, "weight for over", over),
            )
            self._add(row, seen, (cover.day, cover.shift), cover, "cover")
        yield from seen.values()


def _names(text: str) -> tuple[str, ...]:
    """Split a list written with ``|``; an empty field is an empty list."""
    return tuple(name.strip() for name in text.split("|") if name.strip())
