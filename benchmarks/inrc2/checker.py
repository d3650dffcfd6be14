"""What a roster of all weeks is worth by the rules of the competition alone: nothing of the package is asked.

Hard: known shifts, the skill of the assignment, the least number of nurses, forbidden successions; the grid itself says
one assignment a day. Soft, with its weight: nurses below the optimum, requests, half weekends, over all weeks
assignments and weekends, and days in a row. What stands in the history counts with these; a run that goes on at the end
may still be long enough, and days beyond the most that lie in the history are not charged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from benchmarks.inrc2.instance import (
    DAYS,
    Assignment,
    Grid,
    History,
    Nurse,
    Past,
    Range,
    Scenario,
    Week,
)

WEIGHTS = {
    "optimal_cover": 30,
    "shift_runs": 15,
    "work_runs": 30,
    "off_runs": 30,
    "requests": 10,
    "half_weekends": 30,
    "assignments": 20,
    "weekends": 30,
}
SATURDAY = DAYS.index("Sat")


@dataclass(frozen=True)
class Verdict:
    """The checker's account: hard constraints broken, one sentence each, and soft cost by its kind."""

    violations: tuple[str, ...]
    terms: dict[str, int]

    @property
    def objective(self) -> int:
        """Sum of the soft costs."""
        return sum(self.terms.values())


def check(scenario: Scenario, history: History, weeks: Sequence[Week], grid: Grid) -> Verdict:
    """Check a roster of all weeks: nurse × day → (shift, skill), None is a day off."""
    days = len(DAYS) * len(weeks)
    violations = [
        f"{nurse.nurse} has {len(grid.get(nurse.nurse, ()))} days of {days}"
        for nurse in scenario.nurses
        if len(grid.get(nurse.nurse, ())) != days
    ]
    if violations:
        return Verdict(tuple(violations), {})
    counts: Counter[str] = Counter(dict.fromkeys(WEIGHTS, 0))
    for nurse in scenario.nurses:
        own, past = grid[nurse.nurse], history[nurse.nurse]
        shifts = [None if held is None else held[0] for held in own]
        violations += _skill_violations(scenario, nurse, own)
        violations += _succession_violations(scenario, nurse, past, shifts)
        counts.update(_runs(scenario, nurse, past, shifts))
        counts.update(_sums(nurse, past, shifts))
    for number, week in enumerate(weeks):
        first = number * len(DAYS)
        violations += _below_least(scenario, week, grid, first, counts)
        for wish in week.requests:
            held = grid[wish.nurse][first + wish.day]
            counts["requests"] += held is not None and wish.shift in (None, held[0])
    return Verdict(tuple(violations), {term: WEIGHTS[term] * counts[term] for term in WEIGHTS})


def _skill_violations(
    scenario: Scenario, nurse: Nurse, own: Sequence[Assignment | None]
) -> Iterator[str]:
    for day, held in enumerate(own):
        if held is None:
            continue
        if held[0] not in scenario.shift_names:
            yield f"{nurse.nurse} works an unknown shift {held[0]} on day {day}"
        if held[1] not in nurse.skills:
            yield f"{nurse.nurse} works as {held[1]} on day {day} without that skill"


def _succession_violations(
    scenario: Scenario, nurse: Nurse, past: Past, shifts: Sequence[str | None]
) -> Iterator[str]:
    barred = {shift.shift: shift.not_followed_by for shift in scenario.shifts}
    for day, (before, shift) in enumerate(zip((past.last_shift, *shifts), shifts, strict=False)):
        if before is not None and shift in barred.get(before, ()):
            yield f"{nurse.nurse} works {shift} on day {day}, the day after {before}"


def _below_least(
    scenario: Scenario, week: Week, grid: Grid, first: int, counts: Counter[str]
) -> Iterator[str]:
    """Yield what is below the least number; add what is below the optimum to the counts."""
    present = Counter(
        (day, *held)
        for nurse in scenario.nurses
        for day, held in enumerate(grid[nurse.nurse][first : first + len(DAYS)])
        if held is not None
    )
    for need in week.needs:
        heads = present[(need.day, need.shift, need.skill)]
        counts["optimal_cover"] += max(0, need.heads.most - heads)
        if heads < need.heads.least:
            yield f"{heads} of {need.heads.least} {need.skill} on {need.shift} on day {first + need.day}"


def _runs(
    scenario: Scenario, nurse: Nurse, past: Past, shifts: Sequence[str | None]
) -> dict[str, int]:
    """Count days beyond the most and below the least, run by run."""
    found = dict.fromkeys(("shift_runs", "work_runs", "off_runs"), 0)
    of_shift = {shift.shift: shift.run for shift in scenario.shifts}
    before = [past.last_shift] * past.same_shift
    for shift, length, new, ends in _grouped(before, shifts):
        if shift in of_shift:
            found["shift_runs"] += _outside(of_shift[shift], length, new, ends=ends)
    at_work = [shift is not None for shift in shifts]
    for works, length, new, ends in _grouped([True] * past.worked or [False] * past.off, at_work):
        limits = nurse.contract.run if works is True else nurse.contract.off
        term = "work_runs" if works is True else "off_runs"
        found[term] += _outside(limits, length, new, ends=ends)
    return found


def _grouped(
    before: Sequence[Hashable], planned: Sequence[Hashable]
) -> Iterator[tuple[Hashable, int, int, bool]]:
    """Yield (what, length, planned days of it, does it end within the weeks) of each run."""
    at = -len(before)
    for what, run in groupby([*before, *planned]):
        length = len(list(run))
        at += length
        yield what, length, min(length, max(0, at)), at < len(planned)


def _outside(limits: Range, length: int, new: int, *, ends: bool) -> int:
    beyond = min(new, max(0, length - limits.most))
    return beyond + (max(0, limits.least - length) if ends else 0)


def _sums(nurse: Nurse, past: Past, shifts: Sequence[str | None]) -> dict[str, int]:
    """Count half weekends, and assignments and weekends outside the limits of the contract."""
    limits = nurse.contract
    weekends = [
        [shift is not None for shift in shifts[saturday : saturday + 2]]
        for saturday in range(SATURDAY, len(shifts), len(DAYS))
    ]
    assignments = past.assignments + sum(shift is not None for shift in shifts)
    worked = past.weekends + sum(any(weekend) for weekend in weekends)
    least, most = limits.assignments.least, limits.assignments.most
    return {
        "half_weekends": sum(a != b for a, b in weekends) if limits.whole_weekends else 0,
        "assignments": max(0, least - assignments, assignments - most),
        "weekends": max(0, worked - limits.most_weekends),
    }
