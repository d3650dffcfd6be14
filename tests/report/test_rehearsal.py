"""The rounds of a rehearsal: what was asked for, where and when, what it brought and cost, how it ended."""

from __future__ import annotations

import dataclasses
import json
import re

import pytest

from staffing.domain.rehearsal import Verdict
from staffing.report import figures
from staffing.report.document import render
from staffing.report.headline import headline
from staffing.report.rehearsal import CutDay, rehearsal_record, rehearsal_section, verdict
from tests.report.rehearsed import daily, rehearsed
from tests.report.test_days import MONDAY, TUESDAY
from tests.report.test_document import read


def page_words(build, book) -> str:
    page = render(build, book).replace(figures.plotly_js(), "")
    return re.sub(r"\s+", " ", " ".join(read(page).text)).replace("\u00a0", " ")


def test_without_a_rehearsal_there_is_no_section(build, book):
    assert rehearsal_section(build) is None
    assert rehearsal_record(build) is None
    assert "Built again" not in page_words(build, book)


def test_rounds_are_held_against_the_first(build):
    before, once, twice = rehearsal_section(rehearsed(build)).rounds
    assert (before.name, before.more_paid_minutes, before.more_fraction) == ("Before", 0, 0.0)
    assert (once.name, once.more_paid_minutes, once.more_fraction) == ("Round 1", 90, 0.1)
    assert [row.is_taken for row in (before, once, twice)] == [False, False, True]
    assert [f"{row.holding} of {row.targets}" for row in (before, once, twice)] == [
        "1 of 2",
        "1 of 2",
        "2 of 2",
    ]


def test_chances_stand_side_by_side(build):
    urgent, legal = rehearsal_section(rehearsed(build)).chances
    assert (urgent.chances, urgent.holds) == ((1.0, 1.0, 1.0), True)
    assert (legal.chances, legal.holds) == ((0.4, 0.7, 0.92), True)
    assert not rehearsal_section(rehearsed(build, taken=1)).chances[1].holds


def test_what_was_asked_for_is_told_by_day(build):
    _, once, twice = rehearsal_section(rehearsed(build)).rounds
    (work,) = once.cuts
    assert (work.queue, work.counts, work.minutes, work.missing_minutes) == (
        "legal",
        "work",
        300,
        0,
    )
    # 60 + 60 + 90 on Monday, 60 on Tuesday; the other 30 were open at the start.
    assert work.days == (
        CutDay(MONDAY, "08:00", "21:00", 210),
        CutDay(TUESDAY, "23:00", "24:00", 60),
    )
    assert work.backlog_minutes == 30
    people = twice.cuts[1]
    assert (people.counts, people.minutes, people.missing_minutes) == ("presence", 120, 45)


@pytest.mark.parametrize(
    ("ending", "proven", "taken", "said"),
    [
        (
            Verdict.HELD,
            0,
            2,
            "Lived 200 times, the week meets every target in at least 90 % of the weeks after it was built again 2 "
            "times.",
        ),
        (
            Verdict.SHORT,
            60,
            1,
            "Lived 200 times, not every target is met in 90 % of the weeks: Legal in 70 %. Short, proven: of what bad "
            "weeks ask for, at least 1 h are missing in every schedule that keeps law, safety and contract.",
        ),
        (Verdict.SHORT, 0, 1, "Short as far as was searched: the last schedule lacks 0.8 h"),
        (Verdict.ROUNDS, 0, 1, "there was no time for a further schedule"),
        (Verdict.INTERRUPTED, 0, 1, "It was interrupted"),
    ],
)
def test_how_it_ended(build, ending, proven, taken, said):
    found = rehearsed(build, ending, proven=proven, taken=taken).rehearsal
    assert said in verdict(found).replace("\u00a0", " ")


def test_rounds_that_are_used_up_and_plans_that_are_short_already(build):
    found = rehearsed(build, Verdict.ROUNDS, taken=1).rehearsal
    used = found.changed(aim=found.aim.changed(rounds=2))
    assert "It ended early: 2 rounds are used up." in verdict(used)
    once = used.changed(rounds=used.rounds[:2])
    assert "there was no time" in verdict(once)
    assert "1 round is used up" in verdict(once.changed(aim=found.aim.changed(rounds=1)))
    alone = found.changed(verdict=Verdict.SHORT, rounds=found.rounds[:1], taken=0)
    assert "The plan itself is short there" in verdict(alone)


def test_a_week_that_holds_at_once(build):
    found = rehearsed(build).rehearsal
    calm = found.changed(rounds=(found.rounds[2].changed(number=0, cuts=()),), taken=0)
    assert verdict(calm).replace("\u00a0", " ").endswith("in at least 90 % of the weeks.")


def test_the_page_tells_all_of_it(build, book):
    text = page_words(daily(rehearsed(build, Verdict.SHORT, proven=60, taken=1)), book)
    for expected in (
        "Built again until targets hold",
        "Short, proven: of what bad weeks ask for, at least 1 h are missing",
        "Round 1 taken 1 of 2 21.5 1.5 2,310 10.0 %",
        "Legal at risk 98 % 40 % 70 % 92 %",
        "Legal: 5 h of work",
        "Mon 19 Oct 08:00–21:00, 3.5 h",
        "The schedule could not give 0.8 h of what the queue then asked for.",
        "Proven: at least 1 h of it are missing",
        "with the price of certainty",
        "Legal asked 98 % each day",
        "Tue 20 Oct 97.0 % missed",
    ):
        assert expected in text


def test_the_headline_knows_of_it(build):
    met = [line.changed(expected_fraction=1.0) for line in build.bill.service]
    believed = dataclasses.replace(build, bill=build.bill.changed(service=tuple(met)), shortages=())
    risky = headline(rehearsed(believed, Verdict.SHORT, proven=60, taken=1))
    assert (risky.verdict, risky.tone) == ("Targets at risk", "warn")
    assert any(sentence.endswith("law, safety and contract.") for sentence in risky.sentences)
    assert headline(rehearsed(believed)).verdict == "On target"


def test_other_programs_read_it_too(build):
    record = rehearsal_record(rehearsed(build, Verdict.SHORT, proven=60, taken=1))
    assert json.loads(json.dumps(record)) == record
    assert [entry["is_proven"] for entry in record["rounds"]] == [False, False, True]
    assert record["rounds"][1]["cuts"][0]["days"][0] == {
        "date": "2026-10-19",
        "start": "08:00",
        "end": "21:00",
        "minutes": 210,
    }
    assert "Short, proven" in record["says"]
