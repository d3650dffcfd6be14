from __future__ import annotations

import datetime as dt

from staffing.rules.book import RuleBook
from staffing.solvers.instance import prepare
from tests.rules.world import queue, template, world

D08, L14 = template("D08", "08:00", "16:00"), template("L14", "14:00", "22:00")
MONDAY = dt.date(2026, 11, 30)


def test_floors_come_from_the_rules():
    problem = world("2026-11-30", 1, [D08], queues=(queue("a", 24, min_staff=2), queue("b", 24)))
    assert [cover.name for cover in prepare(problem, RuleBook.default()).covers] == ["a"]
    assert prepare(problem, RuleBook(rules=())).covers == ()
