"""A target in short, as the table of the requirement shows it."""

from __future__ import annotations

import datetime as dt

import pytest

from staffing.console.forecasts import show_requirement
from staffing.domain.opening import OpeningHours
from tests.queues import deferrable, immediate
from tests.rules.world import template, world

OFFICE = OpeningHours(site="here", monday=(dt.time(9), dt.time(17)))


@pytest.mark.parametrize(
    ("queue", "shown"),
    [
        (immediate(), "90% in 15 min"),
        (deferrable(target=0.95, due_hours=12), "95% in 12 h"),
        (deferrable(target=0.9, due_hours=1, period="four_weeks"), "90% in 60 min, over 4 weeks"),
        (
            deferrable(target=0.9, due_hours=8, period="day", clock="business", hours_open=OFFICE),
            "90% in 8 open h, each day",
        ),
    ],
)
def test_targets_in_short(queue, shown, capsys: pytest.CaptureFixture[str]):
    show_requirement(world("2026-11-30", 1, [template("E06", "06:00", "14:00")], queues=(queue,)))
    assert shown in " ".join(capsys.readouterr().out.replace("│", " ").split())
