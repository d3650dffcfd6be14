"""The section of a simulation: there or not, with the numbers of the simulation, and nothing fetched."""

from __future__ import annotations

import dataclasses
import re

import pytest

from staffing.report import figures
from staffing.report.document import render
from staffing.report.headline import headline
from staffing.report.lived import lived_section, sentences, verdict
from staffing.report.lived_tables import class_weeks, likeliest, remedies
from tests.report.lived import lived_by_hand
from tests.report.test_document import read


@pytest.fixture
def lived(build):
    return lived_by_hand(build)


@pytest.fixture
def safe(lived):
    nothing = lived.misses.assign(missed=0.0, chance=0.0)
    calm = lived.queues.assign(chance=1.0)
    return dataclasses.replace(lived, queues=calm, misses=nothing, remedies=lived.remedies.iloc[:0])


def own(build, book, lived=None):
    return render(build, book, lived).replace(figures.plotly_js(), "")


def words(page):
    return re.sub(r"\s+", " ", " ".join(read(page).text)).replace("\u00a0", " ")


def test_without_a_simulation_there_is_no_section(build, book):
    page = own(build, book)
    assert 'id="lived"' not in page
    assert "#lived" not in page
    assert "Lived" not in words(page)


def test_the_section_says_what_was_lived(build, book, lived):
    text = words(own(build, book, lived))
    for expected in (
        "Lived 10 times",
        # 2,520 cases in 10 weeks
        "random cases, 252 a week in the mean",
        "The plan believes more than was lived, most for Legal: 97.9 % against 90.0 %.",
        "1 of 2 targets hold in at least nine weeks of ten. At risk: Legal (98 % is met in 10 % of the weeks).",
        "for 5 % of the duties nobody turns up",
        "85.0 % to 96.0 %",
        "Mon 19 Oct, 40 %",
        "6.5 missed cases a week and the target met in 10 % of the weeks; 2.0 and 60 % with both hours.",
    ):
        assert expected in text


def test_the_section_fetches_nothing_and_is_reached(build, book, lived):
    page = own(build, book, lived)
    assert not re.search(r"https?://|//[a-z]|@import|url\(", page)
    tags = read(page).tags
    assert {"src"}.isdisjoint(name for _, attributes in tags for name in attributes)
    assert "#lived" in {attributes.get("href") for _, attributes in tags}


def test_a_week_in_which_nothing_is_missed(build, book, safe):
    text = words(own(build, book, safe))
    assert "Lived with random cases, every target holds" in text
    assert "No case was missed in any of these weeks." in text
    assert "No target is at risk: no hour need be added." in text
    assert lived_section(build, safe).risk is None


def test_the_verdict_of_the_week_knows_of_it(build, lived, safe):
    met = [line.changed(expected_fraction=1.0) for line in build.bill.service]
    believed = dataclasses.replace(build, bill=build.bill.changed(service=tuple(met)), shortages=())
    assert headline(believed).verdict == "On target"
    assert headline(believed, safe).verdict == "On target"
    assert headline(believed, lived).verdict == "Targets at risk"
    assert headline(build, lived).verdict == "Targets missed"


def test_belief_near_life_is_no_news(lived, safe):
    assert verdict(safe).startswith("Lived with random cases, every target")
    close = safe.queues.assign(believed=safe.queues["mean"] + 0.02 - 1e-9)
    assert len(list(sentences(dataclasses.replace(safe, queues=close)))) == 1


def test_intervals_in_a_row_are_one_stretch(build, lived):
    found = likeliest(build.problem, lived.misses).to_dict("records")
    # half a case at 40 is less than half of the worst hour's two; three hours of 3 due and 2 missed
    assert found == [
        {
            "queue": "legal",
            "when": "Mon 19 Oct 20:00 to 23:00",
            "due": 9.0,
            "missed": 6.0,
            "chance": 0.5,
        }
    ]


def test_hours_are_told_in_both_clocks(build, lived):
    (found,) = remedies(build.problem, lived)
    # Singapore is 8 hours ahead, Dublin (until Sunday) one; 60 minutes, and 60 with half an hour of night premium
    assert found.queue == "Legal"
    assert found.hours == (
        "Mon 19 Oct 20:00 to 21:00 UTC (Tue 20 Oct 04:00 to 05:00 there): one more in Singapore, trained for "
        "Urgent and Legal (1 person). 2.5 fewer missed cases a week for 1 paid h.",
        "Mon 19 Oct 19:00 to 20:00 UTC (Mon 19 Oct 20:00 to 21:00 there): one more in Dublin, trained for "
        "Urgent and Legal (2 people). 2.2 fewer missed cases a week for 1.5 paid h.",
    )


def test_a_target_that_no_hour_helps_is_named(build, lived):
    none = dataclasses.replace(lived, remedies=lived.remedies.iloc[:0])
    (found,) = remedies(build.problem, none)
    assert found.hours == ()
    assert "No single hour" in found.sentence


def test_people_alike_over_the_week(lived):
    (found,) = class_weeks(lived.classes).to_dict("records")
    # (300 + 270) of 900 minutes
    assert found["occupancy"] == pytest.approx(570 / 900)
    assert found["present_minutes"] == 900
    assert (found["busiest"].day, found["busiest_occupancy"], found["busiest_p90"]) == (
        20,
        0.9,
        1.1,
    )


def test_who_is_exposed_most_comes_first(build, lived):
    people = lived_section(build, lived).people
    assert [row["agent_id"] for row in people] == ["b1", "a1", "c1"]
