"""Daily targets, day by day: which days, on whose calendar."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pandas as pd

from staffing.console.schedules import show_build
from staffing.domain.opening import OpeningHours
from staffing.report.days import TargetDay, lived_days, planned_days
from tests.report.rehearsed import daily

MONDAY, TUESDAY = dt.date(2026, 10, 19), dt.date(2026, 10, 20)


def test_a_weekly_target_has_no_days(build):
    assert list(planned_days(build)) == []
    assert (
        list(lived_days(build.problem, pd.DataFrame({"queue": [], "date": [], "mean": []}))) == []
    )


def test_each_day_is_held_against_the_target(build):
    (found,) = planned_days(daily(build))
    assert (found.queue, found.target_fraction) == ("legal", 0.98)
    assert found.days == (TargetDay(MONDAY, 1.0, True), TargetDay(TUESDAY, 0.97, False))
    assert [day.label for day in found.days] == ["Mon 19 Oct", "Tue 20 Oct"]


def test_days_are_those_of_the_site_whose_opening_hours_count(build):
    # In Seattle Monday 00:00 UTC is Sunday 17:00, and Tuesday 00:00 UTC is Monday.
    made = daily(build)
    west = made.problem.sites[0].changed(site="west", time_zone="America/Los_Angeles")
    hours = OpeningHours(site="west", monday=(dt.time(8), dt.time(18)))
    urgent, legal = made.problem.queues
    legal = legal.changed(workstream=legal.workstream.changed(opening=hours))
    problem = made.problem.changed(sites=(*made.problem.sites, west), queues=(urgent, legal))
    (found,) = planned_days(dataclasses.replace(made, problem=problem))
    assert [day.label for day in found.days] == ["Sun 18 Oct", "Mon 19 Oct"]


def test_lived_days_leave_out_those_without_work(build):
    table = pd.DataFrame(
        {
            "queue": ["urgent", "legal", "legal"],
            "date": [MONDAY, MONDAY, TUESDAY],
            "mean": [0.5, 0.99, float("nan")],
        }
    )
    (found,) = lived_days(daily(build).problem, table)
    assert found.days == (TargetDay(MONDAY, 0.99, True),)


def test_the_command_line_has_a_line_for_them(build, capsys):
    show_build(daily(build))
    shown = capsys.readouterr().out.replace("\u00a0", " ")
    assert "Legal by day: Mon 100.0 %, Tue 97.0 % missed\n" in shown
