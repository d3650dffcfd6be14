"""Two weekends of four, and both days or none."""

from __future__ import annotations

from staffing.rules.weekend_share import WeekendShare
from tests.rules.world import amounts, check, days, template, world

RULE = WeekendShare()
D08 = template("D08", "08:00", "16:00")
N22 = template("N22", "22:00", "06:00")
# The week of 30 November; its weekend is 5 and 6 December, those before it 28, 21 and 14 November.
BOTH = ["2026-12-05 D08", "2026-12-06 D08"]


def week(*carried):
    return world("2026-11-30", 7, [D08, N22], carried={"ann": carried})


def test_a_whole_weekend_is_fine_and_half_a_weekend_is_not():
    assert amounts(RULE, week(), *BOTH) == []
    assert amounts(RULE, week(), BOTH[0]) == [1]
    assert amounts(RULE, week(), BOTH[1]) == [1]


def test_a_third_weekend_of_four_is_one_too_many():
    two = ["2026-11-14 D08", "2026-11-29 D08"]
    assert amounts(RULE, week(two[0]), *BOTH) == []
    assert amounts(RULE, week(*two), *BOTH) == [1]
    assert amounts(RULE, week(*two), BOTH[0]) == [1, 1]
    assert amounts(RULE, week(*two)) == []


def test_the_fourth_weekend_back_is_out_of_sight():
    assert amounts(RULE, week("2026-11-07 D08", "2026-11-28 D08"), *BOTH) == []


def test_weekends_before_the_week_are_inherited():
    worked = ["2026-11-14 D08", "2026-11-21 D08", "2026-11-28 D08"]
    (found,) = check(RULE, week(*worked))
    assert (found.inherited, found.amount) == (True, 1)
    (found,) = check(RULE, week(*worked), *BOTH)
    assert (found.inherited, found.amount, found.measured) == (False, 1, 4)


def test_a_night_belongs_to_the_day_on_which_it_starts():
    # Friday night reaches Saturday 06:00 and is no weekend duty; Sunday night is one.
    assert amounts(RULE, week(), "2026-12-04 N22") == []
    assert amounts(RULE, week(), "2026-12-06 N22") == [1]


def test_weekends_with_a_clock_change_are_weekends():
    for first, sunday in (("2026-03-23", "2026-03-29"), ("2026-10-19", "2026-10-25")):
        problem = world(first, 7, [D08])
        (found,) = check(RULE, problem, f"{sunday} D08")
        hours = {"2026-03-29": 47, "2026-10-25": 49}[sunday]
        assert found.end - found.start == hours * 60


def test_both_weekends_of_a_fortnight_are_judged():
    problem = world("2026-11-30", 14, [D08], carried={"ann": ["2026-11-28 D08"]})
    held = [*BOTH, *days("2026-12-12", "2026-12-13", "D08")]
    # 28 November, 5 and 12 December: three, seen from the last.
    assert amounts(RULE, problem, *held) == [1]


def test_the_sentences_tell_half_and_many_apart():
    many, half = check(RULE, week("2026-11-14 D08", "2026-11-28 D08"), BOTH[0])
    assert many.message == (
        "Ann (ann) works 3 weekends from Sat 14 Nov 00:00 to Mon 07 Dec 00:00; "
        "2 of 4 are the limit (practice; DE: 15 free Sundays a year)."
    )
    assert half.message == (
        "Ann (ann) works one day of the weekend from Sat 05 Dec 00:00 to Mon 07 Dec 00:00; "
        "both days or none are asked for (practice; DE: 15 free Sundays a year)."
    )
    assert half.cost == 60 * 4
