"""Totals of the horizon and their band."""

from __future__ import annotations

import pandas as pd
import pytest

from staffing.forecast.intervals import Spread
from staffing.forecast.outlook import at_means
from staffing.forecast.totals.horizon_totals import horizon_totals
from tests.forecast.outlooks import outlook


def test_totals_and_series_with_a_band() -> None:
    # Nothing is known of past errors: level and days are taken to be 5 % off each.
    known = Spread(1.0, 0.0707)
    outlooks = {("EMEA", "a"): outlook(20.0, known), ("APAC", "a"): outlook(10.0, known)}
    found = horizon_totals(outlooks, seed=1).set_index(["region", "workstream"])
    assert list(found.index) == [("*", "*"), ("EMEA", "a"), ("APAC", "a")]
    assert found["cases"].tolist() == pytest.approx([5040.0, 3360.0, 1680.0])
    # EMEA: noise 3360, level (.05 * 3360)**2, seven days of (.05 * 480)**2: a deviation of 188.
    low, high = found.loc[("EMEA", "a"), ["low", "high"]]
    assert high - low == pytest.approx(2 * 1.2816 * 188, rel=0.15)
    # Unrelated: sqrt(188**2 + 101**2) = 213.
    low, high = found.loc[("*", "*"), ["low", "high"]]
    assert high - low == pytest.approx(2 * 1.2816 * 213, rel=0.15)


def test_a_single_series_has_no_total_above_it() -> None:
    found = horizon_totals({("EMEA", "a"): outlook(3.0)})
    assert found[["region", "workstream"]].to_numpy().tolist() == [["EMEA", "a"]]


def test_totals_of_a_judged_forecast() -> None:
    outlooks = {("EMEA", "a"): outlook(20.0), ("APAC", "a"): outlook(10.0)}
    table = pd.concat([ahead.rows(key) for key, ahead in outlooks.items()])
    table.loc[table["region"] == "EMEA", "mean"] *= 1.5
    found = horizon_totals(at_means(outlooks, table), paths=50)
    assert found["cases"].tolist() == pytest.approx([40 * 168, 30 * 168, 10 * 168])
