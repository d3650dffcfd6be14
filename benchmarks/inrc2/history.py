"""What a week leaves behind, and how it enters the next one as carry-in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from benchmarks.inrc2.checker import SATURDAY
from benchmarks.inrc2.instance import Assignment, Grid, History, Past, Scenario
from benchmarks.rostering.slots import Slots
from staffing.domain.roster import Roster


def after(history: History, grid: Grid) -> dict[str, Past]:
    """Return the history at the end of a week, from the one before it and the roster of the week."""
    return {nurse: _after(past, grid[nurse]) for nurse, past in history.items()}


def _after(past: Past, days: Sequence[Assignment | None]) -> Past:
    shifts = [None if held is None else held[0] for held in days]
    back = shifts[::-1]
    off = len(list(takewhile(lambda shift: shift is None, back)))
    worked = len(list(takewhile(lambda shift: shift is not None, back)))
    same = len(list(takewhile(lambda shift: shift == back[0], back))) if worked else 0
    return Past(
        assignments=past.assignments + sum(shift is not None for shift in shifts),
        weekends=past.weekends + any(shift is not None for shift in shifts[SATURDAY:]),
        last_shift=back[0],
        same_shift=same
        + (past.same_shift if same == len(days) and back[0] == past.last_shift else 0),
        worked=worked + (past.worked if worked == len(days) else 0),
        off=off + (past.off if off == len(days) else 0),
    )


def carry_in(scenario: Scenario, history: History, slots: Slots) -> Roster:
    """Return duties before the horizon that have the lengths of the history.

    Of a run of working days the history tells the last shift and how long it has been worked; the days before that get
    any other shift. Before days off stands one duty, which says where they begin.
    """
    first, *others = scenario.shift_names
    held: dict[str, dict[int, str]] = {}
    for nurse, past in history.items():
        held[nurse] = {}
        if past.last_shift is None and past.off:
            held[nurse][-past.off - 1] = first
        for back in range(1, past.worked + 1):
            other = next((shift for shift in (first, *others) if shift != past.last_shift), first)
            shift = past.last_shift if back <= past.same_shift else other
            held[nurse][-back] = shift or first
    return Roster(
        duties={
            nurse: tuple(slots.duty(day, shift) for day, shift in sorted(days.items()))
            for nurse, days in held.items()
        }
    )
