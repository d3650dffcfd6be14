"""The translation: CP-SAT and HiGHS agree about the same rows."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from staffing.domain.errors import ProblemError
from staffing.solvers.mip import Mip


def drawn_model(seed: int) -> cp_model.CpModel:
    """Draw a model of whole variables, rows of every sense and clauses."""
    rng = Random(seed)
    model = cp_model.CpModel()
    whole = [model.new_int_var(low, low + rng.randint(0, 6), "x") for low in (-3, 0, 2)]
    flags = [model.new_bool_var("b") for _ in range(3)]
    for _ in range(rng.randint(1, 4)):
        total = sum(rng.randint(-4, 4) * v for v in (*whole, *flags)) + rng.randint(-3, 3)
        limit = rng.randint(-8, 8)
        model.add(rng.choice((total <= limit, total >= limit, total == 2 * limit)))
    model.add_bool_or([flags[0], flags[1].negated(), flags[2].negated()])
    model.minimize(sum(rng.randint(-5, 5) * v for v in (*whole, *flags)) + rng.randint(-9, 9))
    return model


@settings(max_examples=150)
@given(seed=st.integers(0, 10**6))
def test_both_engines_find_the_same_optimum(seed):
    model = drawn_model(seed)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.catch_sigint_signal = False
    status = solver.solve(model)
    found = Mip(model).solve(seconds=None)
    if status == cp_model.INFEASIBLE:
        assert found.values is None
        assert found.objective is None
    else:
        assert found.objective == pytest.approx(solver.objective_value)
        assert found.bound == pytest.approx(solver.objective_value)


@settings(max_examples=50)
@given(seed=st.integers(0, 10**6))
def test_the_relaxation_is_never_dearer(seed):
    whole = Mip(drawn_model(seed)).solve(seconds=None)
    relaxed = Mip(drawn_model(seed), continuous=range(6)).solve(seconds=None)
    if whole.objective is not None:
        assert relaxed.objective <= whole.objective + 1e-6


def ceiling() -> tuple[cp_model.CpModel, cp_model.IntVar]:
    """Return a model whose optimum is 4, and 3.5 for a fractional variable: the least x with 2 x ≥ 7."""
    model = cp_model.CpModel()
    x = model.new_int_var(0, 9, "x")
    model.add(2 * x >= 7)
    model.minimize(x)
    return model, x


def test_continuous_variables_may_be_fractional_and_relaxing_is_for_once():
    model, x = ceiling()
    assert Mip(model, continuous=[x.index]).solve(seconds=None).objective == pytest.approx(3.5)
    mip = Mip(model)
    assert mip.solve(seconds=None).objective == pytest.approx(4)
    assert mip.relax().objective == pytest.approx(3.5)
    assert mip.solve(seconds=None).objective == pytest.approx(4)


def test_ranges_can_be_changed_and_changed_back():
    model, x = ceiling()
    mip = Mip(model)
    mip.fix({x.index: (6, 6)})
    assert mip.solve(seconds=None).objective == pytest.approx(6)
    mip.fix({x.index: (0, 3)})
    assert mip.solve(seconds=None).values is None
    mip.fix({x.index: (0, 9)})
    assert mip.solve(seconds=None).objective == pytest.approx(4)


def test_a_hint_is_a_place_to_start_from():
    model, _ = ceiling()
    assert Mip(model).solve(seconds=None, hint=(9.0,)).objective == pytest.approx(4)


def test_a_constant_row_that_cannot_hold_has_no_solution():
    model, _ = ceiling()
    model.add(cp_model.LinearExpr.constant(0) >= 1)
    assert Mip(model).solve(seconds=None).values is None


def test_rows_that_are_not_linear_are_refused():
    model, x = ceiling()
    flag = model.new_bool_var("flag")
    model.add(x >= 5).only_enforce_if(flag)
    with pytest.raises(ProblemError, match="not linear"):
        Mip(model)
