"""What is proven tier by tier, in sentences."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from staffing.domain.build import Build
from staffing.domain.objective import Prices, Tier
from staffing.domain.result import Status, Unavoidable
from staffing.domain.tiers import AtLeast, TierLine, TierProof, tier_lines
from staffing.report.headline import headline
from staffing.report.machine import build_summary
from staffing.report.proof import proof_of_quality, proof_of_shortage, proof_of_tiers


def proven(build: Build, *least: int, by_price: int | None = None) -> Build:
    """Return the build with these least costs, of 1000 in each tier."""
    lines = tuple(
        TierLine(tier=tier, cost=1000, least=low) for tier, low in zip(Tier, least, strict=True)
    )
    return dataclasses.replace(build, tiers=TierProof(lines=lines, objective_by_price=by_price))


def said(build: Build) -> str:
    return proof_of_tiers(build).replace("\u00a0", " ")


def test_all_tiers_are_proven(build):
    best = proven(build, 1000, 1000, 1000, 1000)
    assert said(best) == (
        "Service comes first, proven: no schedule serves better; of those that serve as well none keeps the burnout "
        "limits better; of those none is fairer or grants more wishes; of those none costs less."
    )
    # A gap of the prices says nothing then.
    assert proof_of_quality(best) == ""
    assert proof_of_tiers(best) in headline(best).sentences


def test_the_first_tier_that_is_open_is_named(build):
    # What is proven of fairness is proven beside an open tier only.
    some = proven(build, 1000, 875, 1000, 1000)
    assert said(some) == (
        "Service comes first, proven: no schedule serves better. Not proven for the burnout limits: at most 12.5 % of "
        "what is charged for it could be saved."
    )
    assert proof_of_quality(some) != ""
    assert said(proven(build, 0, 0, 0, 0)) == "Not proven for service."


def test_an_optimum_of_the_prices_is_no_more_than_that(build):
    best = dataclasses.replace(build, solution=build.solution.changed(status=Status.OPTIMAL))
    assert proof_of_quality(proven(best, 1000, 0, 0, 0)) == (
        "At the prices of the settings no better schedule exists."
    )


def test_pay_is_open_as_far_as_the_gap_says(build):
    assert said(proven(build, 1000, 1000, 1000, 999)).endswith("grants more wishes.")


def test_what_it_costs_not_to_sell_is_said(build):
    # 2100 in place of 2000.
    assert build.bill.objective == 2100
    dearer = proven(build, 1000, 1000, 1000, 1000, by_price=2000)
    assert said(dearer).endswith("not to do so costs 5 % more at these prices.")


def test_a_shortage_is_certain_where_nothing_serves_better(build):
    # 615 minutes are missing; that 570 are is proven of the minutes, and that all are of what service is charged for.
    short = dataclasses.replace(build, unavoidable=Unavoidable(minutes=570))
    assert proof_of_shortage(proven(short, 1000, 0, 0, 0)).endswith(
        "no schedule that keeps law, safety and contract serves better, at the priorities of the settings."
    )
    assert proof_of_shortage(proven(short, 900, 0, 0, 0)) == proof_of_shortage(short)


def test_without_a_proof_nothing_is_said(build):
    assert proof_of_tiers(build) == ""
    assert build_summary(build, Path("roster.csv"))["tiers"] is None


def test_machines_are_told_line_by_line(build):
    told = build_summary(proven(build, 1000, 500, 1000, 0), Path("roster.csv"))["tiers"]
    assert [line["is_proven"] for line in told["lines"]] == [True, False, False, False]
    assert told["lines"][1] == {"tier": "burnout", "cost": 1000, "least": 500, "is_proven": False}
    assert "Not proven for the burnout limits" in told["says"]


def test_least_costs_out_of_what_is_known_of_all_rosters():
    # Service alone: 30 at least. Ten times service and burnout: 10 · 30 + c ≥ 345, 45 at least, in units of 20: 60.
    # All together: 30 + 60 + 7 + c ≥ 100, 3 at least; that says nothing of fairness, as pay has a weight in it.
    known = (
        AtLeast(weights=(1, 0, 0, 0), bound=30),
        AtLeast(weights=(10, 1, 0, 0), bound=345),
        AtLeast(weights=(1, 1, 1, 1), bound=100),
    )
    lines = tier_lines((30, 60, 7, 5), Prices(fairness=0), known)
    assert [line.least for line in lines] == [30, 60, 0, 3]
    found = TierProof(lines=lines)
    assert found.proven == lines[:2]
    assert found.open == lines[2]
