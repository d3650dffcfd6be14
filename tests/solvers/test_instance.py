from __future__ import annotations

import datetime as dt

from staffing.domain.problem import Pin
from staffing.rules.book import RuleBook
from staffing.solvers.instance import prepare
from tests.rules.world import agent, queue, template, world

D08, L14 = template("D08", "08:00", "16:00"), template("L14", "14:00", "22:00")
MONDAY = dt.date(2026, 11, 30)


def test_everybody_has_an_entry_and_pins_are_held():
    pins = (
        Pin(agent_id="ann", date=MONDAY, template="L14"),
        Pin(agent_id="bob", date=MONDAY, template=None),
    )
    problem = world("2026-11-30", 2, [D08, L14], agents=(agent("ann"), agent("bob")), pins=pins)
    ready = prepare(problem, RuleBook.default())
    held = {who: [d.template for d in duties] for who, duties in ready.pinned_roster.duties.items()}
    assert held == {"ann": ["L14"], "bob": []}
    assert not any(ready.roster(set()).duties.values())


def test_floors_come_from_the_rules():
    problem = world("2026-11-30", 1, [D08], queues=(queue("a", 24, min_staff=2), queue("b", 24)))
    assert [cover.name for cover in prepare(problem, RuleBook.default()).covers] == ["a"]
    assert prepare(problem, RuleBook(rules=())).covers == ()
