"""Scenario, history and weeks of INRC-II, as the files give them (Ceschia et al. 2015, arXiv 1501.04177)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

Assignment = tuple[str, str]
"""Shift type and skill."""
Grid = Mapping[str, Sequence[Assignment | None]]
"""Assignment of each nurse on each day, None is a day off."""


@dataclass(frozen=True)
class Range:
    """At least and at most, both inclusive."""

    least: int
    most: int


@dataclass(frozen=True)
class ShiftType:
    """A shift type: days in a row on it, and what may not be worked on the day after it."""

    shift: str
    run: Range
    not_followed_by: tuple[str, ...]


@dataclass(frozen=True)
class Contract:
    """Limits of a contract.

    Parameters
    ----------
    assignments
        Duties over all weeks.
    run, off
        Working days and days off in a row.
    most_weekends
        Weekends with a duty over all weeks.
    whole_weekends
        Both days of a weekend or none.
    """

    contract: str
    assignments: Range
    run: Range
    off: Range
    most_weekends: int
    whole_weekends: bool


@dataclass(frozen=True)
class Nurse:
    """A nurse with contract and skills."""

    nurse: str
    contract: Contract
    skills: tuple[str, ...]


@dataclass(frozen=True)
class Scenario:
    """What holds for all weeks."""

    name: str
    weeks: int
    skills: tuple[str, ...]
    shifts: tuple[ShiftType, ...]
    nurses: tuple[Nurse, ...]

    @property
    def shift_names(self) -> tuple[str, ...]:
        """Shift types in the order of the file."""
        return tuple(shift.shift for shift in self.shifts)


@dataclass(frozen=True)
class Past:
    """What a nurse has behind her at the start of a week.

    Parameters
    ----------
    assignments, weekends
        Duties and weekends worked since the first week.
    last_shift
        Shift of the day before, None after a day off.
    same_shift, worked, off
        Days in a row up to the day before: on that shift, at work, off.
    """

    assignments: int
    weekends: int
    last_shift: str | None
    same_shift: int
    worked: int
    off: int


History = Mapping[str, Past]
"""Past by nurse."""


@dataclass(frozen=True)
class Need:
    """Nurses asked for on a day, in a shift, with a skill: ``least`` is hard, up to ``most`` is wished for."""

    day: int
    shift: str
    skill: str
    heads: Range


@dataclass(frozen=True)
class OffRequest:
    """A nurse would not work a shift on a day; None is any shift."""

    nurse: str
    day: int
    shift: str | None


@dataclass(frozen=True)
class Week:
    """What is known of one week: days from 0, Monday."""

    needs: tuple[Need, ...]
    requests: tuple[OffRequest, ...]
