"""Column generation: a bound below every roster, reached by the master in the end."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from staffing.solvers.allocation import allocation
from staffing.solvers.incumbent import whole_bound
from staffing.solvers.master import stages
from staffing.solvers.master.dive import dive
from staffing.solvers.master.generate import TAIL, Generation
from staffing.solvers.master.part import Part
from staffing.solvers.master.restricted import RestrictedMaster
from staffing.solvers.master.service import service_model
from staffing.solvers.parts import parts_of
from tests.solvers.master.world import drawn
from tests.solvers.optimum import optimum


@settings(max_examples=40)
@given(seed=st.integers(0, 10**6))
def test_every_bound_is_below_the_optimum_and_the_master_meets_the_last(seed):
    found = drawn(seed)
    assume(found is not None)
    best = optimum(found.instance)
    assert best is not None  # a tour for everybody is a roster
    told: list[float] = []
    generation = Generation(found.master, found.price, told.append)
    generation.run(lambda: True)
    assert told == sorted(told)
    assert whole_bound(told[-1]) <= best[0]
    objective = found.master.relax().objective
    assert generation.bound == told[-1] == pytest.approx(objective, rel=1e-6, abs=1e-3)


@settings(max_examples=20)
@given(seed=st.integers(0, 10**6))
def test_few_labels_prove_a_bound_without_a_search(seed):
    found = drawn(seed)
    assume(found is not None)
    best = optimum(found.instance)
    told: list[float] = []
    generation = Generation(found.master, found.price, told.append, labels=1)
    generation.run(lambda: True)
    assert told == []
    generation.prove()
    assert len(told) == 1
    assert whole_bound(told[0]) <= best[0]
    assert told[0] <= found.master.relax().objective + 1e-3


@settings(max_examples=20)
@given(seed=st.integers(0, 10**6))
def test_few_labels_end_where_all_of_them_do_when_no_tour_is_missed(seed):
    found = drawn(seed)
    assume(found is not None)
    few = parts_of(found.instance).master()
    for column in found.master.columns:
        few.add(*column)
    Generation(few, found.price, lambda bound: None, labels=10**6).run(lambda: True)
    generation = Generation(found.master, found.price, lambda bound: None)
    generation.run(lambda: True)
    assert few.relax().objective == pytest.approx(generation.bound, rel=1e-6, abs=1e-3)


def test_a_generation_ends_where_it_is_good_enough():
    found = next(one for one in map(drawn, range(100)) if one is not None)

    def pricings(good_enough: float) -> int:
        master, asked = parts_of(found.instance).master(), []
        for column in found.master.columns:
            master.add(*column)
        generation = Generation(master, found.price, lambda bound: None, labels=1)
        generation.run(lambda: asked.append(1) is None, good_enough)
        return len(asked)

    # Any distance is good enough as soon as there are pricings to compare, or none but that of the end.
    assert pricings(float("inf")) == min(pricings(0.0), TAIL)


@settings(max_examples=20)
@given(seed=st.integers(0, 10**6))
def test_the_interior_point_solves_the_same_program(seed):
    found = drawn(seed)
    assume(found is not None)
    teams = found.teams
    service = service_model(found.instance, teams).linear
    interior = RestrictedMaster(service, teams, found.groups, interior=True)
    for column in found.master.columns:
        interior.add(*column)
    for _ in range(3):
        there, prices = interior.relax(), found.master.relax()
        assert there.objective == pytest.approx(prices.objective, rel=1e-6, abs=1e-3)
        # Whichever duals they are, no column is too cheap at them, and those that are used cost what they are worth.
        for column, share in enumerate(interior.shares()):
            cost = interior.reduced_cost(there, column)
            assert cost >= -1e-2
            assert share * cost <= 1e-2 * max(1.0, abs(there.objective))
        worth = {k: interior.worth(there.duties, k) for k in range(len(found.groups))}
        for group, tours in found.price(worth, 2).items():
            for tour in tours:
                interior.add(group, tour)
                found.master.add(group, tour)


def test_the_best_columns_of_each_group_are_those_that_cost_least_at_the_prices():
    found = next(one for one in map(drawn, range(100)) if one is not None)
    Generation(found.master, found.price, lambda bound: None).run(lambda: True)
    prices = found.master.relax()
    every = [found.master.reduced_cost(prices, k) for k in range(len(found.master.columns))]
    best = found.master.best_columns(prices, 2)
    for group in range(len(found.groups)):
        own = [k for k, column in enumerate(found.master.columns) if column[0] == group]
        taken = [found.master.columns.index(column) for column in best if column[0] == group]
        assert len(taken) == min(2, len(own))
        assert sorted(every[k] for k in taken) == sorted(every[k] for k in own)[:2]


@settings(max_examples=15)
@given(seed=st.integers(0, 10**6))
def test_a_dive_in_stages_ends_in_a_roster_at_its_price(seed):
    found = drawn(seed)
    assume(found is not None)
    parts = parts_of(found.instance)
    part = Part(parts, {}, {k: len(group.members) for k, group in enumerate(parts.groups)})
    part.add(found.master.columns)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stages, "FEW", 1)
        best = stages.dive_in_stages(part, lambda: True, lambda: None, 1)
    assert sum(best.plan.values()) == len(found.instance.members)
    assert parts.master().settle(best.plan).objective == pytest.approx(
        best.objective, rel=1e-6, abs=1e-3
    )


@settings(max_examples=20)
@given(seed=st.integers(0, 10**6), seconds=st.sampled_from([0.0, None]))
def test_a_dive_ends_in_a_roster_at_its_price(seed, seconds):
    found = drawn(seed)
    assume(found is not None)
    generation = Generation(found.master, found.price, lambda bound: None)
    generation.run(lambda: True)
    with found.master.aside():
        times, objective = dive(found.master, generation, lambda: True, seconds)
        plan = found.master.plan(times)
    assert sum(plan.values()) == len(found.instance.members)
    assert objective >= generation.bound - 1e-3
    service = service_model(found.instance, found.teams)
    _, exact = allocation(service, found.teams, found.groups, plan)
    # Whole minutes of work cost no less than parts of minutes.
    assert exact >= objective - 1e-3
    # What was held is given back: the master is where the generation left it.
    assert found.master.relax().objective == pytest.approx(generation.bound, rel=1e-6, abs=1e-3)
