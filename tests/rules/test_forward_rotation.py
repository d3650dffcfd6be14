"""Starts move later, not earlier, from one working day to the next."""

from __future__ import annotations

from staffing.rules.forward_rotation import ForwardRotation
from tests.rules.world import amounts, check, template, world

RULE = ForwardRotation()
TEMPLATES = [
    template("D07", "07:00", "15:00"),
    template("D08", "08:00", "16:00"),
    template("L13", "13:00", "21:00"),
]


def test_later_or_alike_is_free_and_each_step_back_counts_one():
    problem = world("2026-11-30", 4, TEMPLATES)
    held = ["2026-11-30 D07", "2026-12-01 D08", "2026-12-02 D08", "2026-12-03 L13"]
    assert amounts(RULE, problem, *held) == []
    held = ["2026-11-30 L13", "2026-12-01 D08", "2026-12-02 D07", "2026-12-03 L13"]
    assert amounts(RULE, problem, *held) == [1, 1]


def test_a_day_off_resets():
    assert (
        amounts(RULE, world("2026-11-30", 4, TEMPLATES), "2026-11-30 L13", "2026-12-02 D07") == []
    )


def test_the_tolerance_is_allowed():
    problem = world("2026-11-30", 4, TEMPLATES)
    held = ["2026-11-30 D08", "2026-12-01 D07"]
    assert amounts(ForwardRotation(tolerance_minutes=60), problem, *held) == []
    assert amounts(ForwardRotation(tolerance_minutes=59), problem, *held) == [1]


def test_the_wall_clock_counts_where_the_clocks_change():
    # 08:00 on Sunday 25 October is 25 h after 08:00 on Saturday, and 08:00 all the same.
    for first, second in (("2026-10-24", "2026-10-25"), ("2026-03-28", "2026-03-29")):
        problem = world(first, 2, TEMPLATES)
        assert amounts(RULE, problem, f"{first} D08", f"{second} D08") == []
        assert amounts(RULE, problem, f"{first} D08", f"{second} D07") == [1]


def test_the_last_day_before_the_week_counts():
    problem = world(
        "2026-11-30", 2, TEMPLATES, carried={"ann": ["2026-11-28 L13", "2026-11-29 D08"]}
    )
    first, second = check(RULE, problem, "2026-11-30 D07")
    assert (first.inherited, second.inherited) == (True, False)


def test_the_sentence_names_the_step():
    problem = world("2026-11-30", 2, TEMPLATES)
    (found,) = check(RULE, problem, "2026-11-30 L13", "2026-12-01 D08")
    assert found.cost == 30 * 20
    assert found.message == (
        "Ann (ann) starts 5.0 h earlier by the clock on the day after Mon 30 Nov 13:00; 0.0 h are the limit (HSE)."
    )
