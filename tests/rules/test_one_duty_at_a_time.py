"""No two duties that overlap, at most one that starts on a local day."""

from __future__ import annotations

from staffing.rules.one_duty_at_a_time import OneDutyAtATime
from tests.rules.world import amounts, check, template, world

RULE = OneDutyAtATime()
N22 = template("N22", "22:00", "06:00")
X05 = template("X05", "05:00", "09:00")
E06 = template("E06", "06:00", "14:00")
L15 = template("L15", "15:00", "23:00")


def december(**more):
    return world("2026-11-30", 3, [N22, X05, E06, L15], **more)


def test_two_starts_on_one_local_day_are_one_too_many():
    # E06 ends an hour before L15 starts: no overlap, but the same date.
    assert amounts(RULE, december(), "2026-11-30 E06", "2026-11-30 L15") == [1]


def test_overlap_across_midnight_counts_and_touching_does_not():
    # N22 ends Tuesday 06:00: X05 overlaps it by an hour, E06 starts in that minute.
    assert amounts(RULE, december(), "2026-11-30 N22", "2026-12-01 X05") == [1]
    assert amounts(RULE, december(), "2026-11-30 N22", "2026-12-01 E06") == []


def test_a_carried_night_blocks_the_first_morning():
    problem = december(carried={"ann": ["2026-11-29 N22"]})
    assert amounts(RULE, problem, "2026-11-30 X05") == [1]


def test_carried_duties_that_overlap_are_inherited():
    problem = december(carried={"ann": ["2026-11-28 N22", "2026-11-29 X05"]})
    (found,) = check(RULE, problem, "2026-11-30 E06")
    assert found.inherited


def test_three_duties_on_a_day_are_three_pairs():
    held = [f"2026-11-30 {name}" for name in ("X05", "L15", "N22")]
    assert amounts(RULE, december(), *held) == [1, 1, 1]


def test_the_sentence_names_who_and_when():
    (found,) = check(RULE, december(), "2026-11-30 N22", "2026-12-01 X05")
    assert found.message == (
        "Ann (ann) holds two duties at once or on one day between Mon 30 Nov 22:00 and Tue 01 Dec 09:00; "
        "one is allowed."
    )
