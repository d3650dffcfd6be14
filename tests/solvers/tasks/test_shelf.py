from __future__ import annotations

from staffing.solvers.tasks import shelf
from staffing.solvers.tasks.case import Case
from staffing.solvers.tasks.shelf import at_hand, parts_for
from tests.rules.world import agent, template, world
from tests.solvers.tasks.world import BOOK

D08 = template("D08", "08:00", "16:00")
CASES = [Case.of(world("2026-11-30", 1, [D08], agents=(agent(name),)), BOOK) for name in "abc"]


def test_what_was_last_asked_for_is_kept():
    shelf._SHELF.clear()
    first = parts_for(CASES[0])
    second = parts_for(CASES[1])
    assert parts_for(CASES[0]) is first
    parts_for(CASES[2])  # there is room for two: the second, not asked for since, goes
    assert parts_for(CASES[0]) is first
    assert parts_for(CASES[1]) is not second


def test_what_is_at_hand_is_used_as_long_as_it_is():
    lent = parts_for(CASES[0])
    with at_hand(CASES[0], lent):
        assert parts_for(CASES[0]) is lent
    assert parts_for(CASES[0]) is not lent


def test_a_case_comes_out_of_its_wrapping_as_it_went_in():
    problem, book = CASES[0].unpacked()
    assert problem == world("2026-11-30", 1, [D08], agents=(agent("a"),))
    assert book == BOOK
    assert len({case.digest for case in CASES}) == 3
