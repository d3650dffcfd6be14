"""Totals: what they are made of, their histories and calendars."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from staffing.forecast.calendar import Calendar, RegionCalendar
from staffing.forecast.totals.hierarchy import ALL, Hierarchy
from tests.forecast.histories import event, grid

LEAVES = [("APAC", "legal"), ("APAC", "tickets"), ("EMEA", "legal"), ("EMEA", "tickets")]


def test_totals_of_everything_of_regions_and_of_workstreams() -> None:
    assert Hierarchy.of(LEAVES).totals == {
        (ALL, ALL): (0, 1, 2, 3),
        ("APAC", ALL): (0, 1),
        ("EMEA", ALL): (2, 3),
        (ALL, "legal"): (0, 2),
        (ALL, "tickets"): (1, 3),
    }


@pytest.mark.parametrize(
    ("leaves", "totals"),
    [
        (LEAVES[:1], []),
        (LEAVES[:2], [(ALL, ALL)]),  # one region: its total is that of everything
        ([LEAVES[0], LEAVES[2]], [(ALL, ALL)]),  # one workstream likewise
        ([LEAVES[0], LEAVES[1], LEAVES[2]], [(ALL, ALL), ("APAC", ALL), (ALL, "legal")]),
    ],
)
def test_redundant_totals_are_left_out(leaves: list, totals: list) -> None:
    assert list(Hierarchy.of(leaves).totals) == totals


def test_the_parent_is_the_region_where_it_is_a_total() -> None:
    assert Hierarchy.of(LEAVES).parent(LEAVES[0]) == ("APAC", ALL)
    assert Hierarchy.of(LEAVES[:2]).parent(LEAVES[0]) == (ALL, ALL)
    assert Hierarchy.of(LEAVES[:1]).parent(LEAVES[0]) is None


def test_membership() -> None:
    hierarchy = Hierarchy.of(LEAVES)
    membership = hierarchy.membership([("EMEA", ALL), (ALL, "legal")])
    np.testing.assert_array_equal(membership.toarray(), [[0, 0, 1, 1], [1, 0, 1, 0]])
    assert hierarchy.membership([]).shape == (0, 4)


def test_a_total_is_known_where_all_its_leaves_are() -> None:
    early, late = grid("2026-01-05", 3), grid("2026-01-12", 2)
    volumes = {LEAVES[0]: pd.Series(2.0, index=early), LEAVES[1]: pd.Series(3.0, index=late)}
    volumes[LEAVES[0]].iloc[200] = np.nan
    total = Hierarchy.of(LEAVES[:2]).histories(volumes)[ALL, ALL]
    assert total.index.equals(late)
    assert total.index.freq == early.freq
    assert total.isna().sum() == 1  # hour 200 of the first is hour 32 of the second
    assert np.isnan(total.iloc[32])
    assert total.sum() == 335 * 5


def test_a_total_that_is_hardly_known_is_left_out() -> None:
    index = grid("2026-01-05", 4)
    newcomer = pd.Series(1.0, index=index[-168:])
    newcomer.index.freq = index.freq
    volumes = {LEAVES[0]: pd.Series(2.0, index=index), LEAVES[1]: newcomer}
    assert Hierarchy.of(LEAVES[:2]).histories(volumes) == {}


def test_the_calendar_of_a_total_joins_those_of_its_leaves() -> None:
    calendar = Calendar(
        regions=(
            RegionCalendar(region="APAC", time_zone="Asia/Singapore", places=(("SG", None),)),
            RegionCalendar(region="EMEA", time_zone="Europe/Dublin", places=(("IE", None),)),
        ),
        events=(
            event("launch", "2026-03-02", "2026-03-03", "sale", workstream="legal"),
            event("launch", "2026-03-04", "2026-03-05", "cup", region="EMEA"),
        ),
    )
    hierarchy = Hierarchy.of(LEAVES)
    region = hierarchy.calendar(("APAC", ALL), calendar)
    assert region.region.time_zone == "Asia/Singapore"
    assert region.launches == ("sale",)
    everything = hierarchy.calendar((ALL, ALL), calendar)
    assert everything.region.time_zone == "UTC"
    assert everything.region.places == (("SG", None), ("IE", None))
    assert everything.launches == ("cup", "sale")
    # One place of two keeps 17 March.
    kept = everything.region.holidays((2026,))[dt.date(2026, 3, 17)]
    assert list(kept.values()) == [0.5]
