"""A duty only for agents with the workstream, language and clearance it needs."""

from __future__ import annotations

import pytest

from staffing.rules.skills import Skills
from tests.rules.world import agent, amounts, check, duty, queue, template, world

RULE = Skills()
D08 = template("D08", "08:00", "16:00")
H08 = template("H08", "08:00", "16:00", requires=("harms",))
J08 = template("J08", "08:00", "16:00", requires=("japanese", "harms"))
QUEUES = (
    queue("cases"),
    queue("harms", needs_clearance=True),
    queue("japanese", languages=("ja",)),
)
EVERYTHING = {
    "workstreams": ("cases", "harms", "japanese"),
    "languages": ("en", "ja"),
    "exposure_cleared": True,
}


def problem_for(**about):
    return world("2026-11-30", 1, [D08, H08, J08], agents=(agent(**about),), queues=QUEUES)


@pytest.mark.parametrize(
    ("about", "missing"),
    [
        (EVERYTHING, {"D08": 0, "H08": 0, "J08": 0}),
        ({**EVERYTHING, "exposure_cleared": False}, {"D08": 0, "H08": 1, "J08": 1}),
        ({**EVERYTHING, "languages": ("en",)}, {"D08": 0, "H08": 0, "J08": 1}),
        ({"workstreams": ("cases",)}, {"D08": 0, "H08": 1, "J08": 2}),
        ({"workstreams": ("legal",)}, {"D08": 1, "H08": 1, "J08": 2}),
    ],
    ids=["all", "not cleared", "no Japanese", "cases only", "no queue at all"],
)
def test_missing_skills_are_counted(about, missing):
    problem = problem_for(**about)
    for name, count in missing.items():
        text = f"2026-11-30 {name}"
        assert amounts(RULE, problem, text) == [count] * (count > 0)
        assert RULE.admits(problem, problem.agents[0], duty(problem, text)) == (count == 0)


def test_a_workstream_without_a_queue_needs_training_only():
    night = template("W08", "08:00", "16:00", requires=("wellness",))
    trained = agent(workstreams=("cases", "wellness"))
    problem = world("2026-11-30", 1, [night], agents=(trained,))
    assert amounts(RULE, problem, "2026-11-30 W08") == []


def test_the_queue_of_another_region_is_not_served():
    problem = world("2026-11-30", 1, [D08], queues=(queue("cases", region="APAC"),))
    (found,) = check(RULE, problem, "2026-11-30 D08")
    assert found.message == "Ann (ann) lacks any queue for the duty that starts Mon 30 Nov 08:00."


def test_a_carried_duty_is_inherited():
    uncleared = agent(workstreams=("cases", "harms"))
    problem = world(
        "2026-11-30",
        1,
        [H08],
        agents=(uncleared,),
        queues=QUEUES,
        carried={"ann": ["2026-11-29 H08"]},
    )
    assert [found.inherited for found in check(RULE, problem)] == [True]


def test_the_sentence_names_what_is_missing():
    (found,) = check(RULE, problem_for(workstreams=("cases",)), "2026-11-30 J08")
    assert found.message == (
        "Ann (ann) lacks japanese, harms for the duty that starts Mon 30 Nov 08:00."
    )
