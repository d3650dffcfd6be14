"""Forms to the program of one person: which become tables, which sums, and which never matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from staffing.domain.objective import Level
from staffing.model.forms import FreeStretch, PersonalForm, Run, Spread, Total
from staffing.solvers.tours.costs import is_of_one_day, move_costs
from staffing.solvers.tours.days import Days
from staffing.solvers.tours.guide import FEW_STATES, guide
from staffing.solvers.tours.layers import Layers, Machine, explore
from staffing.solvers.tours.neighbours import far_cliques, neighbour_layers
from staffing.solvers.tours.records import Floats, Ints, Program
from staffing.solvers.tours.runs import RunMachine
from staffing.solvers.tours.spread_arrays import carried_width, is_idle, spread_arrays
from staffing.solvers.tours.stretches import stretch_machines
from staffing.solvers.tours.sum_arrays import bits_of, sum_arrays
from staffing.solvers.tours.table_arrays import table_arrays
from staffing.solvers.tours.totals import Sum, TotalMachine, clique_sums, sums_of

GUIDE_STEPS, MOST_STATES = 40_000, 1024
"""What a bound may look at on a day, and most states of the guide on it."""
ANY_STATES = 1 << 20


@dataclass(frozen=True)
class Compiled:
    """A program, and what stands beside it.

    Parameters
    ----------
    program
        None where there is nothing to choose, or no tour.
    base
        What a tour costs whatever is chosen; inf: there is none.
    duty, cost
        Of each move: the open duty, or NOTHING, and what it costs on its own.
    width
        Numbers of a state.
    seams
        ``seams[day]``: whether no spanning group of a sum and no spread reaches over the beginning of the day; one more
        at the end.
    """

    program: Program | None
    base: float
    duty: Ints
    cost: Floats
    width: int
    seams: NDArray[np.bool_]


def compiled_forms(forms: Sequence[PersonalForm], days: Days, pay: Sequence[int]) -> Compiled:
    """Compile forms; ``pay`` is what each open duty costs on its own."""
    if not all(days.moves):
        return _without_program(np.inf)
    spreads = [form for form in forms if isinstance(form, Spread)]
    last_duty = neighbour_layers(forms, days)
    daily, sums, tabled, idle_cost = _split(forms, days)
    walkers = [_explored(machine, days) for machine in _walkers(forms, days)]
    base = idle_cost + last_duty.base + sum(_carried_cost(form, days) for form in spreads)
    if not days.moves or base == np.inf:
        return _without_program(base + sum(machine.base for machine in walkers))
    most = _most_states(last_duty, days)
    guided = guide([*walkers, *(layers for _, layers in tabled)], days, most)
    while not guided.is_whole and any(not total.spanning for total, _ in tabled):
        k = max(k for k, (total, _) in enumerate(tabled) if not total.spanning)
        sums.append(tabled.pop(k)[0])
        guided = guide([*walkers, *(layers for _, layers in tabled)], days, most)
    base += guided.base + sum(map(_least_cost, sums))
    if base == np.inf:
        return _without_program(base)
    duty, first = days.flat, days.begin
    spreads = [form for form in spreads if not is_idle(form, days)]
    tables = 2 + len(guided.parts)
    sums_as = sum_arrays(sums, days, tables)
    offset = int(sums_as.head["slot"].max(initial=tables - 2)) + 2
    spreads_as = spread_arrays(spreads, days, duty, first, offset)
    width = int(spreads_as.head["slot"].max(initial=offset - 2)) + 2
    program = Program(first, table_arrays(last_duty, guided), sums_as, spreads_as)
    return Compiled(
        program, base, duty, move_costs(forms, daily, days, pay), width, _seams(sums, program, days)
    )


def _without_program(base: float) -> Compiled:
    return Compiled(None, base, np.zeros(0, np.int32), np.zeros(0), 0, np.ones(1, bool))


def _seams(sums: Sequence[Sum], program: Program, days: Days) -> NDArray[np.bool_]:
    seams = np.ones(len(days.moves) + 1, bool)
    for total in sums:
        for (group, _), last in zip(total.spanning, total.last_day_of_group, strict=True):
            seams[min(days.day_of[i] for i in group) + 1 : last + 1] = False
    for one in program.spreads.head:
        seams[one.first + 1 : one.last + 1] = False
    return seams


def _split(
    forms: Sequence[PersonalForm], days: Days
) -> tuple[list[Sum], list[Sum], list[tuple[Sum, Layers]], float]:
    """Return sums of one day, those of many values, those of few as machines (smallest first).

    At the end, what those that never matter cost.
    """
    daily: list[Sum] = []
    many: list[Sum] = []
    few: list[tuple[Sum, Layers]] = []
    idle_cost = 0.0
    totals = [form for form in forms if isinstance(form, Total)]
    for total in sums_of(totals, days) + clique_sums(far_cliques(forms, days), days):
        if total.is_idle:
            idle_cost += _least_cost(total)
            continue
        if is_of_one_day(total):
            daily.append(total)
            continue
        if bits_of(total) is not None and not total.has_few_values(FEW_STATES):
            many.append(total)
            continue
        most = FEW_STATES if bits_of(total) is not None else ANY_STATES
        layers = explore(TotalMachine(total), days, most)
        if layers is None:
            many.append(total)
        else:
            few.append((total, layers))
    return daily, many, sorted(few, key=lambda one: one[1].width), idle_cost


def _most_states(last_duty: Layers, days: Days) -> int:
    """Return how large the guide may be: a bound looks at each of its states with each last duty and move."""
    moves = sum(map(len, days.moves)) / len(days.moves)
    return min(max(int(GUIDE_STEPS / (last_duty.width * moves)), FEW_STATES), MOST_STATES)


def _walkers(forms: Sequence[PersonalForm], days: Days) -> list[Machine]:
    found: list[Machine] = []
    for form in forms:
        if isinstance(form, Run):
            found.append(RunMachine(form, days))
        elif isinstance(form, FreeStretch):
            found += stretch_machines(form, days)
    return found


def _explored(machine: Machine, days: Days) -> Layers:
    layers = explore(machine, days, ANY_STATES)
    assert layers is not None
    return layers


def _least_cost(total: Sum) -> float:
    """Return the least that a sum can cost."""
    least, most = total.reach
    return float(total.cost(np.arange(least[0], most[0] + 1)).min())


def _carried_cost(form: Spread, days: Days) -> float:
    steps = carried_width(form, days)
    if steps and form.level is Level.MUST:
        return np.inf
    return float(steps * form.unit_cost)
