"""Due instants of arrivals and open cases, closed intervals, days of a target, and what is known of past weeks."""

from __future__ import annotations

import datetime as dt

import pytest

from staffing.domain.clock import Horizon
from staffing.domain.errors import ProblemError
from staffing.domain.opening import OpeningHours
from staffing.domain.people import Site
from staffing.domain.work import PastService, ServiceWeek, Workstream
from staffing.requirement.deadlines import Deadlines, past_service

SITES = {
    "dublin": Site(site="dublin", region="EMEA", time_zone="Europe/Dublin", country="IE"),
    "seattle": Site(site="seattle", region="AMER", time_zone="America/Los_Angeles", country="US"),
}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
WINTER = Horizon.of_week("2026-W49")  # UTC is Dublin's wall clock
FRIDAY = 4 * 24


def work(site: str = "dublin", due_minutes: int = 480, **more: object) -> Workstream:
    opening = dict.fromkeys(WEEKDAYS, (dt.time(9), dt.time(17)))
    for name in ("worked_outside", "holidays"):
        if name in more:
            opening[name] = more.pop(name)
    fields = {"clock": "business", "opening": OpeningHours(site=site, **opening)}
    return Workstream(
        workstream="legal",
        kind="deferrable",
        due_minutes=due_minutes,
        target_fraction=0.9,
        **{**fields, **more},
    )


def deadlines(horizon: Horizon = WINTER, **more: object) -> Deadlines:
    return Deadlines(work(**more), horizon, SITES)


def test_arrivals_are_due_when_those_of_the_end_of_their_interval_are():
    due = deadlines().of_arrivals()
    assert len(due) == 168
    monday = 7 * 1440
    # Of Friday 15:00 to 16:00: Monday 16:00. All that comes later until Monday 09:00: Monday 17:00.
    assert due[FRIDAY + 15] == monday + 16 * 60
    assert set(due[FRIDAY + 16 :]) == {monday + 17 * 60}
    # Of Tuesday 09:00 to 10:00: Wednesday 10:00. Never earlier than what came before.
    assert due[24 + 9] == (48 + 10) * 60
    assert list(due) == sorted(due)


def test_due_instants_lie_on_the_grid_and_after_the_next_interval():
    # 7.5 h: Friday 15:00 is due Monday 14:30, down to 14:00.
    assert deadlines(due_minutes=450).of_arrivals()[FRIDAY + 14] == (168 + 14) * 60
    # 15 minutes are counted as the next whole interval: 11:00 to 12:00, due by 13:00.
    assert deadlines(due_minutes=15).of_arrivals()[11] == 13 * 60


@pytest.mark.parametrize(("week", "hours"), [("2026-W13", 71), ("2026-W43", 73)])
def test_arrivals_of_a_week_of_clock_change(week, hours):
    # Friday 15:00 to 16:00 local, due Monday 16:00 local; in March Dublin is at UTC then at +1, in October the reverse.
    # Monday 26 October is a holiday.
    horizon = Horizon.of_week(week)
    friday = FRIDAY + (15 if week == "2026-W13" else 14)
    assert deadlines(horizon, holidays=False).of_arrivals()[friday] == (friday + 1 + hours) * 60


def test_the_calendar_clock_needs_no_list():
    assert Deadlines(work(clock="calendar"), WINTER, SITES).of_arrivals() == ()
    plain = work(clock="calendar", opening=None)
    assert Deadlines(plain, WINTER, {}).of_case(WINTER.at(-60), WINTER.start) == 420


def test_opening_hours_of_no_site_are_refused():
    with pytest.raises(ProblemError, match="'legal' has opening hours of 'dublin'"):
        Deadlines(work(), WINTER, {})


def case_due(opened: int, as_of: int = 0) -> int:
    return deadlines().of_case(WINTER.at(opened), WINTER.at(as_of))


def test_an_open_case_is_due_on_the_business_clock():
    # Friday before the week 16:00: Monday 16:00. Opened on Thursday 12:00 before: Friday 12:00, long overdue.
    friday = -3 * 1440 + 16 * 60
    assert case_due(friday) == 16 * 60
    assert case_due(friday - 28 * 60) == friday - 4 * 60


def test_a_backlog_of_before_keeps_what_was_left_of_its_time():
    # Counted on Thursday 13:00, 83 h before the week; opened at 10:00: 3 of 8 hours are gone. 5 h are left on Monday
    # 09:00: due 14:00.
    thursday = -4 * 1440
    assert case_due(thursday + 600, as_of=thursday + 780) == 14 * 60
    # Overdue for a day then is overdue for a day now: opened Tuesday 13:00, due Wednesday 13:00.
    assert case_due(thursday + 780 - 2 * 1440, as_of=thursday + 780) == -1440


def test_closed_hours_are_those_in_which_nobody_may_work():
    assert deadlines().closed() == ()
    closed = deadlines(worked_outside=False).closed()
    assert [t for t in range(24) if t not in closed] == list(range(9, 17))
    assert set(range(5 * 24, 7 * 24)) <= set(closed)


def test_days_of_a_target_are_local():
    assert deadlines().period_starts() == ()
    assert deadlines(period="day").period_starts() == tuple(range(24, 168, 24))
    # The week of Dublin's spring begins in winter: Sunday ends at 23:00 UTC.
    spring = deadlines(Horizon.of_week("2026-W13"), period="day").period_starts()
    assert spring == (24, 48, 72, 96, 120, 144, 167)
    # In Seattle's week of autumn the days are 7 h behind, from Sunday night on 8 h.
    autumn = deadlines(Horizon.of_week("2026-W44"), site="seattle", period="day").period_starts()
    assert autumn == (7, 31, 55, 79, 103, 127, 151)
    utc = work(clock="calendar", opening=None, period="day")
    assert Deadlines(utc, WINTER, {}).period_starts() == tuple(range(24, 168, 24))


def test_four_weeks_look_back_three():
    weeks = [
        ServiceWeek(week=f"2026-W{number}", queue=queue, arrived=100, missed=number - 40)
        for number in range(44, 50)
        for queue in ("legal", "other")
    ]
    four = work(period="four_weeks")
    # W46 to W48: 300 cases of 12 minutes, 6 + 7 + 8 of them missed.
    expected = PastService(work_minutes=3600, missed_minutes=252)
    assert past_service(four, "legal", weeks, 12.0, WINTER) == expected
    assert past_service(four, "legal@EMEA", weeks, 12.0, WINTER) is None
    assert past_service(work(), "legal", weeks, 12.0, WINTER) is None
