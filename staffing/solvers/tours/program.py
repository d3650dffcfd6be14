"""Forms to the program of one person: which become tables, which sums, and which never matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from staffing.domain.objective import Level
from staffing.model.forms import DutyCost, FreeStretch, PersonalForm, Run, Spread, Total
from staffing.solvers.tours.days import Days
from staffing.solvers.tours.layers import Layers, Machine, explore, product
from staffing.solvers.tours.neighbours import far_cliques, neighbour_layers
from staffing.solvers.tours.records import Floats, Ints, Program
from staffing.solvers.tours.runs import RunMachine
from staffing.solvers.tours.spread_arrays import carried_width, is_idle, spread_arrays
from staffing.solvers.tours.stretches import stretch_machines
from staffing.solvers.tours.sum_arrays import bits_of, sum_arrays
from staffing.solvers.tours.table_arrays import table_arrays
from staffing.solvers.tours.totals import Sum, TotalMachine, clique_sums, sums_of

FEW_STATES = 48
"""A sum of no more states is a table, and tables are put together up to this."""
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
    """

    program: Program | None
    base: float
    duty: Ints
    cost: Floats
    width: int


def compiled_forms(forms: Sequence[PersonalForm], days: Days, pay: Sequence[int]) -> Compiled:
    """Compile forms; ``pay`` is what each open duty costs on its own."""
    if not all(days.moves):
        return _without_program(np.inf)
    base = 0.0
    sums, machines = [], list[Layers]()
    totals = [form for form in forms if isinstance(form, Total)]
    for total in sums_of(totals, days) + clique_sums(far_cliques(forms, days), days):
        if total.is_idle:
            base += _least_cost(total)
            continue
        most = FEW_STATES if bits_of(total) is not None else ANY_STATES
        layers = explore(TotalMachine(total), days, most)
        if layers is None:
            sums.append(total)
            base += _least_cost(total)
        else:
            machines.append(layers)
    machines += [_explored(machine, days) for machine in _walkers(forms, days)]
    spreads = [form for form in forms if isinstance(form, Spread)]
    base += sum(_carried_cost(form, days) for form in spreads)
    machines.append(neighbour_layers(forms, days))
    base += sum(machine.base for machine in machines)
    if not days.moves or base == np.inf:
        return _without_program(base)
    tables, more = _together(machines)
    base += more
    if base == np.inf:
        return _without_program(base)
    duty = np.array([move for moves in days.moves for move in moves], np.int32)
    first = np.cumsum([0, *map(len, days.moves)])
    spreads = [form for form in spreads if not is_idle(form, days)]
    sums_as = sum_arrays(sums, days, duty, len(tables))
    offset = int(sums_as.head["slot"].max(initial=len(tables) - 2)) + 2
    spreads_as = spread_arrays(spreads, days, duty, first, offset)
    width = int(spreads_as.head["slot"].max(initial=offset - 2)) + 2
    program = Program(first, table_arrays(tables), sums_as, spreads_as)
    return Compiled(program, base, duty, _own_costs(forms, days, pay)[duty], width)


def _without_program(base: float) -> Compiled:
    return Compiled(None, base, np.zeros(0, np.int32), np.zeros(0), 0)


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


def _together(machines: Sequence[Layers]) -> tuple[list[Layers], float]:
    """Put small machines together, so that a label has few of them; the last one comes first and stays alone.

    Returns
    -------
    tables, float
        The machines, without those that never matter, and what they cost in any case beyond what each one does.
    """
    found = [machines[-1]]
    more = 0.0
    for machine in sorted(machines[:-1], key=lambda machine: machine.width):
        if machine.is_idle:
            continue
        both = product(found[-1], machine, FEW_STATES) if len(found) > 1 else None
        if both is None:
            found.append(machine)
            continue
        more += both.base
        if more == np.inf:
            break
        found[-1] = both
    return found, more


def _least_cost(total: Sum) -> float:
    """Return the least that a sum can cost."""
    least, most = total.reach
    return float(total.cost(np.arange(least[0], most[0] + 1)).min())


def _carried_cost(form: Spread, days: Days) -> float:
    steps = carried_width(form, days)
    if steps and form.level is Level.MUST:
        return np.inf
    return float(steps * form.unit_cost)


def _own_costs(forms: Sequence[PersonalForm], days: Days, pay: Sequence[int]) -> Floats:
    """Return what each open duty costs on its own, and at the end what no duty costs."""
    own = np.array([*pay, 0.0])
    for form in forms:
        if isinstance(form, DutyCost) and form.level is not Level.MUST:
            for position, amount in form.amounts:
                if position >= days.carried:
                    own[position - days.carried] += amount * form.unit_cost
    return own
