"""Wanted and unwanted duties, with a strength."""

from __future__ import annotations

import datetime as dt

from staffing.domain.people import Preference
from staffing.rules.preferences import Preferences
from tests.rules.world import amounts, check, template, world

RULE = Preferences()
TEMPLATES = [template("D08", "08:00", "16:00"), template("N22", "22:00", "06:00")]
SATURDAY, SUNDAY = dt.date(2026, 12, 5), dt.date(2026, 12, 6)


def wishing(**wish):
    wish = Preference(agent_id="ann", **wish)
    return world(
        "2026-11-30", 7, TEMPLATES, preferences=(wish,), carried={"ann": ["2026-11-29 N22"]}
    )


def test_every_unwanted_duty_costs_its_strength():
    problem = wishing(wish="avoid", template="N22", strength=2)
    assert amounts(RULE, problem, "2026-11-30 D08") == []
    assert amounts(RULE, problem, "2026-11-30 N22", "2026-12-02 N22") == [2, 2]


def test_an_unwanted_date_is_unwanted_with_every_template():
    problem = wishing(wish="avoid", dates=(SATURDAY,))
    assert amounts(RULE, problem, "2026-12-05 D08") == [1]
    assert amounts(RULE, problem, "2026-12-05 N22") == [1]
    assert amounts(RULE, problem, "2026-12-04 N22") == []


def test_each_wanted_date_without_the_duty_costs_its_strength():
    problem = wishing(wish="want", dates=(SATURDAY, SUNDAY), template="D08", strength=3)
    assert amounts(RULE, problem) == [3, 3]
    assert amounts(RULE, problem, "2026-12-05 N22") == [3, 3]
    assert amounts(RULE, problem, "2026-12-05 D08", "2026-12-06 D08") == []


def test_a_wanted_template_is_wanted_once():
    problem = wishing(wish="want", template="N22", strength=2)
    assert amounts(RULE, problem, "2026-11-30 D08") == [2]
    assert amounts(RULE, problem, "2026-12-01 N22") == []


def test_a_date_outside_the_week_says_nothing():
    assert amounts(RULE, wishing(wish="want", dates=(dt.date(2026, 12, 7),))) == []
    assert amounts(RULE, wishing(wish="avoid", dates=(dt.date(2026, 11, 29),))) == []


def test_the_sentences_tell_want_and_avoid_apart():
    (missed,) = check(RULE, wishing(wish="want", dates=(SATURDAY,)))
    assert missed.message == (
        "Ann (ann) gets none of the duties wanted from Sat 05 Dec 00:00 to Sun 06 Dec 00:00 "
        "(wish of the agent, strength 1)."
    )
    (held,) = check(RULE, wishing(wish="avoid", template="N22", strength=2), "2026-12-01 N22")
    assert held.message == (
        "Ann (ann) holds a duty to avoid from Tue 01 Dec 22:00 to Wed 02 Dec 06:00 "
        "(wish of the agent, strength 2)."
    )
    # 2 x weight 15 x price 4 of fairness.
    assert held.cost == 120
