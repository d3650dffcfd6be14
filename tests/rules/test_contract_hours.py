"""Planned hours against contract: minutes under and minutes over, each at its price."""

from __future__ import annotations

import datetime as dt

from staffing.rules.contract_hours import ContractHours
from tests.rules.world import agent, amounts, check, days, off, template, world

RULE = ContractHours()
D08 = template("D08", "08:00", "16:00")
N22 = template("N22", "22:00", "06:00")
FIVE = days("2026-11-30", "2026-12-04", "D08")


def test_the_contract_to_the_minute_is_free():
    assert amounts(RULE, world("2026-11-30", 7, [D08]), *FIVE) == []


def test_under_and_over_have_their_own_price():
    rule = ContractHours(weight=2, overtime_weight=3)
    problem = world("2026-11-30", 7, [D08])
    (under,) = check(rule, problem, *FIVE[:4])
    (over,) = check(rule, problem, *FIVE, "2026-12-05 D08")
    # 480 min x weight x price 20.
    assert (under.amount, under.cost) == (480, 480 * 2 * 20)
    assert (over.amount, over.cost) == (480, 480 * 3 * 20)


def test_only_what_is_beyond_the_tolerance_counts():
    problem = world("2026-11-30", 7, [D08])
    assert amounts(ContractHours(tolerance_minutes=480), problem, *FIVE[:4]) == []
    assert amounts(ContractHours(tolerance_minutes=479), problem, *FIVE[:4]) == [1]


def test_a_day_of_leave_takes_a_fifth():
    away = off("ann", "2026-11-30T00:00+00:00", "2026-12-01T00:00+00:00")
    assert amounts(RULE, world("2026-11-30", 7, [D08], time_off=(away,)), *FIVE[1:]) == []


def test_a_leaver_in_mid_week_owes_the_days_until_then():
    ann = agent(end_date=dt.date(2026, 12, 2))
    assert amounts(RULE, world("2026-11-30", 7, [D08], agents=(ann,)), *FIVE[:3]) == []


def test_the_week_before_plays_no_part():
    problem = world(
        "2026-11-30", 7, [D08], carried={"ann": days("2026-11-23", "2026-11-29", "D08")}
    )
    assert amounts(RULE, problem, *FIVE) == []


def test_the_long_night_of_october_is_an_hour_of_overtime():
    problem = world("2026-10-19", 7, [D08, N22])
    held = [*days("2026-10-19", "2026-10-22", "D08"), "2026-10-24 N22"]
    assert amounts(RULE, problem, *held) == [60]


def test_the_sentence_names_plan_and_contract():
    (found,) = check(RULE, world("2026-11-30", 7, [D08]), *FIVE[:4])
    assert found.message == (
        "Ann (ann) is planned for 32.0 h from Mon 30 Nov 00:00 to Mon 07 Dec 00:00, "
        "8.0 h under the 40.0 h of the contract."
    )
