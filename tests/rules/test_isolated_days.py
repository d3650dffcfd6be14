"""Single working days and single days off; each day missing to two in a row counts 1."""

from __future__ import annotations

import pytest

from staffing.rules.isolated_days import IsolatedDays
from tests.rules.world import amounts, check, days, template, world

TWO = IsolatedDays()
D08 = template("D08", "08:00", "16:00")
N22 = template("N22", "22:00", "06:00")
FRIDAY_AND_SATURDAY = ("2026-11-27 D08", "2026-11-28 D08")


def week(**more):
    """Return the week of Monday 30 November; Friday and Saturday before it were worked."""
    return world("2026-11-30", 7, [D08, N22], **{"carried": {"ann": FRIDAY_AND_SATURDAY}, **more})


def test_one_working_day_between_days_off():
    # Sunday to Tuesday off, Wednesday worked, Thursday and Friday off, the weekend worked and open at its end.
    held = ["2026-12-02 D08", *days("2026-12-05", "2026-12-06", "D08")]
    (found,) = check(TWO, week(), *held)
    assert (found.amount, found.measured, found.limit, found.unit) == (
        1,
        1,
        2,
        "working days missing",
    )
    # 1 day x weight 30 x price 20.
    assert found.cost == 600


def test_one_day_off_between_working_days():
    # Monday and Tuesday, Thursday and Friday worked: Wednesday is off alone. Sunday alone was off before the week.
    held = [*days("2026-11-30", "2026-12-01", "D08"), *days("2026-12-03", "2026-12-04", "D08")]
    found = check(TWO, week(), *held)
    assert [(one.amount, one.unit) for one in found] == [(1, "days off missing")] * 2
    assert [one.start < 0 for one in found] == [True, False]


def test_a_run_may_go_on_after_the_week():
    # Sunday is worked alone; Sunday is off alone.
    assert amounts(TWO, week(), "2026-12-06 D08") == []
    assert amounts(TWO, week(), *days("2026-12-02", "2026-12-05", "D08")) == []


def test_a_run_counts_with_its_days_before_the_week():
    # Sunday worked, Saturday not: a Monday off leaves Sunday alone, a Monday on makes it two. Friday off alone, and
    # Saturday, lie before the week.
    carried = {"ann": ["2026-11-25 D08", "2026-11-26 D08", "2026-11-29 D08"]}
    assert amounts(TWO, week(carried=carried)) == [1]
    assert amounts(TWO, week(carried=carried), "2026-11-30 D08") == []


def test_what_ended_before_the_week_is_inherited():
    # Wednesday off alone, Thursday on alone, both over by Friday; Friday to Sunday off, three days.
    carried = {"ann": ["2026-11-23 D08", "2026-11-24 D08", "2026-11-26 D08"]}
    found = check(TWO, week(carried=carried), *days("2026-11-30", "2026-12-06", "D08"))
    assert [(one.inherited, one.cost, one.measured) for one in found] == [
        (True, 0, 1),
        (True, 0, 1),
    ]


@pytest.mark.parametrize("carried", [{}, {"ann": ["2026-11-29 D08"]}])
def test_before_the_first_known_duty_anything_may_have_been(carried):
    # Without a past, Monday may be the last of many days off, or of many working days; so may a Sunday carried in, and
    # then Monday is the first day off for certain.
    assert amounts(TWO, week(carried=carried), *days("2026-12-01", "2026-12-06", "D08")) == (
        [1] if carried else []
    )
    held = ["2026-11-30 D08", *days("2026-12-03", "2026-12-06", "D08")]
    assert amounts(TWO, week(carried=carried), *held) == []


def test_three_in_a_row_and_either_side_switched_off():
    # Monday and Tuesday on after a free Sunday, Wednesday off, the rest on. Three in a row are asked for: two working
    # days lack one, one day off lacks two; and Sunday, off alone before the week, lacks two.
    held = [*days("2026-11-30", "2026-12-01", "D08"), *days("2026-12-03", "2026-12-06", "D08")]
    three = {"days_on_at_least": 3, "days_off_at_least": 3}
    assert amounts(IsolatedDays(**three), week(), *held) == [2, 1, 2]
    assert amounts(IsolatedDays(**{**three, "days_on_at_least": 1}), week(), *held) == [2, 2]
    assert amounts(IsolatedDays(**{**three, "days_off_at_least": 1}), week(), *held) == [1]


def test_a_night_belongs_to_the_day_on_which_it_starts():
    # Wednesday's night ends on Thursday, which is off all the same.
    assert amounts(TWO, week(), "2026-12-02 N22") == [1]


def test_the_sentences_say_what_is_alone():
    held = ["2026-12-02 D08", "2026-12-04 D08", "2026-12-05 D08"]
    working, off = check(TWO, week(), *held)
    assert working.message == (
        "Ann (ann) has only 1 working day in a row, from Wed 02 Dec 00:00 to Thu 03 Dec 00:00; "
        "2 working days in a row are asked for (practice)."
    )
    assert off.message == (
        "Ann (ann) has only 1 day off in a row, from Thu 03 Dec 00:00 to Fri 04 Dec 00:00; "
        "2 days off in a row are asked for (practice)."
    )
