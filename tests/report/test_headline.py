"""The week in words."""

from __future__ import annotations

import dataclasses

from staffing.domain.objective import Level
from staffing.domain.result import Status, Unavoidable
from staffing.report.headline import headline


def test_missed_targets_are_named_with_their_figures(build):
    found = headline(build)
    assert (found.verdict, found.tone) == ("Targets missed", "warn")
    assert (found.title, found.dates) == ("Week 2026-W43", "Mon 19 Oct to Sun 25 Oct 2026")
    service, short, rules, proof = found.sentences
    assert service == (
        "1 of 2 service targets are met: Legal reaches 97.9\u00a0% of the 98\u00a0% asked."
    )
    assert short.startswith("10 hours of work are short in 1 stretch. The largest: Legal is 10 h")
    assert rules == "Every rule of law, safety and contract is kept."
    # (2100 − 2000) / 2100 = 4.76 %
    assert proof == "It is proven to be within 4.8\u00a0% of the best possible schedule."


def test_a_quantile_is_named(build):
    problem = build.problem.changed(plan_quantile=0.8)
    told = headline(dataclasses.replace(build, problem=problem)).sentences
    assert told[1] == "The requirement is sized for the 80\u00a0% quantile of the volume."


def test_a_broken_must_comes_before_everything(build):
    (found,) = build.bill.violations
    must = found.model_copy(update={"level": Level.MUST})
    bill = build.bill.model_copy(update={"violations": (must,)})
    told = headline(dataclasses.replace(build, bill=bill))
    assert (told.verdict, told.tone) == ("Rules broken", "bad")
    assert "broken 1 time" in told.sentences[2]


def test_a_week_on_target(build):
    met = tuple(s.model_copy(update={"expected_fraction": 1.0}) for s in build.bill.service)
    bill = build.bill.model_copy(update={"service": met})
    solution = build.solution.model_copy(update={"status": Status.OPTIMAL})
    told = headline(dataclasses.replace(build, bill=bill, solution=solution, shortages=()))
    assert (told.verdict, told.tone) == ("On target", "good")
    assert told.sentences[0] == "All 2 service targets are expected to be met."
    assert told.sentences[1] == "Nothing is short."
    assert told.sentences[3] == "No better schedule exists: it is proven optimal."
    short = headline(dataclasses.replace(build, bill=bill))
    assert short.verdict == "Targets met, hours short"


def test_what_nobody_could_avoid_stands_beside_the_shortage(build):
    told = headline(dataclasses.replace(build, unavoidable=Unavoidable(minutes=615)))
    assert told.sentences[1].startswith("10 hours of work are short")
    assert told.sentences[2].startswith("The shortage cannot be avoided")


def test_no_schedule_is_said_to_be_so(unsolved):
    told = headline(unsolved)
    assert (told.verdict, told.tone) == ("No schedule", "bad")
    assert told.sentences == ("The time ran out before a schedule was found.",)
