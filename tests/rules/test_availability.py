"""No duty outside employment or on approved time off, to the minute and across midnight."""

from __future__ import annotations

import datetime as dt

import pytest

from staffing.rules.availability import Availability
from staffing.rules.book import RuleBook
from tests.rules.world import agent, amounts, check, duty, off, template, world

RULE = Availability()
D08 = template("D08", "08:00", "16:00")
N22 = template("N22", "22:00", "06:00")
C16 = template("C16", "16:00", "00:00")


def admitted(problem, text):
    return RULE.admits(problem, problem.agents[0], duty(problem, text))


def test_a_night_that_reaches_into_time_off_is_not_admitted():
    # Off all of Wednesday 2 December: Tuesday's night has six hours of it, Tuesday's C16 ends as it begins.
    away = off("ann", "2026-12-02T00:00+00:00", "2026-12-03T00:00+00:00")
    problem = world("2026-11-30", 4, [D08, N22, C16], time_off=(away,))
    assert amounts(RULE, problem, "2026-12-01 N22") == [360]
    assert not admitted(problem, "2026-12-01 N22")
    assert amounts(RULE, problem, "2026-12-01 C16", "2026-12-03 D08") == []
    assert admitted(problem, "2026-12-01 C16")
    assert admitted(problem, "2026-12-03 D08")


def test_employment_includes_its_first_and_last_day():
    ann = agent(start_date=dt.date(2026, 12, 1), end_date=dt.date(2026, 12, 2))
    problem = world("2026-11-30", 4, [D08, N22, C16], agents=(ann,))
    held = ["2026-11-30 D08", "2026-12-01 D08", "2026-12-02 C16", "2026-12-03 D08"]
    # The first and the last of the four, whole: 480 minutes each.
    assert amounts(RULE, problem, *held) == [480, 480]
    # The night of the last day has six hours after it.
    assert amounts(RULE, problem, "2026-12-02 N22") == [360]
    assert [admitted(problem, text) for text in held] == [False, True, True, False]


@pytest.mark.parametrize(
    ("date", "minutes"),
    [("2026-10-24", 420), ("2026-03-28", 300)],
    ids=["autumn: seven hours from midnight to 06:00", "spring: five"],
)
def test_minutes_are_true_minutes_where_the_clocks_change(date, minutes):
    ann = agent(end_date=dt.date.fromisoformat(date))
    problem = world(date, 2, [N22], agents=(ann,))
    assert amounts(RULE, problem, f"{date} N22") == [minutes]


def test_time_off_of_somebody_else_does_not_matter():
    away = off("bob", "2026-11-30T00:00+00:00", "2026-12-03T00:00+00:00")
    problem = world("2026-11-30", 1, [D08], agents=(agent(), agent("bob")), time_off=(away,))
    assert amounts(RULE, problem, "2026-11-30 D08") == []


def test_a_carried_duty_on_time_off_is_inherited():
    away = off("ann", "2026-11-29T00:00+00:00", "2026-12-01T00:00+00:00")
    problem = world("2026-11-30", 1, [D08], time_off=(away,), carried={"ann": ["2026-11-29 D08"]})
    (found,) = check(RULE, problem)
    assert found.inherited


def test_what_is_not_admitted_is_no_choice():
    away = off("ann", "2026-11-30T12:00+00:00", "2026-11-30T13:00+00:00")
    problem = world("2026-11-30", 1, [D08, C16], time_off=(away,))
    choices = RuleBook(rules=(RULE,)).choices(problem, problem.agents[0])
    assert [d.template for d in choices.open] == ["C16"]


def test_the_sentence_names_the_minutes_away():
    away = off("ann", "2026-11-30T12:00+00:00", "2026-12-01T00:00+00:00")
    problem = world("2026-11-30", 1, [D08], time_off=(away,))
    (found,) = check(RULE, problem, "2026-11-30 D08")
    assert found.message == (
        "Ann (ann) is on duty from Mon 30 Nov 12:00 to Mon 30 Nov 16:00 while on approved time off or not employed."
    )
