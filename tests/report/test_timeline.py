"""The time axis, right through a clock change."""

from __future__ import annotations

import pytest

from staffing.domain.clock import Horizon
from staffing.domain.people import Site
from staffing.domain.roster import Roster
from staffing.report.coverage import roster_of
from staffing.report.timeline import Window, axes, window_of

HORIZON = Horizon.of_week("2026-W43")


def test_the_window_holds_whole_duties(build):
    assert window_of(HORIZON, Roster(duties={})) == Window(0, 168 * 60)
    # Sunday's night would end on Monday; Saturday's ends within the week
    assert window_of(HORIZON, roster_of(build)) == Window(0, 168 * 60)
    (night,) = roster_of(build).of("b1")
    later = night.model_copy(update={"start": night.start + 1440, "end": night.end + 1440})
    assert window_of(HORIZON, Roster(duties={"b1": (later,)})).last == 174 * 60


def test_one_axis_a_zone_and_utc_first():
    sites = [
        Site(site=name, region="AMER", time_zone=zone, country="US")
        for name, zone in (
            ("seattle", "America/Los_Angeles"),
            ("dublin", "Europe/Dublin"),
            ("irvine", "America/Los_Angeles"),
        )
    ]
    found = axes(HORIZON, sites, Window(0, 168 * 60))
    assert [(axis.zone, axis.sites) for axis in found] == [
        ("UTC", ()),
        ("America/Los_Angeles", ("seattle", "irvine")),
        ("Europe/Dublin", ("dublin",)),
    ]


def test_local_midnights_and_the_longer_day():
    window = Window(0, 168 * 60)
    site = Site(site="dublin", region="EMEA", time_zone="Europe/Dublin", country="IE")
    utc, dublin = axes(HORIZON, [site], window)
    assert [t.label for t in utc.ticks if t.is_day][:2] == ["Mon 19 Oct", "Tue 20 Oct"]
    hours = [
        (round(t.left * 168 / 100, 6), t.label) for t in dublin.ticks if t.left * 168 / 100 > 143
    ]
    # Sunday 25 October begins at 23:00 UTC (hour 143 of the week); 06:00 GMT is 06:00 UTC, seven hours later
    assert hours == [(150, "06"), (156, "12"), (162, "18")]
    midnights = [t.left * 168 / 100 for t in dublin.ticks if t.is_day]
    assert midnights == pytest.approx([0, 23, 47, 71, 95, 119, 143])
    assert dublin.ticks[0].label == "Mon 19 Oct"
