"""Working days in a row: six at most, five wished for."""

from __future__ import annotations

import pytest

from staffing.domain.objective import Level
from staffing.rules.max_consecutive_days import MaxConsecutiveDays
from tests.rules.world import amounts, check, days, template, world

SIX = MaxConsecutiveDays()
FIVE = MaxConsecutiveDays(level=Level.SHOULD, days=5)
D08 = template("D08", "08:00", "16:00")
Z00 = template("Z00", "00:30", "08:30")


def week(**more):
    return world("2026-11-30", 7, [D08], **more)


@pytest.mark.parametrize(
    ("last", "six", "five"),
    [("2026-12-04", [], []), ("2026-12-05", [], [1]), ("2026-12-06", [1], [2])],
)
def test_each_day_beyond_the_limit_counts(last, six, five):
    held = days("2026-11-30", last, "D08")
    assert amounts(SIX, week(), *held) == six
    assert amounts(FIVE, week(), *held) == five


def test_a_day_off_ends_the_run():
    held = [*days("2026-11-30", "2026-12-02", "D08"), *days("2026-12-04", "2026-12-06", "D08")]
    assert amounts(MaxConsecutiveDays(days=3), week(), *held) == []


def test_the_run_before_the_week_goes_on():
    # Thursday to Sunday carried, four; Monday and Tuesday make six, Wednesday seven.
    problem = week(carried={"ann": days("2026-11-26", "2026-11-29", "D08")})
    assert amounts(SIX, problem, *days("2026-11-30", "2026-12-01", "D08")) == []
    assert amounts(SIX, problem, *days("2026-11-30", "2026-12-02", "D08")) == [1]


def test_days_beyond_the_limit_in_the_carry_in_are_inherited():
    # Eight carried: two too many. One more day: only that is charged.
    problem = week(carried={"ann": days("2026-11-22", "2026-11-29", "D08")})
    (found,) = check(SIX, problem)
    assert (found.inherited, found.amount) == (True, 2)
    (found,) = check(SIX, problem, "2026-11-30 D08")
    assert (found.inherited, found.amount, found.measured) == (False, 1, 9)


def test_days_are_local_dates():
    # In Singapore, Monday 00:30 is Sunday 16:30 UTC: the duty belongs to Monday, and six of them reach Saturday.
    problem = world("2026-11-30", 7, [Z00], zone="Asia/Singapore")
    held = days("2026-11-30", "2026-12-06", "Z00")
    assert amounts(SIX, problem, *held) == [1]
    assert amounts(SIX, problem, *held[:6]) == []


def test_a_priced_day_costs_its_weight():
    # 1 day x weight 60 x price 20.
    (found,) = check(FIVE, week(), *days("2026-11-30", "2026-12-05", "D08"))
    assert found.cost == 1200


def test_the_sentence_names_the_run():
    (found,) = check(SIX, week(), *days("2026-11-30", "2026-12-06", "D08"))
    assert found.message == (
        "Ann (ann) works 7 days in a row from Mon 30 Nov 08:00 to Sun 06 Dec 16:00; "
        "6 are the limit (HSE good practice: 5 to 7)."
    )
