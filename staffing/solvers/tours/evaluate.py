"""What a tour costs, form by form and by definition; shares nothing with the machines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from staffing.domain.objective import Level
from staffing.model.forms import (
    Choices,
    Conflict,
    DutyCost,
    FreeStretch,
    PersonalForm,
    Run,
    Spread,
    Succession,
    Total,
)


def cost_of(forms: Sequence[PersonalForm], choices: Choices, held: frozenset[int]) -> int | None:
    """Return the cost of all forms if these open positions are held, None if a must is broken."""
    total = 0
    for form in forms:
        amount = _AMOUNTS[type(form)](form, choices, held)
        if amount and form.level is Level.MUST:
            return None
        total += amount * form.unit_cost
    return total


def _conflict(form: Conflict, choices: Choices, held: frozenset[int]) -> int:
    chosen = [
        (sum(p in held for p in clique), sum(choices.is_carried(p) for p in clique))
        for clique in form.cliques
    ]
    return sum(new > 0 and new + had > 1 for new, had in chosen)


def _duty_cost(form: DutyCost, choices: Choices, held: frozenset[int]) -> int:
    return sum(amount for p, amount in form.amounts if p in held)


def _succession(form: Succession, choices: Choices, held: frozenset[int]) -> int:
    carried = len(choices.carried)
    chosen = ([carried - 1] if carried else []) + sorted(held)
    return sum(form.amount(i, j) for i, j in pairwise(chosen) if j in held)


def _run(form: Run, choices: Choices, held: frozenset[int]) -> int:
    listed = [any(p in held or choices.is_carried(p) for p in day) for day in form.days]
    has = [worked is not form.free for worked in listed]
    opens = [any(not choices.is_carried(p) for p in day) for day in form.days]
    carried = max(
        (k + 1 for k, day in enumerate(form.days) if any(map(choices.is_carried, day))), default=0
    )
    amount = 0
    for first, end in _runs(has):
        if form.limit is not None:
            beyond = range(first + form.limit, end)
            amount += sum(k >= carried and any(opens[k - form.limit : k + 1]) for k in beyond)
        if carried <= end < len(has) and not (first == 0 and form.open_start):
            amount += max(0, form.at_least - (end - first))
    return amount


def _runs(has: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield first day and day after the last of every run."""
    first = 0
    for k, does in enumerate([*has, False]):
        if not does:
            if k > first:
                yield first, k
            first = k + 1


def _total(form: Total, choices: Choices, held: frozenset[int]) -> int:
    fixed = form.constant + sum(
        value for group, value in form.groups if any(map(choices.is_carried, group))
    )
    value = fixed + sum(
        value
        for group, value in form.groups
        if not any(map(choices.is_carried, group)) and not held.isdisjoint(group)
    )
    over = 0 if form.upper is None else max(0, value - max(form.upper, fixed))
    under = 0 if form.lower is None else max(0, form.lower - value)
    return over + under


def _spread(form: Spread, choices: Choices, held: frozenset[int]) -> int:
    values = [value for p, value in form.values if p in held or choices.is_carried(p)]
    if not values:
        return 0
    return -(-max(0, max(values) - min(values) - form.limit) // form.step)


def _free_stretch(form: FreeStretch, choices: Choices, held: frozenset[int]) -> int:
    def is_free(first: int, last: int, with_open: bool) -> bool:
        duties = [
            duty
            for p, duty in enumerate(choices.duties)
            if choices.is_carried(p) or (with_open and p in held)
        ]
        begins = [first, *(duty.end for duty in duties if first <= duty.end <= last)]
        return any(not any(duty.overlaps(u, u + form.length) for duty in duties) for u in begins)

    return sum(
        is_free(first, last, False) and not is_free(first, last, True)
        for first, last in form.windows
    )


_AMOUNTS: dict[type, Callable[[Any, Choices, frozenset[int]], int]] = {
    Conflict: _conflict,
    DutyCost: _duty_cost,
    Succession: _succession,
    Run: _run,
    Total: _total,
    Spread: _spread,
    FreeStretch: _free_stretch,
}
