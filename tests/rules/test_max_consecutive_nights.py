"""Nights in a row: three at most; a night has three hours of local 23:00 to 06:00 (EU 2003/88 art. 2)."""

from __future__ import annotations

import pytest

from staffing.rules.max_consecutive_nights import MaxConsecutiveNights
from tests.rules.world import amounts, check, days, template, world

RULE = MaxConsecutiveNights()
N22 = template("N22", "22:00", "06:00")
D08 = template("D08", "08:00", "16:00")


def test_a_fourth_night_in_a_row_is_one_too_many():
    problem = world("2026-11-30", 7, [N22])
    assert amounts(RULE, problem, *days("2026-11-30", "2026-12-02", "N22")) == []
    assert amounts(RULE, problem, *days("2026-11-30", "2026-12-03", "N22")) == [1]


def test_a_day_duty_ends_the_run():
    problem = world("2026-11-30", 7, [N22, D08])
    held = [*days("2026-11-30", "2026-12-02", "N22"), "2026-12-04 D08", "2026-12-05 N22"]
    assert amounts(RULE, problem, *held) == []


@pytest.mark.parametrize(("end", "over"), [("02:00", [1]), ("01:59", [])])
def test_three_hours_of_the_night_make_a_night_duty(end, over):
    # From 23:00 to 02:00 are 180 minutes, to 01:59 179.
    problem = world("2026-11-30", 7, [template("V18", "18:00", end)])
    assert amounts(RULE, problem, *days("2026-11-30", "2026-12-03", "V18")) == over


def test_the_night_in_which_the_clocks_go_forward_is_shorter():
    # 23:00 to 02:30 by the clock is 210 minutes, 150 in the night to 29 March: no night, and the run ends at three.
    v18 = template("V18", "18:00", "02:30")
    problem = world("2026-03-23", 7, [v18])
    assert amounts(RULE, problem, *days("2026-03-25", "2026-03-28", "V18")) == []
    problem = world("2026-03-23", 7, [v18], zone="America/Los_Angeles")
    assert amounts(RULE, problem, *days("2026-03-25", "2026-03-28", "V18")) == [1]


def test_nights_before_the_week_count():
    problem = world(
        "2026-11-30", 7, [N22], carried={"ann": days("2026-11-28", "2026-11-29", "N22")}
    )
    assert amounts(RULE, problem, "2026-11-30 N22") == []
    assert amounts(RULE, problem, *days("2026-11-30", "2026-12-01", "N22")) == [1]


def test_the_sentence_names_the_run():
    problem = world("2026-11-30", 7, [N22])
    (found,) = check(RULE, problem, *days("2026-11-30", "2026-12-03", "N22"))
    assert found.message == (
        "Ann (ann) works 4 nights in a row from Mon 30 Nov 22:00 to Fri 04 Dec 06:00; "
        "3 are the limit (HSE good practice: 2 to 3)."
    )
