"""The grid of people and days in local time."""

from __future__ import annotations

import datetime as dt

import pytest

from staffing.domain.clock import Horizon
from staffing.domain.people import Site
from staffing.domain.shifts import ShiftTemplate, duty_on
from staffing.report.schedule import Band, band_of, schedule

HORIZON = Horizon.of_week("2026-W43")
DUBLIN = Site(site="dublin", region="EMEA", time_zone="Europe/Dublin", country="IE")


@pytest.mark.parametrize(
    ("start", "end", "band"),
    [
        ((6, 59), (15, 0), Band.EARLY),
        ((7, 0), (15, 0), Band.DAY),
        ((11, 59), (20, 0), Band.DAY),
        ((12, 0), (20, 0), Band.LATE),
        ((18, 0), (2, 0), Band.NIGHT),
        ((18, 0), (1, 59), Band.LATE),
        ((3, 0), (11, 0), Band.NIGHT),
    ],
)
def test_bands(start, end, band):
    template = ShiftTemplate(template="T", start=dt.time(*start), end=dt.time(*end))
    assert band_of(duty_on(HORIZON, DUBLIN, template, HORIZON.dates[0])) is band


def test_people_stand_under_their_site(build):
    found = schedule(build)
    assert [(p.site.site, len(p.people)) for p in found.places] == [("dublin", 2), ("singapore", 1)]
    assert [axis.zone for axis in found.axes] == ["UTC", "Europe/Dublin", "Asia/Singapore"]


def test_a_night_through_the_clock_change(build):
    night = schedule(build).places[0].people[1]
    (shift,) = night.shifts
    assert (shift.code, shift.times, shift.band) == ("N22", "22:00–06:00", Band.NIGHT)
    assert shift.title == (
        "N22: Sat 24 Oct 22:00 to Sun 25 Oct 06:00 local, "
        "Sat 24 Oct 21:00 to Sun 25 Oct 06:00 UTC, 9 h paid"
    )
    # hour 141 of 168, nine hours long
    assert shift.left == pytest.approx(100 * 141 / 168)
    assert shift.width == pytest.approx(100 * 9 / 168)
    assert [len(day.shifts) for day in night.days] == [0, 0, 0, 0, 0, 1, 0]


def test_leave_and_pins_are_shown(build):
    (chen,) = schedule(build).places[1].people
    # away from Monday 00:00 to Tuesday 00:00 Singapore time
    assert [day.leave for day in chen.days[:3]] == ["leave", "", ""]
    assert [day.pinned for day in chen.days[:3]] == [False, True, False]


def test_a_part_of_a_day_off_and_a_leaver(build):
    problem = build.problem
    (off,) = problem.time_off
    longer = off.model_copy(update={"end": HORIZON.at(1000)})
    leaver = problem.agents[2].model_copy(update={"end_date": HORIZON.dates[2]})
    changed = problem.model_copy(
        update={"time_off": (longer,), "agents": (*problem.agents[:2], leaver)}
    )
    fresh = type(problem).model_validate(changed.model_dump())
    (chen,) = schedule(type(build)(**{**vars(build), "problem": fresh})).places[1].people
    assert [day.leave for day in chen.days[:4]] == ["leave", "part leave", "", "not employed"]
