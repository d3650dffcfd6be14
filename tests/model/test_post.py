"""Rows of forms where the past is odd: more than one duty carried in on a date."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.domain.objective import Level
from staffing.rules.base import Rule
from staffing.rules.book import RuleBook
from staffing.rules.forward_rotation import ForwardRotation
from staffing.rules.max_consecutive_days import MaxConsecutiveDays
from staffing.rules.max_consecutive_nights import MaxConsecutiveNights
from staffing.rules.max_weekly_hours import MaxWeeklyHours
from staffing.rules.min_rest import MinRest
from staffing.rules.min_staff import MinStaff
from staffing.rules.rest_after_nights import RestAfterNights
from staffing.rules.weekend_share import WeekendShare
from staffing.rules.weekly_rest import WeeklyRest
from tests.conformance.verdicts import by_check, by_solver, rosters
from tests.rules.world import days, queue, template, world

A06, A12 = template("A06", "06:00", "10:00"), template("A12", "12:00", "16:00")
N22 = template("N22", "22:00", "06:00")
RULES: tuple[Rule, ...] = (
    MinRest(),
    WeeklyRest(),
    MaxWeeklyHours(week_minutes=960, reference_weeks=2),
    MaxConsecutiveDays(days=3),
    MaxConsecutiveNights(nights=2),
    RestAfterNights(level=Level.SHOULD),
    ForwardRotation(),
    WeekendShare(max_weekends=1),
    MinStaff(),
)


def test_a_split_shift_is_one_day_of_a_run():
    # Three days are carried in, the last in two parts; four are the limit: Monday may be worked, Tuesday then not.
    carried = {"ann": [*days("2026-11-27", "2026-11-29", "A06"), "2026-11-29 A12"]}
    problem = world("2026-11-30", 2, [A06, A12], carried=carried)
    book = RuleBook(rules=(MaxConsecutiveDays(days=4),))
    every = rosters(problem, structural=True)
    allowed = [
        [duty.date.day for duty in roster.of("ann")]
        for roster, cost in zip(every, by_solver(book, problem, every), strict=True)
        if cost is not None
    ]
    assert sorted(map(tuple, allowed)) == [(), (1,), (1,), (30,), (30,)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.kind)
@settings(max_examples=8)
@given(
    past=st.lists(
        st.tuples(st.integers(20, 29), st.sampled_from(["A06", "A12", "N22"])),
        unique=True,
        max_size=12,
    )
)
def test_solver_and_check_agree_whatever_the_past(rule, past):
    carried = {"ann": [f"2026-11-{day} {name}" for day, name in past]}
    staffed = (queue(hours=72, min_staff=1),)
    problem = world("2026-11-30", 3, [A06, A12, N22], carried=carried, queues=staffed)
    book, every = RuleBook(rules=(rule,)), rosters(problem, structural=True)
    assert list(by_solver(book, problem, every)) == list(by_check(book, problem, every))
