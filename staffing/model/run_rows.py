"""Runs of days as rows: windows that are too long, beginnings that do not go on long enough.

Every row is linear in the property of its days, which is 0 or 1: the sum of the day's literals, of which one at most is
chosen, or 1 less that sum for days off.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ortools.sat.python import cp_model

from staffing.domain.objective import Level
from staffing.model.forms import Choices, Run
from staffing.model.terms import Linear, Literal, Penalty

Step = tuple[Linear, int]
"""An excess over 0, and the days charged where it, or that of a step before it in the same chain, is positive."""


def run_rows(
    form: Run, model: cp_model.CpModel, choices: Choices, literals: Sequence[Literal]
) -> list[Penalty]:
    """Post a run.

    Returns
    -------
    list of (amount, unit cost)
        Booleans; empty for a must.
    """
    held = list(_held(form, choices, literals))
    chains = [*_too_long(form, held), *_too_short(form, held, _carried_days(form, choices))]
    penalties: list[Penalty] = []
    for chain in chains:
        before: cp_model.IntVar | None = None
        for excess, days in chain:
            if form.level is Level.MUST:
                _forbid(model, excess)
                continue
            beyond = model.new_bool_var("run")
            model.add(beyond >= excess)
            if before is not None:
                model.add(beyond >= before)
            penalties.append((beyond, days * form.unit_cost))
            before = beyond
    return penalties


def _held(form: Run, choices: Choices, literals: Sequence[Literal]) -> Iterator[Linear]:
    """Yield the property of each day; an int where no choice is left, however many duties were carried in on it."""
    for day in form.days:
        if any(choices.is_carried(i) for i in day):
            worked: Linear = 1
        else:
            worked = sum(literals[i] for i in day)
        yield 1 - worked if form.free else worked


def _carried_days(form: Run, choices: Choices) -> int:
    """Return how many of the listed days are carried in: up to the last that lists a carried duty."""
    listed = (k for k, day in enumerate(form.days) if any(choices.is_carried(i) for i in day))
    return max(listed, default=-1) + 1


def _too_long(form: Run, held: list[Linear]) -> Iterator[list[Step]]:
    """Yield one step a window of one day more than the limit, unless nothing in it can be chosen."""
    if form.limit is None:
        return
    for last in range(form.limit, len(held)):
        window = held[last - form.limit : last + 1]
        known = [day for day in window if isinstance(day, int)]
        if all(known) and len(known) < len(window):
            yield [(sum(window) - form.limit, 1)]


def _too_short(form: Run, held: list[Linear], carried: int) -> Iterator[list[Step]]:
    """Yield a chain of steps for each day on which a run may begin: it has ended one day later, two, three.

    The first step whose day lacks the property ends the run, and all steps after it are charged as well: as many as
    there are days missing. Steps beyond the last listed day have no row, and count with the last that has one.
    """
    for first in range(int(form.open_start), len(held)):
        begins = held[first] - held[first - 1] if first else held[first]
        history = held[first:carried]
        if (isinstance(begins, int) and begins <= 0) or not all(
            day for day in history if isinstance(day, int)
        ):
            continue
        lengths = range(max(1, len(history)), min(form.at_least, len(held) - first))
        if lengths:
            missing = form.at_least - lengths[-1]
            yield [(begins - held[first + k], missing if k == lengths[-1] else 1) for k in lengths]


def _forbid(model: cp_model.CpModel, excess: Linear) -> None:
    """Forbid an excess; one that no choice can mend leaves no solution."""
    if not isinstance(excess, int):
        model.add(excess <= 0)
    elif excess > 0:
        model.add(model.new_constant(excess) <= 0)
