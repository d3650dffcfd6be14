"""Numbers and moments as text."""

from __future__ import annotations

import datetime as dt

import pytest

from staffing.domain.clock import Horizon
from staffing.report import words


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0, "0"), (120, "2"), (90, "1.5"), (-30, "−0.5"), (100_000, "1,666.7"), (None, "–")],
)
def test_hours(minutes, text):
    assert words.hours(minutes) == text


@pytest.mark.parametrize(
    ("fraction", "digits", "text"),
    [
        (0.9799, None, "97.9\u00a0%"),
        (0.98, None, "98\u00a0%"),
        (0.98, 1, "98.0\u00a0%"),
        (-0.031, 1, "−3.1\u00a0%"),
        (float("nan"), None, "–"),
    ],
)
def test_a_missed_target_is_never_rounded_up(fraction, digits, text):
    assert words.percent(fraction, digits) == text


def test_a_gap_is_never_rounded_down():
    assert words.percent(0.01501, 2, up=True) == "1.51\u00a0%"


def test_plural_and_lists():
    assert words.plural(1, "duty", "duties") == "1 duty"
    assert words.plural(1200, "night") == "1,200 nights"
    assert words.listed(["a", "b", "c"]) == "a, b and c"
    assert words.listed(["a"]) == "a"


def test_names_and_days():
    assert words.plain("law_enforcement") == "Law enforcement"
    assert words.day(dt.date(2026, 11, 30)) == "Mon 30 Nov"


def test_a_stretch_on_a_wall_clock():
    horizon = Horizon.of_week("2026-W49")
    assert words.stretch(horizon, 480, 990) == "Mon 30 Nov 08:00 to 16:30"
    text = words.stretch(horizon, 480, 990, "Asia/Singapore")
    assert text == "Mon 30 Nov 16:00 to Tue 1 Dec 00:30"
