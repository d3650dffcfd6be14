"""EU 2003/88 art. 5: per seven days 24 uninterrupted hours plus the eleven of the daily rest."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from staffing.rules.weekly_rest import WeeklyRest
from tests.rules.world import amounts, check, days, template, world

RULE = WeeklyRest()
TEMPLATES = [
    template("D07", "07:00", "15:00"),
    template("D08", "08:00", "16:00"),
    template("L12", "12:00", "20:00"),
    template("L13", "13:00", "21:00"),
    template("L14", "14:00", "22:00"),
    template("C16", "16:00", "00:00"),
    template("N22", "22:00", "06:00"),
]
WEEK = days("2026-11-30", "2026-12-05", "D08")


def before(last, zone="Europe/Dublin", first="2026-11-30"):
    """Return the week after one with duties from Monday to Friday and ``last`` on Saturday or Sunday."""
    monday = {"2026-11-30": "2026-11-23", "2026-03-30": "2026-03-23"}
    monday |= {"2026-10-26": "2026-10-19", "2026-11-02": "2026-10-26"}
    start = monday[first]
    friday = f"{start[:-2]}{int(start[-2:]) + 4:02d}"
    return world(
        first, 7, TEMPLATES, zone=zone, carried={"ann": [*days(start, friday, "D08"), *last]}
    )


def test_thirty_five_hours_over_a_sunday_are_enough():
    # Saturday 21:00 to Monday 08:00: 3 + 24 + 8 = 35 h. The six days of work that follow end on Saturday.
    assert amounts(RULE, before(["2026-11-28 L13"]), *WEEK) == []


def test_thirty_four_hours_are_not():
    # To Monday 07:00 it is 34 h. The runs of seven days to Monday, …, to Saturday hold no other rest; that to Sunday
    # has the free Sunday: six runs.
    found = check(RULE, before(["2026-11-28 L13"]), "2026-11-30 D07", *WEEK[1:])
    assert [violation.amount for violation in found] == [1] * 6
    assert {violation.measured for violation in found} == {34 * 60}
    assert not any(violation.inherited for violation in found)


def test_twenty_four_hours_lie_within_the_seven_days():
    # Worked to Sunday, C16 to midnight: of the run to Monday only Monday itself is free, 24 h, and the 11 h after it.
    carried = {"ann": [*days("2026-11-24", "2026-11-28", "D08"), "2026-11-29 C16"]}
    problem = world("2026-11-30", 7, TEMPLATES, carried=carried)
    # Tuesday L12 starts 36 h after midnight of Sunday.
    assert amounts(RULE, problem, "2026-12-01 L12") == []
    # Tuesday D08 starts 32 h after it.
    assert 1920 in [violation.measured for violation in check(RULE, problem, "2026-12-01 D08")]


def test_days_lost_before_the_week_are_inherited():
    # A night on Sunday ends Monday 06:00: 18 h of the run to Monday are left, and 11 h after it. The longest rest is
    # that from Saturday 16:00 to Sunday 22:00, 30 h, whatever is planned.
    carried = {"ann": [*days("2026-11-24", "2026-11-28", "D08"), "2026-11-29 N22"]}
    problem = world("2026-11-30", 7, TEMPLATES, carried=carried)
    (found,) = check(RULE, problem)
    assert found.inherited
    assert found.measured == 30 * 60


@pytest.mark.parametrize(
    ("zone", "first", "last", "broken"),
    [
        # 29 March: the Sunday has 23 h. Saturday 20:00 to Monday 08:00 is 35 h, from 21:00 it is 34.
        ("Europe/Dublin", "2026-03-30", "2026-03-28 L12", False),
        ("Europe/Dublin", "2026-03-30", "2026-03-28 L13", True),
        # 25 October: the Sunday has 25 h. Saturday 22:00 to Monday 08:00 is 35 h there, 34 h in Los Angeles.
        ("Europe/Dublin", "2026-10-26", "2026-10-24 L14", False),
        ("America/Los_Angeles", "2026-10-26", "2026-10-24 L14", True),
        # 1 November: the other way round.
        ("America/Los_Angeles", "2026-11-02", "2026-10-31 L14", False),
        ("Europe/Dublin", "2026-11-02", "2026-10-31 L14", True),
    ],
)
def test_rest_is_right_to_the_minute_where_the_clocks_change(zone, first, last, broken):
    problem = before([last], zone, first)
    held = [f"{date} D08" for date in problem.horizon.dates[:6]]
    assert bool(amounts(RULE, problem, *held)) == broken


def test_nothing_known_is_nothing_broken():
    assert amounts(RULE, world("2026-11-30", 7, TEMPLATES), *WEEK) == []


def test_the_sentence_names_the_days_and_the_rest():
    found = check(RULE, before(["2026-11-28 L13"]), "2026-11-30 D07", *WEEK[1:])[0]
    assert found.message == (
        "Ann (ann) has no rest longer than 34.0 h from Tue 24 Nov 00:00 to Tue 01 Dec 00:00; "
        "35 h are needed, 24 h of them within these 7 days (EU 2003/88 art. 5)."
    )


def test_more_inside_than_in_all_is_refused():
    with pytest.raises(ValidationError, match=r"inside_minutes \(1441\) exceeds rest_minutes"):
        WeeklyRest(rest_minutes=1440, inside_minutes=1441)
