"""An excerpt says of open duties what the whole program says, less what all others cost."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from staffing.solvers.instance import prepare
from staffing.solvers.master.excerpt import excerpt
from staffing.solvers.master.linear import LinearService
from staffing.solvers.master.restricted import RestrictedMaster
from staffing.solvers.master.service import service_model
from staffing.solvers.master.waiting import waiting_of
from staffing.solvers.parts import parts_of
from tests.solvers.drawn import draw_book, draw_problem
from tests.solvers.headed import headed
from tests.solvers.master.world import drawn, idle


def cost_of(service: LinearService, counts) -> float | None:
    """Return what so many people on each duty come to: nobody is there to be given a tour. None: it cannot be."""
    prices = RestrictedMaster(service, (), (), counts).relax()
    return None if prices is None else prices.objective


def drawn_counts(service: LinearService, rng: np.random.Generator):
    return [rng.integers(0, 2, own.shape[0]).astype(float) for own in service.effects]


@settings(max_examples=30)
@given(seed=st.integers(0, 10**6))
def test_what_open_duties_change_costs_the_same_as_in_the_whole(seed):
    found = drawn(seed)
    assume(found is not None)
    service = service_model(found.instance, found.teams).linear
    rng = np.random.default_rng(seed)
    is_open = [rng.random(own.shape[0]) < 0.4 for own in service.effects]
    first, second = (drawn_counts(service, rng) for _ in range(2))
    then = [np.where(o, b, a) for o, a, b in zip(is_open, first, second, strict=True)]
    part = excerpt(service, is_open, first)
    costs = cost_of(service, then), cost_of(service, first)
    assume(None not in costs)
    within = [
        cost_of(part, [count[o] for count, o in zip(counts, is_open, strict=True)])
        for counts in (then, first)
    ]
    assert within[0] - within[1] == pytest.approx(costs[0] - costs[1], rel=1e-6, abs=1e-3)


def test_heads_of_closed_days_leave_the_program():
    parts = headed(Random(0).randrange(10**6))
    service = parts.service.linear
    is_open = [np.arange(own.shape[0]) < 1 for own in service.effects]
    nothing = [np.zeros(own.shape[0]) for own in service.effects]
    part = excerpt(service, is_open, nothing)
    assert sum(own.shape[0] for own in part.effects) == len(service.effects)
    assert len(part.program.variables.ids) < len(service.program.variables.ids) / 2
    assert {t for _, _, t in part.sore} < {t for _, _, t in service.sore}


@settings(max_examples=30)
@given(seed=st.integers(0, 10**6))
def test_work_elsewhere_that_stands_still_costs_what_it_did_and_can_only_make_a_change_dearer(seed):
    rng = Random(seed)
    parts = parts_of(prepare(draw_problem(rng, days=6), draw_book(rng)))
    best = idle(parts)
    assume(best is not None)
    whole, numbers = parts.service.linear, np.random.default_rng(seed)
    first = list(parts.counts(best.plan))
    days = {duty.date for team in parts.teams for duty in team.duties}
    assume(days)
    is_open = [
        np.array([duty.date == min(days) for duty in team.duties], bool) for team in parts.teams
    ]
    still = waiting_of(parts).elsewhere(best, is_open)
    assert np.isnan(still).any()
    part = excerpt(whole, is_open, first, still)
    then = [
        np.where(open_, numbers.integers(0, 3, len(own)), own)
        for open_, own in zip(is_open, first, strict=True)
    ]
    truly = cost_of(whole, then), cost_of(whole, first)
    within = [
        cost_of(part, [count[o] for count, o in zip(counts, is_open, strict=True)])
        for counts in (then, first)
    ]
    assert None not in truly
    assert within[1] is not None
    assert (
        within[0] is None or within[0] - within[1] >= truly[0] - truly[1] - 1e-3 - 1e-6 * truly[1]
    )
