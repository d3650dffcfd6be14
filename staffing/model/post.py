"""Forms as rows of CP-SAT: must-forms bind, all others return what they cost.

Carried duties enter as the constant 1. A row that the carry-in alone already breaks is relaxed to what it had: it is
inherited, and may not be made worse.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import singledispatch

from ortools.sat.python import cp_model

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
from staffing.model.run_rows import run_rows
from staffing.model.terms import Linear, Literal, Penalty

__all__ = ["Linear", "Literal", "Penalty", "post"]


def post(
    model: cp_model.CpModel, form: PersonalForm, choices: Choices, literals: Sequence[Literal]
) -> list[Penalty]:
    """Post a personal form.

    Parameters
    ----------
    literals
        One per position of ``choices.duties``: the constant 1 for carried duties, a Boolean for open ones.

    Returns
    -------
    list of (amount, unit cost)
        What the form adds to the objective; empty for a must.
    """
    return _post(form, model, choices, literals)


@singledispatch
def _post(
    form: PersonalForm, model: cp_model.CpModel, choices: Choices, literals: Sequence[Literal]
) -> list[Penalty]:
    raise TypeError(f"no rows for {type(form).__name__}")


_post.register(Run, run_rows)


@_post.register(Conflict)
def _conflict(
    form: Conflict, model: cp_model.CpModel, choices: Choices, literals: Sequence[Literal]
) -> list[Penalty]:
    for clique in form.cliques:
        open_ = [literals[i] for i in clique if not choices.is_carried(i)]
        if len(open_) < len(clique):
            for literal in open_:
                model.add(literal == 0)
        else:
            model.add(sum(open_) <= 1)
    return []


@_post.register(DutyCost)
def _duty_cost(
    form: DutyCost, model: cp_model.CpModel, choices: Choices, literals: Sequence[Literal]
) -> list[Penalty]:
    charged = [(i, amount) for i, amount in form.amounts if not choices.is_carried(i)]
    if form.level is Level.MUST:
        for i, amount in charged:
            if amount > 0:
                model.add(literals[i] == 0)
        return []
    return [(literals[i], amount * form.unit_cost) for i, amount in charged]


@_post.register(Succession)
def _succession(
    form: Succession, model: cp_model.CpModel, choices: Choices, literals: Sequence[Literal]
) -> list[Penalty]:
    penalties: list[Penalty] = []
    for earlier, later, between in _by_later_day(form, choices):
        met = sum(literals[k] for k in between)
        if form.level is Level.MUST:
            model.add(literals[earlier] + sum(literals[j] for j, _ in later) - met <= 1)
            continue
        worst = max(amount for _, amount in later)
        due = sum(amount * literals[j] for j, amount in later)
        due = due - worst * met
        if choices.is_carried(earlier) and not between:
            penalties.append((due, form.unit_cost))
            continue
        amount = model.new_int_var(0, worst, "succession")
        model.add(amount >= due - worst * (1 - literals[earlier]))
        penalties.append((amount, form.unit_cost))
    return penalties


def _by_later_day(
    form: Succession, choices: Choices
) -> Iterator[tuple[int, list[tuple[int, int]], tuple[int, ...]]]:
    """Yield (earlier, [(later, amount)] of one local day, positions between) for neighbours not wholly carried."""
    grouped: dict[tuple[int, tuple[int, ...]], dict[str, list[tuple[int, int]]]] = {}
    for i, j, amount in form.pairs:
        if choices.is_carried(j) or not choices.can_precede_open(i):
            continue
        key = (i, _between(choices, i, j))
        grouped.setdefault(key, defaultdict(list))[choices.duties[j].date.isoformat()].append(
            (j, amount)
        )
    for (i, between), days in grouped.items():
        for later in days.values():
            yield i, later, between


def _between(choices: Choices, i: int, j: int) -> tuple[int, ...]:
    """Return positions that start between two duties and can stand beside both."""
    first, last = choices.duties[i], choices.duties[j]
    if (last.date - first.date).days <= 1:
        return ()
    return tuple(
        k
        for k, duty in enumerate(choices.duties)
        if first.start < duty.start < last.start
        and duty.date not in (first.date, last.date)
        and not duty.overlaps(first.start, first.end)
        and not duty.overlaps(last.start, last.end)
    )


@_post.register(Total)
def _total(
    form: Total, model: cp_model.CpModel, choices: Choices, literals: Sequence[Literal]
) -> list[Penalty]:
    carried = form.constant
    open_: list[Linear] = []
    for positions, value in form.groups:
        if any(choices.is_carried(i) for i in positions):
            carried += value
        elif len(positions) == 1:
            open_.append(value * literals[positions[0]])
        elif positions:
            worked = model.new_bool_var("group")
            for i in positions:
                model.add(worked >= literals[i])
            model.add(worked <= sum(literals[i] for i in positions))
            open_.append(value * worked)
    total = carried + sum(open_)
    penalties: list[Penalty] = []
    bound = sum(abs(value) for _, value in form.groups) + abs(form.constant)
    if form.upper is not None:
        upper = max(form.upper, carried)
        penalties += _beyond(model, form, total - upper, bound + abs(upper))
    if form.lower is not None:
        penalties += _beyond(model, form, form.lower - total, bound + abs(form.lower))
    return penalties


def _beyond(
    model: cp_model.CpModel,
    form: Total | Spread,
    excess: Linear,
    bound: int,
    step: int = 1,
) -> list[Penalty]:
    """Forbid, or charge for, an excess above 0, by started steps."""
    if form.level is Level.MUST:
        model.add(excess <= 0)
        return []
    amount = model.new_int_var(0, bound, form.form)
    model.add(step * amount >= excess)
    return [(amount, form.unit_cost)]


@_post.register(Spread)
def _spread(
    form: Spread, model: cp_model.CpModel, choices: Choices, literals: Sequence[Literal]
) -> list[Penalty]:
    if not form.values:
        return []
    low, high = min(v for _, v in form.values), max(v for _, v in form.values)
    greatest = model.new_int_var(low, high, "greatest")
    smallest = model.new_int_var(low, high, "smallest")
    by_value: dict[int, list[Literal]] = defaultdict(list)
    for i, value in form.values:
        by_value[value].append(literals[i])
    for value, holders in by_value.items():
        for literal in holders:
            model.add(greatest >= value * literal + low * (1 - literal))
            model.add(smallest <= value * literal + high * (1 - literal))
    return _beyond(model, form, greatest - smallest - form.limit, high - low, form.step)


@_post.register(FreeStretch)
def _free_stretch(
    form: FreeStretch, model: cp_model.CpModel, choices: Choices, literals: Sequence[Literal]
) -> list[Penalty]:
    begins = _Begins(form, model, choices, literals)
    penalties: list[Penalty] = []
    for first, last in form.windows:
        free = begins.within(first, last)
        if free is None or not free:
            continue
        if form.level is Level.MUST:
            model.add(sum(free) >= 1)
        else:
            none = model.new_bool_var("no_free_stretch")
            model.add(sum(free) + none >= 1)
            penalties.append((none, form.unit_cost))
    return penalties


class _Begins:
    """Booleans *a free stretch begins at minute u*, shared by the windows of one form."""

    def __init__(
        self,
        form: FreeStretch,
        model: cp_model.CpModel,
        choices: Choices,
        literals: Sequence[Literal],
    ) -> None:
        self._form, self._model, self._choices, self._literals = form, model, choices, literals
        self._made: dict[int, cp_model.IntVar | bool] = {}

    def within(self, first: int, last: int) -> list[cp_model.IntVar] | None:
        """Return the Booleans of a window: None where it is free anyhow, [] where the carry-in alone breaks it."""
        minutes = {first} | {duty.end for duty in self._choices.duties if first <= duty.end <= last}
        found: list[cp_model.IntVar] = []
        for minute in sorted(minutes):
            begin = self._at(minute)
            if begin is True:
                return None
            if begin is not False:
                found.append(begin)
        return found

    def _at(self, minute: int) -> cp_model.IntVar | bool:
        if minute not in self._made:
            met = [
                i
                for i, duty in enumerate(self._choices.duties)
                if duty.overlaps(minute, minute + self._form.length)
            ]
            if not met:
                self._made[minute] = True
            elif any(self._choices.is_carried(i) for i in met):
                self._made[minute] = False
            else:
                begin = self._model.new_bool_var("free")
                for i in met:
                    self._model.add(begin + self._literals[i] <= 1)
                self._made[minute] = begin
        return self._made[minute]
