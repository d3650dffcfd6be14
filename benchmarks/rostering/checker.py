"""What a roster is worth by the instance's format alone: nothing of the package is asked.

Hard: one shift a day (the grid cannot say otherwise), days off, forbidden successions, shifts of a type, minutes,
runs of working days and of days off (a run that touches the border of the horizon may go on beyond it, so that only its
greatest length is checked), weekends. Soft: requests that are not granted, heads missing and heads too many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from benchmarks.rostering.instance import Employee, Grid, Instance

SATURDAY, SUNDAY = 5, 6
DAYS_OF_A_WEEK = 7


@dataclass(frozen=True)
class Verdict:
    """The checker's account of a roster.

    Parameters
    ----------
    violations
        Hard constraints that are broken, one sentence each.
    terms
        Soft cost by its kind.
    """

    violations: tuple[str, ...]
    terms: dict[str, int]

    @property
    def objective(self) -> int:
        """Sum of the soft costs."""
        return sum(self.terms.values())


def check(instance: Instance, grid: Grid) -> Verdict:
    """Check a roster: employee × day → shift, None is a day off; an employee who is missing has every day off."""
    days_of = {
        person.employee: tuple(grid.get(person.employee, (None,) * instance.days))
        for person in instance.employees
    }
    violations = [
        f"{name} is not an employee of the instance" for name in grid if name not in days_of
    ]
    for person in instance.employees:
        violations += _violations(instance, person, days_of[person.employee])
    return Verdict(
        tuple(violations), _request_terms(instance, days_of) | _cover_terms(instance, days_of)
    )


def _violations(instance: Instance, person: Employee, days: Sequence[str | None]) -> Iterator[str]:
    """Yield the hard constraints that one employee's days break."""
    name, minutes_of = person.employee, {shift.shift: shift.minutes for shift in instance.shifts}
    unknown = {shift for shift in days if shift is not None and shift not in minutes_of}
    if len(days) != instance.days or unknown:
        yield f"{name} has {len(days)} days of {instance.days}, unknown shifts {sorted(unknown)}"
        return
    for day in sorted(person.days_off):
        if days[day] is not None:
            yield f"{name} works {days[day]} on day {day}, a day off"
    barred = {shift.shift: shift.not_followed_by for shift in instance.shifts}
    for day, (first, second) in enumerate(pairwise(days)):
        if first is not None and second in barred[first]:
            yield f"{name} works {second} on day {day + 1}, the day after {first}"
    for shift, held in sorted(Counter(shift for shift in days if shift is not None).items()):
        if held > person.max_shifts[shift]:
            yield f"{name} works {shift} {held} times, at most {person.max_shifts[shift]}"
    minutes = sum(minutes_of[shift] for shift in days if shift is not None)
    if not person.min_minutes <= minutes <= person.max_minutes:
        yield f"{name} works {minutes} minutes, not {person.min_minutes} to {person.max_minutes}"
    yield from _run_violations(person, days)
    weekends = {
        day // DAYS_OF_A_WEEK
        for day, shift in enumerate(days)
        if shift is not None and day % DAYS_OF_A_WEEK in (SATURDAY, SUNDAY)
    }
    if len(weekends) > person.max_weekends:
        yield f"{name} works {len(weekends)} weekends, at most {person.max_weekends}"


def _run_violations(person: Employee, days: Sequence[str | None]) -> Iterator[str]:
    """Yield runs of working days that are too long or too short, and runs of days off that are too short."""
    first = 0
    for is_off, run in groupby(days, key=lambda shift: shift is None):
        length = len(list(run))
        at_border = first == 0 or first + length == len(days)
        least = person.min_days_off if is_off else person.min_run
        what = "days off" if is_off else "working days"
        if length < least and not at_border:
            yield f"{person.employee} has {length} {what} from day {first}, at least {least}"
        if length > person.max_run and not is_off:
            yield f"{person.employee} has {length} {what} from day {first}, at most {person.max_run}"
        first += length


def _request_terms(
    instance: Instance, days_of: dict[str, tuple[str | None, ...]]
) -> dict[str, int]:
    terms = {"on_requests": 0, "off_requests": 0}
    for wish in instance.requests:
        held = days_of[wish.employee][wish.day] == wish.shift
        if held != wish.is_wanted:
            terms["on_requests" if wish.is_wanted else "off_requests"] += wish.weight
    return terms


def _cover_terms(instance: Instance, days_of: dict[str, tuple[str | None, ...]]) -> dict[str, int]:
    heads = Counter((day, shift) for days in days_of.values() for day, shift in enumerate(days))
    terms = {"under": 0, "over": 0}
    for cover in instance.cover:
        present = heads[(cover.day, cover.shift)]
        terms["under"] += cover.under_weight * max(0, cover.required - present)
        terms["over"] += cover.over_weight * max(0, present - cover.required)
    return terms
