"""What each move costs on its own: pay, costs of single duties, and sums that a single day decides, such as a wish."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from staffing.domain.objective import Level
from staffing.model.forms import DutyCost, PersonalForm
from staffing.solvers.tours.days import NOTHING, Days
from staffing.solvers.tours.records import Floats
from staffing.solvers.tours.totals import Sum


def is_of_one_day(total: Sum) -> bool:
    """Tell whether the duty of a single day decides what a sum costs."""
    first, last = total.span
    return first == last and not total.spanning


def move_costs(
    forms: Sequence[PersonalForm], daily: Iterable[Sum], days: Days, pay: Sequence[int]
) -> Floats:
    """Return what each move costs on its own, day after day; inf where a must of that day is broken.

    Parameters
    ----------
    daily
        Sums of one day.
    pay
        What each open duty is paid.
    """
    cost = _duty_costs(forms, days, pay)[days.flat]
    first = days.begin
    for total in daily:
        day = total.span[0]
        gains = [0 if move == NOTHING else total.single.get(move, 0) for move in days.moves[day]]
        cost[first[day] : first[day + 1]] += total.cost(np.array(gains, np.int64))
    return cost


def _duty_costs(forms: Sequence[PersonalForm], days: Days, pay: Sequence[int]) -> Floats:
    """Return what each open duty costs, and at the end what no duty costs."""
    own = np.array([*pay, 0.0])
    for form in forms:
        if isinstance(form, DutyCost) and form.level is not Level.MUST:
            for position, amount in form.amounts:
                if position >= days.carried:
                    own[position - days.carried] += amount * form.unit_cost
    return own
