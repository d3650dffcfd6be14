from __future__ import annotations

from staffing.solvers.plan import Change
from staffing.solvers.tours.space import Tour

OFF, EARLY, LATE = Tour((), 0), Tour((0, 2), 900), Tour((1, 3), 950)
BASE = {(0, OFF): 2, (1, EARLY): 1}


def test_a_change_makes_one_plan_of_the_other():
    found = {(0, OFF): 1, (0, LATE): 1, (1, EARLY): 1}
    change = Change.between(BASE, found)
    assert change == Change(gone={(0, OFF): 1}, come={(0, LATE): 1})
    assert change.applied(BASE) == found


def test_two_changes_of_different_people_go_together():
    one = Change.between(BASE, {(0, OFF): 1, (0, LATE): 1, (1, EARLY): 1})
    other = Change.between(BASE, {(0, OFF): 1, (0, EARLY): 1, (1, LATE): 1})
    assert other.applied(one.applied(BASE)) == {(0, LATE): 1, (0, EARLY): 1, (1, LATE): 1}


def test_who_has_changed_already_is_left():
    one = Change.between(BASE, {**BASE, (1, EARLY): 0, (1, LATE): 1})
    other = Change.between(BASE, {**BASE, (1, EARLY): 0, (1, OFF): 1})
    assert other.applied(one.applied(BASE)) is None


def test_no_change_changes_nothing():
    assert Change.between(BASE, dict(BASE)).applied(BASE) == BASE
    assert Change.between({}, {}).applied({}) == {}
