"""Two full nights of sleep, 48 hours, between a run of nights and the duty that follows it."""

from __future__ import annotations

import pytest

from staffing.rules.rest_after_nights import RestAfterNights
from tests.rules.world import amounts, check, template, world

RULE = RestAfterNights()
TEMPLATES = [
    template("N22", "22:00", "06:00"),
    template("E06", "06:00", "14:00"),
    template("E0530", "05:30", "13:30"),
    template("D08", "08:00", "16:00"),
]


@pytest.mark.parametrize(
    ("later", "short"),
    [
        # The night of Monday ends Tuesday 06:00.
        ("2026-12-03 E06", []),  # 48 h
        ("2026-12-03 E0530", [1]),  # 47.5 h: half an hour short is a started hour
        ("2026-12-02 D08", [22]),  # 26 h
    ],
)
def test_what_is_short_of_48_hours_counts_in_started_hours(later, short):
    assert amounts(RULE, world("2026-11-30", 4, TEMPLATES), "2026-11-30 N22", later) == short


def test_only_the_last_night_of_a_run_is_looked_at():
    # Nights of Monday and Wednesday, 40 h apart; Wednesday's ends Thursday 06:00, 26 h before Friday 08:00.
    problem = world("2026-11-30", 5, TEMPLATES)
    assert amounts(RULE, problem, "2026-11-30 N22", "2026-12-02 N22") == []
    assert amounts(RULE, problem, "2026-11-30 N22", "2026-12-02 N22", "2026-12-04 D08") == [22]


@pytest.mark.parametrize(
    ("zone", "night", "morning", "short"),
    [
        # From Saturday night's end on Sunday 06:00 it is 48 h to Tuesday 06:00: the change lies within the night.
        ("Europe/Dublin", "2026-10-24", "2026-10-27 E06", []),
        # From Friday night's end on Saturday to Monday: 49 h in autumn, 47 h in spring, 49 h on 1 November in the US.
        ("Europe/Dublin", "2026-10-23", "2026-10-26 E06", []),
        ("Europe/Dublin", "2026-03-27", "2026-03-30 E06", [1]),
        ("America/Los_Angeles", "2026-10-30", "2026-11-02 E0530", []),
        ("Europe/Dublin", "2026-10-30", "2026-11-02 E0530", [1]),
    ],
)
def test_rest_is_right_to_the_minute_where_the_clocks_change(zone, night, morning, short):
    problem = world(night, 5, TEMPLATES, zone=zone)
    assert amounts(RULE, problem, f"{night} N22", morning) == short


def test_a_night_before_the_week_counts_and_what_followed_it_is_inherited():
    problem = world("2026-11-30", 2, TEMPLATES, carried={"ann": ["2026-11-29 N22"]})
    # Monday 06:00 to Tuesday 08:00: 26 h.
    assert amounts(RULE, problem, "2026-12-01 D08") == [22]
    problem = world(
        "2026-11-30", 2, TEMPLATES, carried={"ann": ["2026-11-27 N22", "2026-11-29 D08"]}
    )
    assert [found.inherited for found in check(RULE, problem, "2026-12-01 D08")] == [True]


def test_the_sentence_names_the_rest():
    problem = world("2026-11-30", 4, TEMPLATES)
    (found,) = check(RULE, problem, "2026-11-30 N22", "2026-12-02 D08")
    assert found.cost == 22 * 3 * 20
    assert found.message == (
        "Ann (ann) rests 26.0 h after nights, from Tue 01 Dec 06:00 to Wed 02 Dec 08:00; "
        "48 h are asked for (HSE: two full nights of sleep)."
    )
