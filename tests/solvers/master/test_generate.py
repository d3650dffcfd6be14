"""Column generation: a bound below every roster, reached by the master in the end."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from staffing.solvers.allocation import allocation
from staffing.solvers.incumbent import whole_bound
from staffing.solvers.master import stages
from staffing.solvers.master.dive import dive
from staffing.solvers.master.generate import Generation
from staffing.solvers.master.part import Part
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
