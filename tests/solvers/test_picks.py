"""Whom to free: as many as asked, of the right kind, from the members that there are."""

from __future__ import annotations

from random import Random

import pytest

from staffing.rules.book import RuleBook
from staffing.solvers.groups import teams_and_groups
from staffing.solvers.instance import prepare
from staffing.solvers.picks import Picks
from staffing.solvers.plan import Best
from staffing.solvers.tours.space import Tour
from tests.rules.world import agent, queue, template, world

E06, L14 = template("E06", "06:00", "14:00"), template("L14", "14:00", "22:00")
MAIL, CHAT = ("mail",), ("chat",)


@pytest.fixture(scope="module")
def picks() -> Picks:
    # Three alike who do mail, two alike who do chat.
    people = (
        *(agent(name, workstreams=MAIL) for name in ("ann", "bob", "cyd")),
        *(agent(name, workstreams=CHAT) for name in ("dan", "eve")),
    )
    problem = world(
        "2026-11-30", 1, [E06, L14], agents=people, queues=(queue("mail"), queue("chat"))
    )
    teams, groups = teams_and_groups(prepare(problem, RuleBook.default()))
    assert [len(group.members) for group in groups] == [3, 2]
    return Picks(problem, teams, groups)


# The mail people work at their pay, 480 minutes; a chat person is 5,000 dearer than that.
BEST = Best({(0, Tour((0,), 480)): 3, (1, Tour((0,), 5480)): 1, (1, Tour((), 0)): 1}, 6920.0)


@pytest.mark.parametrize("size", [1, 2, 4, 9])
def test_as_many_as_asked_and_no_more_than_there_are(picks, size):
    for pick in picks.all:
        for seed in range(20):
            free = pick(Random(seed), size, BEST, [(frozenset({0}), 7)])
            assert 1 <= sum(free.values()) <= min(size, 5)
            assert all(members <= {0: 3, 1: 2}[group] for group, members in free.items())


def test_one_pool_is_one_pool(picks):
    assert {frozenset(picks.one_pool(Random(s), 5, BEST, ())) for s in range(20)} == {
        frozenset({0}),
        frozenset({1}),
    }


def test_the_dear_come_first(picks):
    assert all(picks.dear_people(Random(seed), 1, BEST, ()) == {1: 1} for seed in range(20))


def test_only_who_can_and_may_help_is_drawn_for_a_sore_spot(picks):
    # Hour 7 of the day: mail is short, and E06 covers it.
    assert all(
        picks.who_could_help(Random(seed), 1, BEST, [(frozenset({0}), 7)]) == {0: 1}
        for seed in range(20)
    )
