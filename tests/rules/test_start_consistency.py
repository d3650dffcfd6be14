"""Start times of a week within two hours of each other."""

from __future__ import annotations

import pytest

from staffing.rules.start_consistency import StartConsistency
from tests.rules.world import amounts, check, template, world

RULE = StartConsistency()
TEMPLATES = [
    template("D08", "08:00", "16:00"),
    template("D10", "10:00", "18:00"),
    template("O10", "10:01", "18:00"),
    template("P10", "10:31", "18:00"),
    template("L13", "13:00", "21:00"),
]


def week(**more):
    return world("2026-11-30", 7, TEMPLATES, **more)


@pytest.mark.parametrize(
    ("later", "steps"),
    [
        ("D10", []),  # 120 min
        ("O10", [1]),  # 121 min: one minute beyond is a started half hour
        ("P10", [2]),  # 151 min: 31 beyond
        ("L13", [6]),  # 300 min: 180 beyond
    ],
)
def test_started_half_hours_beyond_two_hours_count(later, steps):
    assert amounts(RULE, week(), "2026-11-30 D08", f"2026-12-04 {later}") == steps


def test_only_earliest_and_latest_matter():
    held = ["2026-11-30 D08", "2026-12-01 D10", "2026-12-02 P10", "2026-12-03 D08"]
    assert amounts(RULE, week(), *held) == [2]


def test_each_week_stands_alone():
    problem = world("2026-11-30", 14, TEMPLATES, carried={"ann": ["2026-11-29 L13"]})
    assert amounts(RULE, problem, "2026-11-30 D08", "2026-12-07 L13") == []


def test_the_wall_clock_counts_where_the_clocks_change():
    problem = world("2026-10-19", 7, TEMPLATES)
    assert amounts(RULE, problem, "2026-10-24 D08", "2026-10-25 D10") == []


def test_the_sentence_names_the_spread():
    (found,) = check(RULE, week(), "2026-11-30 D08", "2026-12-04 L13")
    assert found.cost == 6 * 10 * 20
    assert found.message == (
        "Ann (ann) has start times 5.0 h apart from Mon 30 Nov 08:00 to Fri 04 Dec 21:00; "
        "2.0 h are the limit (practice)."
    )
