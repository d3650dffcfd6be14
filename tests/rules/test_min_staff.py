"""At least n agents with a skill on duty in every interval."""

from __future__ import annotations

from staffing.rules.min_staff import MinStaff
from tests.rules.world import agent, duty, queue, roster, template, world

RULE = MinStaff()
D08 = template("D08", "08:00", "16:00")
P08 = template("P08", "08:00", "16:30", break_after_minutes=240, break_minutes=30)
N22 = template("N22", "22:00", "06:00")
TEAM = (agent("ann"), agent("bob"), agent("cyd", workstreams=("other",)))


def floor(heads, *, first="2026-11-30", days=1, **more):
    queues = (queue(hours=24 * days, min_staff=heads),)
    return world(first, days, [D08, P08, N22], agents=TEAM, queues=queues, **more)


def stretches(problem, held):
    """Return (first hour, last hour, amount) of every violation."""
    found = RULE.check(problem, roster(problem, held))
    return [(v.start // 60, v.end // 60, v.amount) for v in found]


def test_neighbouring_short_hours_are_one_violation():
    # One agent from 8 to 16: eight hours short before and after.
    assert stretches(floor(1), {"ann": ["2026-11-30 D08"]}) == [(0, 8, 480), (16, 24, 480)]


def test_every_head_short_counts():
    # Two are asked for: 16 h without anybody, 8 h with one.
    (found,) = RULE.check(floor(2), roster(floor(2), {"ann": ["2026-11-30 D08"]}))
    assert (found.amount, found.measured, found.limit) == (16 * 120 + 8 * 60, 0, 2)
    # 2,400 agent-minutes x weight 1 x price 1000 of service.
    assert found.cost == 2_400_000


def test_an_hour_with_a_break_in_it_is_not_covered():
    # Break from 12:00 to 12:30, and the half hour from 16:00 is no whole interval.
    held = {"ann": ["2026-11-30 P08"]}
    assert stretches(floor(1), held) == [(0, 8, 480), (12, 13, 60), (16, 24, 480)]


def test_only_those_who_can_serve_a_queue_count():
    held = {"ann": ["2026-11-30 D08"], "cyd": ["2026-11-30 N22"]}
    assert stretches(floor(1), held) == [(0, 8, 480), (16, 24, 480)]


def test_a_carried_night_covers_the_first_hours():
    problem = floor(1, carried={"bob": ["2026-11-29 N22"]})
    assert stretches(problem, {"ann": ["2026-11-30 D08"]}) == [(6, 8, 120), (16, 24, 480)]


def test_intervals_are_utc_where_the_clocks_change():
    # Night of 24 October: 22:00 is 21:00 UTC, and 06:00 is 06:00 UTC again: nine hours covered of 48.
    problem = floor(1, first="2026-10-24", days=2)
    assert duty(problem, "2026-10-24 N22").end == 30 * 60
    held = {"ann": ["2026-10-24 N22"]}
    assert stretches(problem, held) == [(0, 21, 21 * 60), (30, 48, 18 * 60)]


def test_no_floor_no_form():
    assert list(RULE.team_forms(floor(0))) == []


def test_the_sentence_names_the_stretch_and_the_heads():
    first = next(iter(RULE.check(floor(1), roster(floor(1), {"ann": ["2026-11-30 D08"]}))))
    assert first.message == (
        "From Mon 30 Nov 00:00 to Mon 30 Nov 08:00 UTC as few as 0 of 1 agents for cases are on duty "
        "(min_staff of the workstream), 8.0 agent-hours short."
    )
