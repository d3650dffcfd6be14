"""EU 2003/88 art. 6: 48 hours for each seven days, on average over a reference period; here never over 60."""

from __future__ import annotations

import pytest

from staffing.rules.max_weekly_hours import MaxWeeklyHours
from tests.rules.world import agent, amounts, check, days, template, world

RULE = MaxWeeklyHours()
D08 = template("D08", "08:00", "16:00")
P08 = template("P08", "08:00", "16:30", break_after_minutes=240, break_minutes=30)
T08 = template("T08", "08:00", "18:00")
N22 = template("N22", "22:00", "06:00")
MONDAY = "2026-11-30"


def test_sixty_hours_are_allowed_in_a_week_and_no_minute_more():
    problem = world(MONDAY, 7, [D08, T08])
    six = days(MONDAY, "2026-12-05", "T08")
    assert amounts(RULE, problem, *six) == []
    assert amounts(RULE, problem, *six, "2026-12-06 D08") == [480]


def test_unpaid_breaks_do_not_count():
    # Six P08 are present for 51 h and paid for 48.
    problem = world(MONDAY, 7, [P08])
    rule = MaxWeeklyHours(week_minutes=2880)
    assert amounts(rule, problem, *days(MONDAY, "2026-12-05", "P08")) == []


def test_the_average_reads_seventeen_weeks():
    # 17 x 48 h = 816 h. Sixteen weeks that nobody knows count as 48 h of contract, 768 h: 48 h remain for this week.
    problem = world(MONDAY, 7, [D08, T08], agents=(agent(weekly_minutes=2880),))
    assert amounts(RULE, problem, *days(MONDAY, "2026-12-05", "D08")) == []
    held = [*days(MONDAY, "2026-12-04", "D08"), "2026-12-05 T08"]
    (found,) = check(RULE, problem, *held)
    assert found.amount == 120
    assert found.measured == pytest.approx((16 * 48 + 50) / 17 * 60)


def test_carried_hours_count_with_their_week():
    # Last week 56 h, fifteen weeks at 48 h of contract: 776 h, so that 40 h remain.
    carried = {"ann": days("2026-11-23", "2026-11-29", "D08")}
    problem = world(MONDAY, 7, [D08], agents=(agent(weekly_minutes=2880),), carried=carried)
    assert amounts(RULE, problem, *days(MONDAY, "2026-12-04", "D08")) == []
    assert amounts(RULE, problem, *days(MONDAY, "2026-12-05", "D08")) == [480]


def test_a_week_older_than_the_reference_period_does_not_count():
    # With two weeks, 96 h: last week is unknown, 40 h; the 56 h of the week before it are out of sight.
    carried = {"ann": days("2026-11-16", "2026-11-22", "D08")}
    problem = world(MONDAY, 7, [D08], carried=carried)
    rule = MaxWeeklyHours(reference_weeks=2)
    assert amounts(rule, problem, *days(MONDAY, "2026-12-06", "D08")) == []
    assert amounts(
        MaxWeeklyHours(reference_weeks=3), problem, *days(MONDAY, "2026-12-06", "D08")
    ) == [
        # 56 + 40 + 56 = 152 h against 144 h.
        480
    ]


def test_hours_over_the_limit_before_the_week_are_inherited():
    # Two weeks at 30 h: 60 h in all, and 70 h were worked last week.
    carried = {"ann": days("2026-11-23", "2026-11-29", "T08")}
    problem = world(MONDAY, 7, [D08, T08], carried=carried)
    rule = MaxWeeklyHours(reference_weeks=2, average_minutes=1800)
    (found,) = check(rule, problem)
    assert (found.inherited, found.amount) == (True, 600)
    (found,) = check(rule, problem, f"{MONDAY} D08")
    assert (found.inherited, found.amount) == (False, 480)


@pytest.mark.parametrize(
    ("zone", "first", "saturday", "over"),
    [
        # Six nights by the clock are 48 h: 49 h where the clocks go back on Sunday, 47 h where they go forward.
        ("Europe/Dublin", "2026-10-19", "2026-10-24", [60]),
        ("Europe/Dublin", "2026-03-23", "2026-03-28", []),
        ("America/Los_Angeles", "2026-10-26", "2026-10-31", [60]),
        ("Europe/Dublin", "2026-10-26", "2026-10-31", []),
    ],
)
def test_hours_are_true_hours_where_the_clocks_change(zone, first, saturday, over):
    problem = world(first, 7, [N22], zone=zone)
    rule = MaxWeeklyHours(week_minutes=2880)
    assert amounts(rule, problem, *days(first, saturday, "N22")) == over
    tighter = MaxWeeklyHours(week_minutes=2820)
    assert (amounts(tighter, problem, *days(first, saturday, "N22")) == []) == (
        first == "2026-03-23"
    )


def test_the_sentences_tell_week_and_average_apart():
    problem = world(MONDAY, 7, [T08], agents=(agent(weekly_minutes=2880),))
    week, average = check(RULE, problem, *days(MONDAY, "2026-12-06", "T08"))
    assert week.message == (
        "Ann (ann) works 70.0 h in the week from Mon 30 Nov 00:00 to Mon 07 Dec 00:00; "
        "60 h are the limit (EU 2003/88 art. 6 and 16; UK 17-week reference)."
    )
    assert average.message == (
        "Ann (ann) works 49.3 h a week on average over the 17 weeks from Mon 10 Aug 00:00 to Mon 07 Dec 00:00; "
        "48 h are the limit (EU 2003/88 art. 6 and 16; UK 17-week reference)."
    )
