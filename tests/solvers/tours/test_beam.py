"""With few labels a day: a tour that keeps the musts is found all the same, and a sweep never makes it dearer."""

from __future__ import annotations

import datetime as dt
from random import Random

import numpy as np
import pytest

from staffing.domain.objective import Level, Tier
from staffing.domain.shifts import Duty
from staffing.model.forms import Choices, Run, Total
from staffing.solvers.classes import Member
from staffing.solvers.tours import room
from staffing.solvers.tours.space import BEAM, TourSpace
from tests.rules.world import agent, world
from tests.solvers.tours.brute import every_tour, reduced
from tests.solvers.tours.drawn import draw_member

MONDAY, DAY = dt.date(2024, 1, 1), dt.timedelta(days=1)
MUST = {"rule": "drawn", "level": Level.MUST, "tier": Tier.BURNOUT, "unit_cost": 0}


@pytest.mark.parametrize("seed", range(20))
def test_a_beam_finds_a_tour_where_there_is_one(seed, monkeypatch):
    monkeypatch.setattr(room, "FIRST_PASS", 1)
    space = TourSpace(*draw_member(Random(seed)))
    tours = every_tour(space)
    prices = np.random.default_rng(seed).normal(0, 300, space.duties).round()
    found = space.cheapest(prices, labels=2)
    assert set(found) <= set(tours)
    assert bool(found) == bool(tours)
    if found:
        swept = space.swept(prices, found[0], labels=1)
        assert reduced(swept, prices) <= reduced(found[0], prices)


def half_a_year() -> TourSpace:
    """Return 26 weeks of 8 and 12 hours a day: 980 to 986 hours, 13 weekends, two to five days on, two or more off.

    Each week has room for 60 h at most, and 38 h are needed; every second weekend is free.
    """
    days = 182
    duties = [
        Duty(
            site="here",
            template=f"T{hours}",
            date=MONDAY + day * DAY,
            start=day * 1440 + 60 * start,
            end=day * 1440 + 60 * (start + hours),
            start_local=60 * start,
        )
        for day in range(days)
        for start, hours in ((0, 8), (12, 12))
    ]
    who = agent()
    choices = Choices(agent=who, carried=(), open=tuple(duties))
    on = tuple((2 * day, 2 * day + 1) for day in range(days))
    weekends = tuple(((*on[day], *on[day + 1]), 1) for day in range(5, days, 7))
    hours = tuple(((k,), (8, 12)[k % 2]) for k in range(2 * days))
    forms = (
        Total(groups=hours, lower=980, upper=986, **MUST),
        Total(groups=weekends, upper=13, **MUST),
        Run(days=on, limit=5, at_least=2, open_start=True, **MUST),
        Run(days=on, at_least=2, free=True, open_start=True, **MUST),
    )
    return TourSpace(world(str(MONDAY), days, []), Member(who, choices, forms))


def test_half_a_year_keeps_its_limits_whatever_pulls():
    space = half_a_year()
    weekend = np.array([duty.date.weekday() >= 5 for duty in space.choices.open])
    free, work = np.full(space.duties, -5000.0), np.full(space.duties, 5000.0)
    for prices in (free, work, np.where(weekend, work, free)):
        found = space.cheapest(prices, labels=BEAM)
        assert found[0].cost == space.cost(found[0].positions)
        swept = space.swept(prices, found[0], BEAM)
        assert swept.cost == space.cost(swept.positions)
        assert reduced(swept, prices) <= reduced(found[0], prices)
