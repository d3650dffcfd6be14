"""Reconciliation: everything adds up, the surer forecast moves the less."""

from __future__ import annotations

import numpy as np
import pytest

from staffing.forecast.intervals import Spread
from staffing.forecast.totals.hierarchy import ALL, Hierarchy
from staffing.forecast.totals.reconcile import reconcile
from tests.forecast.outlooks import outlook

TWO = Hierarchy.of([("EMEA", "legal"), ("EMEA", "tickets")])


def test_worked_example() -> None:
    leaves = [outlook(10.0), outlook(30.0)]
    found = reconcile(leaves, [outlook(50.0)], TWO.membership([(ALL, ALL)]))
    # Variances 10, 30 and 50: the surplus of 10 times 10 / (40 + 50) and 30 / (40 + 50).
    assert found[:, 0] == pytest.approx([10 + 100 / 90, 30 + 300 / 90])


def test_downwards_it_divides() -> None:
    leaves = [outlook(10.0), outlook(30.0)]
    found = reconcile(leaves, [outlook(0.0)], TWO.membership([(ALL, ALL)]))
    # A sure nothing takes all that there is: 1 / (1 + 1) of it is left.
    assert found[:, 0] == pytest.approx([5.0, 15.0])


def test_a_sure_total_is_kept() -> None:
    leaves = [outlook(10.0, Spread(1e6)), outlook(30.0, Spread(1e6))]
    found = reconcile(leaves, [outlook(50.0)], TWO.membership([(ALL, ALL)]))
    assert found.sum(axis=0) == pytest.approx(50.0, rel=1e-4)
    assert found[:, 0] == pytest.approx([12.5, 37.5], rel=1e-4)


def test_closed_hours_stay_closed_and_coherent_forecasts_stay() -> None:
    closed = np.where(np.arange(168) % 24 < 8, 0.0, 4.0)
    leaves = [outlook(closed), outlook(closed)]
    found = reconcile(leaves, [outlook(2 * closed)], TWO.membership([(ALL, ALL)]))
    np.testing.assert_allclose(found, [closed, closed])
    moved = reconcile(leaves, [outlook(3.0 * closed + 1.0)], TWO.membership([(ALL, ALL)]))
    assert not moved[:, closed == 0].any()


def test_one_series_is_left_alone() -> None:
    alone = Hierarchy.of([("EMEA", "legal")])
    assert reconcile([outlook(3.0)], [], alone.membership([]))[0, 0] == 3.0


def test_two_thousand_leaves() -> None:
    keys = [(f"r{region}", f"w{work}") for region in range(20) for work in range(100)]
    hierarchy = Hierarchy.of(keys)
    random = np.random.default_rng(3)
    leaves = [outlook(mean, weeks=1 / 7) for mean in random.gamma(1.0, 2.0, len(keys))]
    base = np.array([leaf.mean for leaf in leaves])
    membership = hierarchy.membership(hierarchy.totals)
    totals = [outlook(1.1 * mean, weeks=1 / 7) for mean in (membership @ base)[:, 0]]
    found = reconcile(leaves, totals, membership)
    assert len(totals) == 121
    assert (found >= base).all()
    assert found.sum() == pytest.approx(1.1 * base.sum(), rel=0.03)
