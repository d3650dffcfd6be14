"""Runs by definition: for every way to work a few days, the rows charge what the definition says."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from staffing.domain.objective import Level, Tier
from staffing.model.forms import Choices, Run
from staffing.model.post import post
from tests.rules.world import days, template, world

D08, L14 = template("D08", "08:00", "16:00"), template("L14", "14:00", "22:00")
PRICE = 7
FIELDS = {"rule": "runs", "tier": Tier.BURNOUT, "unit_cost": PRICE}


def choices(planned: int, *carried: str) -> Choices:
    """Return ann's choices: two templates a day from Monday 30 November on, and what was carried in before."""
    problem = world("2026-11-30", planned, [D08, L14], carried={"ann": carried})
    open_ = tuple(sorted(problem.duties_of_site["here"], key=lambda duty: (duty.start, duty.end)))
    return Choices(agent=problem.agents[0], carried=problem.carry_in.of("ann"), open=open_)


def listed(own: Choices, first: str, last: str) -> tuple[tuple[int, ...], ...]:
    """Return the positions of each local date from first to last."""
    by_date = {str(date): positions for date, positions in own.by_date.items()}
    return tuple(by_date.get(text.split()[0], ()) for text in days(first, last, ""))


def charged(form: Run, own: Choices, *held: str) -> int | None:
    """Return the days that the rows charge when these duties (``30 D08``) are held; None where they forbid it."""
    model, solver = cp_model.CpModel(), cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.catch_sigint_signal = False
    wanted = [f"{duty.date:%d} {duty.template}" in held for duty in own.open]
    literals = [*[1] * len(own.carried), *(model.new_int_var(on, on, "") for on in wanted)]
    penalties = post(model, form, own, literals)
    model.minimize(sum(amount * cost for amount, cost in penalties))
    if solver.solve(model) == cp_model.INFEASIBLE:
        return None
    return round(solver.objective_value) // PRICE


def by_definition(form: Run, own: Choices, chosen: set[int]) -> int:
    """Walk along the days as the definition of the form does, one maximal run after the other."""
    open_days = [any(not own.is_carried(i) for i in day) for day in form.days]
    carried_days = [k for k, day in enumerate(form.days) if any(own.is_carried(i) for i in day)]
    has = [chosen.isdisjoint(day) if form.free else not chosen.isdisjoint(day) for day in form.days]
    amount, first = 0, 0
    while first < len(has):
        if not has[first]:
            first += 1
            continue
        end = next((k for k in range(first, len(has)) if not has[k]), len(has))
        if form.limit is not None:
            for day in range(first + form.limit, end):
                amount += any(open_days[day - form.limit : day + 1])
        ends = end < len(has) and end > max(carried_days, default=-1)
        if ends and not (form.open_start and first == 0):
            amount += max(0, form.at_least - (end - first))
        first = end
    return amount


@settings(max_examples=25)
@given(
    past=st.lists(st.booleans(), max_size=4),
    planned=st.lists(st.booleans(), min_size=1, max_size=5),
    limit=st.sampled_from([None, None, 1, 2, 3]),
    at_least=st.integers(0, 5),
    free=st.booleans(),
    open_start=st.booleans(),
)
def test_rows_charge_what_the_definition_says(past, planned, limit, at_least, free, open_start):
    dates = [str(text.split()[0]) for text in days("2026-11-26", "2026-11-29", "")]
    carried = [
        f"{date} D08" for date, worked in zip(dates[4 - len(past) :], past, strict=True) if worked
    ]
    own = choices(len(planned), *carried)
    lead = listed(own, dates[4 - len(past)], dates[-1]) if past else ()
    week = listed(
        own, "2026-11-30", f"2026-12-{len(planned) - 1:02}" if len(planned) > 1 else "2026-11-30"
    )
    form = Run(
        days=(*lead, *(day if able else () for day, able in zip(week, planned, strict=True))),
        limit=limit,
        at_least=at_least,
        free=free,
        open_start=open_start,
        level=Level.SHOULD,
        **FIELDS,
    )
    must = form.model_copy(update={"level": Level.MUST})
    usable = [[None, day[0]] if able else [None] for day, able in zip(week, planned, strict=True)]
    for held in product(*usable):
        chosen = {i for i in held if i is not None}
        names = [f"{own.duties[i].date:%d} {own.duties[i].template}" for i in chosen]
        amount = by_definition(form, own, chosen | set(range(len(own.carried))))
        assert charged(form, own, *names) == amount
        assert charged(must, own, *names) == (None if amount else 0)


def test_one_day_alone_of_three_asked_for_lacks_two():
    # Monday on, Tuesday off: two days are missing. Monday and Tuesday on: one. A run up to the last day may go on.
    own = choices(4)
    form = Run(
        days=listed(own, "2026-11-30", "2026-12-03"), at_least=3, level=Level.SHOULD, **FIELDS
    )
    assert charged(form, own, "30 D08") == 2
    assert charged(form, own, "30 D08", "01 L14") == 1
    assert charged(form, own, "30 D08", "01 D08", "02 D08") == 0
    assert charged(form, own, "02 D08", "03 D08") == 0
    # Two runs too short: Monday lacks two days, Wednesday too.
    assert charged(form, own, "30 D08", "02 D08") == 4


def test_a_run_that_touches_the_first_day_may_have_begun_before_it():
    own = choices(3)
    form = Run(
        days=listed(own, "2026-11-30", "2026-12-02"), at_least=3, level=Level.SHOULD, **FIELDS
    )
    open_start = form.model_copy(update={"open_start": True})
    assert (charged(form, own, "30 D08"), charged(open_start, own, "30 D08")) == (2, 0)
    assert (charged(form, own, "01 D08"), charged(open_start, own, "01 D08")) == (2, 2)


def test_a_carried_run_is_as_long_as_listed_and_a_planned_day_off_ends_it():
    # Sunday is carried in. Monday off leaves it one day of three; with Monday on it lacks one.
    own = choices(3, "2026-11-29 D08")
    form = Run(
        days=listed(own, "2026-11-29", "2026-12-02"), at_least=3, level=Level.SHOULD, **FIELDS
    )
    assert charged(form, own) == 2
    assert charged(form, own, "30 D08") == 1
    assert charged(form, own, "30 D08", "01 D08") == 0


def test_a_day_off_between_two_working_days_is_too_short():
    # Off on Tuesday alone; off on Tuesday and Wednesday. Nothing can be held on a Tuesday that lists no duty.
    own = choices(4)
    on, tuesday = listed(own, "2026-11-30", "2026-12-03"), listed(own, "2026-12-01", "2026-12-01")
    form = Run(days=on, at_least=2, free=True, level=Level.MUST, **FIELDS)
    assert charged(form, own, "30 D08", "02 D08", "03 D08") is None
    assert charged(form, own, "30 D08", "03 D08") == 0
    away = form.model_copy(update={"days": tuple(() if day in tuesday else day for day in on)})
    assert charged(away, own, "30 D08", "02 D08", "03 D08") is None


def test_days_off_beyond_the_limit_cost_as_they_come():
    # Two days off are the most. Four free days, of which the last two are beyond.
    own = choices(4)
    form = Run(
        days=listed(own, "2026-11-30", "2026-12-03"),
        limit=2,
        free=True,
        level=Level.SHOULD,
        **FIELDS,
    )
    assert charged(form, own) == 2
    assert charged(form, own, "02 L14") == 0


@pytest.mark.parametrize("level", [Level.MUST, Level.SHOULD])
def test_a_run_without_limits_asks_for_nothing(level):
    own = choices(2)
    form = Run(days=listed(own, "2026-11-30", "2026-12-01"), at_least=1, level=level, **FIELDS)
    assert charged(form, own, "30 D08") == 0
