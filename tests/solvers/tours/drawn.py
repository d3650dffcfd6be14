"""Forms drawn at random over drawn duties, harder than any rule makes them."""

from __future__ import annotations

import datetime as dt
from random import Random

from staffing.domain.objective import Level, Tier
from staffing.domain.problem import Problem
from staffing.domain.shifts import Duty
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
from staffing.model.pairs import NextDay
from staffing.solvers.classes import Member
from tests.rules.world import agent, world

FIRST = dt.date(2026, 10, 23)
DAY_MINUTES = 1440


def draw_member(rng: Random) -> tuple[Problem, Member]:
    """Return a person with three to six planned days, up to three days before them, and three to eight forms."""
    carried = _duties(rng, -rng.randint(0, 3), 0, most=1)
    open_ = _duties(rng, 0, rng.randint(3, 6), most=2)
    pinned = tuple(len(carried) + k for k in range(len(open_)) if rng.random() < 0.1)
    dates = [open_[p - len(carried)].date for p in pinned]
    one_a_date = tuple(p for p, date in zip(pinned, dates, strict=True) if dates.count(date) == 1)
    choices = Choices(agent=agent(), carried=carried, open=open_, pinned=one_a_date)
    forms = tuple(_form(rng, choices) for _ in range(rng.randint(3, 8)))
    return world(str(FIRST), 7, []), Member(choices.agent, choices, forms)


def _duties(rng: Random, first: int, end: int, *, most: int) -> tuple[Duty, ...]:
    found = []
    for day in range(first, end):
        starts = rng.sample((0, 360, 480, 840, 1320), rng.choice((0, most, most)))
        for start in sorted(starts):
            begin = day * DAY_MINUTES + start
            found.append(
                Duty(
                    site="here",
                    template=f"T{start}",
                    date=FIRST + dt.timedelta(days=day),
                    start=begin,
                    end=begin + rng.choice((240, 480, 600, 1500)),
                    start_local=start,
                )
            )
    return tuple(found)


def _form(rng: Random, choices: Choices) -> PersonalForm:
    kind = rng.choice(
        (_total, _total, _run, _run, _spread, _succession, _stretch, _cost, _conflict)
    )
    level = rng.choice((Level.MUST, Level.SHOULD, Level.SHOULD))
    fields = {
        "rule": "drawn",
        "level": level,
        "tier": Tier.BURNOUT,
        "unit_cost": 0 if level is Level.MUST else rng.choice((1, 7, 60)),
    }
    return kind(rng, choices, fields)


def _some(rng: Random, choices: Choices, share: float = 0.6) -> list[int]:
    return [p for p in range(len(choices.duties)) if rng.random() < share]


def _total(rng: Random, choices: Choices, fields: dict[str, object]) -> Total:
    """Draw single duties, and groups that reach over several days and into the carry-in."""
    values = rng.choice(((480,), (450, 480, 600), (1, 2), (1, -1, 3)))
    groups = [((p,), rng.choice(values)) for p in _some(rng, choices)]
    groups += [
        (tuple(_some(rng, choices, 0.3)), rng.choice(values))
        for _ in range(rng.choice((0, 0, 1, 3)))
    ]
    unit = max(values)
    lower = rng.choice((None, unit * rng.randint(0, 3)))
    upper = rng.choice((None, unit * rng.randint(0, 4)))
    constant = rng.choice((0, 0, unit))
    return Total(groups=tuple(groups), constant=constant, lower=lower, upper=upper, **fields)


def _run(rng: Random, choices: Choices, fields: dict[str, object]) -> Run:
    counts = set(_some(rng, choices, rng.choice((0.5, 1.0))))
    first = min((duty.date for duty in choices.duties), default=FIRST)
    dates = [first + dt.timedelta(days=k) for k in range(rng.randint(4, 10))]
    days = (tuple(p for p in choices.by_date.get(date, ()) if p in counts) for date in dates)
    return Run(
        days=tuple(days),
        limit=rng.choice((None, 0, 1, 2, 3)),
        at_least=rng.choice((0, 2, 3)),
        free=rng.random() < 0.5,
        open_start=rng.random() < 0.5,
        **fields,
    )


def _spread(rng: Random, choices: Choices, fields: dict[str, object]) -> Spread:
    values = tuple((p, choices.duties[p].start_local) for p in _some(rng, choices, 0.8))
    return Spread(
        values=values, limit=rng.choice((0, 120, 500)), step=rng.choice((1, 30)), **fields
    )


def _succession(rng: Random, choices: Choices, fields: dict[str, object]) -> Succession:
    if rng.random() < 0.4:
        return Succession(pairs=_by_kind(rng, choices), **fields)
    pairs = tuple(
        (i, j, rng.randint(1, 5))
        for i in range(len(choices.duties))
        for j in range(max(i + 1, len(choices.carried)), min(i + 7, len(choices.duties)))
        if choices.duties[i].date < choices.duties[j].date and rng.random() < 0.3
    )
    return Succession(pairs=pairs, **fields)


def _by_kind(rng: Random, choices: Choices) -> NextDay:
    kinds = tuple(duty.start_local // 480 for duty in choices.duties)
    return NextDay(
        kinds=kinds,
        days=tuple(duty.date.toordinal() for duty in choices.duties),
        charges=tuple(
            (one, other, rng.randint(1, 5))
            for one in range(3)
            for other in range(3)
            if rng.random() < 0.4
        ),
        carried=len(choices.carried),
    )


def _stretch(rng: Random, choices: Choices, fields: dict[str, object]) -> FreeStretch:
    firsts = [
        rng.randrange(-2 * DAY_MINUTES, 5 * DAY_MINUTES, 60) for _ in range(rng.randint(1, 5))
    ]
    windows = tuple((first, first + rng.randrange(0, 3 * DAY_MINUTES, 60)) for first in firsts)
    return FreeStretch(length=rng.choice((600, 1440, 2100)), windows=windows, **fields)


def _cost(rng: Random, choices: Choices, fields: dict[str, object]) -> DutyCost:
    return DutyCost(amounts=tuple((p, rng.randint(0, 3)) for p in _some(rng, choices)), **fields)


def _conflict(rng: Random, choices: Choices, fields: dict[str, object]) -> Conflict:
    cliques = tuple(tuple(_some(rng, choices, 0.3)) for _ in range(rng.randint(1, 3)))
    return Conflict(cliques=cliques, **{**fields, "level": Level.MUST, "unit_cost": 0})
