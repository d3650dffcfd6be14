"""The benchmark of peers on a day and two of three people: ways agree on the optimum, briefs say what the rules say."""

from __future__ import annotations

import datetime as dt
import math
import os

import pytest

from benchmarks.apart import LostError, apart, peak_mib
from benchmarks.peers import models
from benchmarks.peers.__main__ import lines
from benchmarks.peers.answer import Answer
from benchmarks.peers.brief import Brief, heads
from benchmarks.peers.measure import ELSEWHERE, HERE, OURS, compared, measure, row
from staffing.domain.objective import Level
from staffing.domain.people import Preference
from staffing.domain.problem import Pin, Problem
from staffing.rules.book import RuleBook
from staffing.rules.contract_hours import ContractHours
from staffing.rules.max_consecutive_days import MaxConsecutiveDays
from staffing.rules.min_rest import MinRest
from staffing.rules.one_duty_at_a_time import OneDutyAtATime
from staffing.rules.preferences import Preferences
from tests.queues import deferrable, immediate
from tests.rules.world import agent, roster, template, world

BOOK = RuleBook(
    rules=(
        OneDutyAtATime(),
        MinRest(),
        MaxConsecutiveDays(level=Level.MUST, days=1),
        ContractHours(),
        Preferences(),
    )
)
MONDAY, TUESDAY = "2026-11-30", "2026-12-01"


@pytest.fixture(scope="module")
def problem() -> Problem:
    """Three people, two days, an early and a late shift; 4 hours of mail a day, a call to wait for at 10 on Monday."""
    mail = deferrable("mail", {8: 240, 32: 240}, hours=48, due_hours=12)
    wish = Preference(
        agent_id="bob", wish="avoid", template="L15", strength=2, dates=(_date(TUESDAY),)
    )
    return world(
        MONDAY,
        2,
        [template("E07", "07:00", "15:00"), template("L15", "15:00", "23:00")],
        agents=tuple(agent(who, workstreams=("mail", "calls")) for who in ("ann", "bob", "cem")),
        queues=(
            mail.changed(volume=tuple(minutes / 10 for minutes in mail.arrivals_minutes)),
            immediate("calls", {10: 1}, hours=48),
        ),
        carried={"ann": ["2026-11-29 L15"]},
        pins=(Pin(agent_id="cem", date=_date(TUESDAY), template="E07"),),
        preferences=(wish,),
    )


def _date(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.fixture(scope="module")
def answers(problem) -> dict[str, Answer]:
    return {way: solve(problem, BOOK, 2.0, 1) for way, solve in HERE.items()}


def test_every_way_with_our_model_finds_and_proves_the_same_optimum(problem, answers):
    rows = compared([row(way, problem, BOOK, found, 1.0) for way, found in answers.items()])
    assert len({found["objective"] for found in rows}) == 1
    for found in rows:
        assert found["bound"] == found["objective"]
        assert (found["must_violations"], found["faults"], found["gap"]) == (0, [], 0)
        assert found["ratio"] == 1
        assert sum(found["terms"].values()) == found["objective"]


def test_the_plain_model_has_a_boolean_for_each_person_and_duty(problem):
    # Two shifts on two days, Sunday's duty for ann, and one shift on the day of cem's pin.
    named, _ = models.plain_model(problem, BOOK)
    assert {who: len(own) for who, own in named.literals.items()} == {"ann": 5, "bob": 4, "cem": 3}


def test_the_brief_of_the_people(problem):
    facts = Brief(problem, BOOK).facts()
    assert [(d["shift"], d["day"]) for d in facts["duties"]] == [
        ("E07", 0),
        ("L15", 0),
        ("E07", 1),
        ("L15", 1),
    ]
    ann, bob, cem = facts["people"]
    # Ann has worked until 23:00 on Sunday.
    assert ann["may_hold"] == [1, 2, 3]
    assert bob["may_hold"] == [0, 1, 2, 3]
    assert cem["may_hold"] == [0, 1, 2]
    # From 23:00 to 07:00 are 8 hours of 11.
    assert [(one, other) for one, other, must, _ in facts["follows"] if must] == [(1, 2)]
    pin = {"person": "cem", "constant": 0, "upper": None, "lower": 1, "must": True, "cost": 0}
    assert {**pin, "values": {2: 1}} in facts["limits"]


def test_a_longest_run_becomes_sums_over_one_day_more(problem):
    limits = Brief(problem, BOOK).facts()["limits"]
    runs = [e for e in limits if e["must"] and e["upper"] == 1]
    # Sunday and Monday for ann, whose Sunday is carried in, then Monday and Tuesday for each.
    assert [(e["person"], e["constant"], sorted(e["values"])) for e in runs] == [
        ("ann", 1, [0, 1]),
        ("ann", 0, [0, 1, 2, 3]),
        ("bob", 0, [0, 1, 2, 3]),
        ("cem", 0, [0, 1, 2]),
    ]


def test_the_brief_of_the_work(problem):
    # Four erlangs of mail at 8 with 12 hours to spare need 5 people; the call 1.
    # Levelled: 240 minutes from 8 to 21, as work of the hour from 8 is due 12 hours after its end: 18.5 each.
    facts = Brief(problem, BOOK).facts()
    assert (facts["heads"][8], facts["heads"][10], sum(facts["heads"])) == (5, 1, 11)
    assert facts["heads"] == heads(problem)
    assert heads(problem.changed(shrinkage_fraction=0.2))[8] == math.ceil(5 / 0.8)
    mail, calls, both = facts["needs"]
    assert sum(mail["by_interval"]) == 480
    assert set(mail["by_interval"][8:21]) == {18, 19}
    assert calls["by_interval"][10] == 60
    assert both["by_interval"][10] in (78, 79)
    assert facts["minutes"][0][0] == (7, 60)


def test_a_roster_of_a_peer_is_audited_whatever_it_breaks(problem):
    # Bob has 8 hours of rest and two days in a row, and cem's pin is not kept.
    brief = Brief(problem, BOOK)
    found = brief.roster([("bob", 1), ("bob", 2)])
    assert found == roster(problem, {"bob": [f"{MONDAY} L15", f"{TUESDAY} E07"]})
    told = row("peer", problem, BOOK, Answer(found, 1.0, remark="optimal"), 5.0)
    assert told["broken"] == {"min_rest": 1, "max_consecutive_days": 1}
    assert len(told["faults"]) == 1
    assert (told["bound"], told["gap"]) == (None, None)
    said = lines(_told([told | {"ratio": 2.0}]))
    assert said[2].split()[-4:] == ["-", "-", "1.0", "5"]
    assert "min_rest 1 times" in said[3]


def test_who_does_not_answer_has_a_row_that_says_why(problem):
    (absent,) = measure(problem, BOOK, 1.0, ways=[next(iter(ELSEWHERE))])
    said = lines(_told([absent, row(OURS, problem, BOOK, Answer(None, 0.1, remark="no_time"), 1)]))
    assert said[2].split()[1:] == ["-"] * 7
    assert said[4] == "  pyworkforce: absent, left out, as asked"
    assert said[5] == "  ours: no_time; no roster"


def test_a_process_of_its_own():
    found, memory_mib = apart(os.getpid)
    assert found != os.getpid()
    assert 0 < memory_mib < peak_mib()
    with pytest.raises(LostError, match="ended from outside"):
        apart(os._exit, 9)


def _told(rows):
    week = {"sample": "tiny", "week": "2026-W49", "people": 3, "queues": 2, "seed": 1}
    return {**week, "seconds": 1.0, "ways": rows}
