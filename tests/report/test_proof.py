"""What is proven, in sentences: of the schedule, of a shortage, and what certainty costs."""

from __future__ import annotations

import dataclasses

from staffing.domain.build import Build
from staffing.domain.result import Status, Unavoidable
from staffing.report.proof import proof_of_quality, proof_of_shortage
from tests.report.rehearsed import rehearsed

LONGER = "Build again with a longer time limit."


def short(build: Build, minutes: int, status: Status = Status.FEASIBLE) -> str:
    """Return what is said of the build (615 minutes are missing: 15 of urgent, 600 of legal) with so much proven."""
    solution = build.solution.changed(status=status)
    proven = Unavoidable(minutes=minutes)
    said = proof_of_shortage(dataclasses.replace(build, solution=solution, unavoidable=proven))
    return said.replace("\u00a0", " ")


def test_all_of_it_cannot_be_avoided(build):
    assert build.bill.missing_minutes == 615
    assert short(build, 615) == (
        "The shortage cannot be avoided: no schedule that keeps law, safety and contract is less short."
    )


def test_some_of_it_cannot_be_avoided(build):
    # 615 − 570 = 45 minutes are open.
    assert short(build, 570) == (
        "Of the 10.2 hours missing for the targets, 9.5 cannot be avoided: no schedule that keeps law, safety and "
        f"contract is less short. For the other 0.8 that is not proven: the search may only not have found a better "
        f"schedule. {LONGER}"
    )


def test_none_of_it_is_proven(build):
    assert short(build, 0).startswith(
        "It is not proven that the shortage cannot be avoided: the search may only"
    )


def test_an_optimal_schedule_that_is_short_chose_to_be(build):
    assert short(build, 0, Status.OPTIMAL).endswith(
        "a schedule that is less short costs more elsewhere, at the prices of the settings."
    )


def test_without_a_shortage_or_a_proof_nothing_is_said(build):
    assert proof_of_shortage(build) == ""
    met = build.bill.changed(service=())
    proven = Unavoidable(minutes=0)
    assert proof_of_shortage(dataclasses.replace(build, bill=met, unavoidable=proven)) == ""


def test_certainty_is_no_early_end(build):
    # First 2100 against a bound of 2000: 4.8 %. Taken 2520, a fifth more, 240 paid minutes more; its gap is 20.6 %.
    assert proof_of_quality(rehearsed(build)).replace("\u00a0", " ") == (
        "Certainty has its price: 20 % above the first schedule, 4 paid hours more. That one is proven to be within "
        "4.8 % of the best possible."
    )


def test_an_early_end_of_the_first_search_is_still_said(build):
    far = dataclasses.replace(build, solution=build.solution.changed(bound=1000))
    said = proof_of_quality(rehearsed(far)).replace("\u00a0", " ")
    # (2100 − 1000) / 2100
    assert "For that one: the search ended early" in said
    assert "52.4 %" in said
    unknown = dataclasses.replace(build, solution=build.solution.changed(bound=None))
    assert proof_of_quality(rehearsed(unknown)).endswith("4 paid hours more.")


def test_the_first_schedule_has_no_price(build):
    said = proof_of_quality(rehearsed(build, taken=0)).replace("\u00a0", " ")
    assert said == "It is proven to be within 4.8 % of the best possible schedule."
