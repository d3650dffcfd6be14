"""EU 2003/88 art. 3: eleven consecutive hours of rest per 24-hour period."""

from __future__ import annotations

import pytest

from staffing.domain.objective import Level
from staffing.rules.min_rest import MinRest
from tests.rules.world import amounts, check, template, world

RULE = MinRest()
TEMPLATES = [
    template("D07", "07:00", "15:00"),
    template("D08", "08:00", "16:00"),
    template("L13", "13:00", "21:00"),
]


def test_eleven_hours_are_enough_and_ten_are_not():
    problem = world("2026-11-30", 3, TEMPLATES)
    assert amounts(RULE, problem, "2026-11-30 L13", "2026-12-01 D08") == []
    assert amounts(RULE, problem, "2026-11-30 L13", "2026-12-01 D07") == [60]


@pytest.mark.parametrize(
    ("zone", "first", "morning", "missing"),
    [
        # 21:00 to 07:00 by the clock is 11 h where it goes back and 9 h where it goes forward.
        ("Europe/Dublin", "2026-10-24", "2026-10-25 D07", []),
        ("Europe/Dublin", "2026-03-28", "2026-03-29 D07", [120]),
        ("Europe/Dublin", "2026-03-28", "2026-03-29 D08", [60]),
        ("America/Los_Angeles", "2026-10-31", "2026-11-01 D07", []),
        # The United States change a week after Europe.
        ("America/Los_Angeles", "2026-10-24", "2026-10-25 D07", [60]),
        ("Europe/Dublin", "2026-10-31", "2026-11-01 D07", [60]),
        ("Asia/Singapore", "2026-10-24", "2026-10-25 D07", [60]),
    ],
)
def test_rest_is_right_to_the_minute_where_the_clocks_change(zone, first, morning, missing):
    problem = world(first, 2, TEMPLATES, zone=zone)
    assert amounts(RULE, problem, f"{first} L13", morning) == missing


def test_the_last_duty_of_the_week_before_counts():
    problem = world("2026-11-30", 2, TEMPLATES, carried={"ann": ["2026-11-29 L13"]})
    assert amounts(RULE, problem, "2026-11-30 D07") == [60]


def test_a_short_rest_within_the_carry_in_is_inherited_and_free():
    problem = world(
        "2026-11-30", 2, TEMPLATES, carried={"ann": ["2026-11-28 L13", "2026-11-29 D07"]}
    )
    (found,) = check(MinRest(level=Level.SHOULD), problem, "2026-12-01 D07")
    assert found.inherited
    assert found.cost == 0


def test_a_priced_violation_costs_its_minutes():
    # 60 min x weight 2 x price 20 of the tier burnout.
    problem = world("2026-11-30", 2, TEMPLATES)
    rule = MinRest(level=Level.SHOULD, weight=2)
    (found,) = check(rule, problem, "2026-11-30 L13", "2026-12-01 D07")
    assert found.cost == 2400


def test_the_sentence_names_who_when_and_how_much():
    problem = world("2026-11-30", 2, TEMPLATES)
    (found,) = check(RULE, problem, "2026-11-30 L13", "2026-12-01 D07")
    assert found.message == (
        "Ann (ann) rests 10.0 h from Mon 30 Nov 21:00 to Tue 01 Dec 07:00; 11 h are needed (EU 2003/88 art. 3)."
    )
