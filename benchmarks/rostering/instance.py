"""An instance of the employee shift scheduling benchmark, as its file gives it (Curtois and Qu 2014)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Grid = Mapping[str, Sequence[str | None]]
"""Shift of each employee on each day of the horizon, None is a day off."""


@dataclass(frozen=True)
class ShiftType:
    """A shift type; it has a length and no start.

    Parameters
    ----------
    not_followed_by
        Shift types that may not be worked on the day after it.
    """

    shift: str
    minutes: int
    not_followed_by: tuple[str, ...]


@dataclass(frozen=True)
class Employee:
    """An employee with the limits of his own.

    Parameters
    ----------
    max_shifts
        Most duties of each shift type over the horizon.
    min_minutes, max_minutes
        Minutes worked over the horizon.
    min_run, max_run
        Working days in a row. Runs that touch the border of the horizon may be shorter.
    min_days_off
        Days off in a row, with the same exception.
    max_weekends
        Weekends with a duty on Saturday or Sunday.
    days_off
        Days of the horizon, from 0, on which nothing may be worked.
    """

    employee: str
    max_shifts: Mapping[str, int]
    min_minutes: int
    max_minutes: int
    min_run: int
    max_run: int
    min_days_off: int
    max_weekends: int
    days_off: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Request:
    """A wish of an employee to work a shift on a day, or not to; ``weight`` is charged where it is not granted."""

    employee: str
    day: int
    shift: str
    weight: int
    is_wanted: bool


@dataclass(frozen=True)
class Cover:
    """Heads wanted for a shift on a day, and what one fewer and one more cost."""

    day: int
    shift: str
    required: int
    under_weight: int
    over_weight: int


@dataclass(frozen=True)
class Instance:
    """A whole instance; day 0 is a Monday."""

    name: str
    days: int
    shifts: tuple[ShiftType, ...]
    employees: tuple[Employee, ...]
    requests: tuple[Request, ...]
    cover: tuple[Cover, ...]
