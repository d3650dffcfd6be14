"""Key figures and tables."""

from __future__ import annotations

import dataclasses
import math

from staffing.domain.objective import Level
from staffing.report import kpis


def test_key_figures(build):
    # Ann 2 × 480, Bo 22:00 to 06:00 through the extra hour: 540
    figures = kpis.key_figures(build)
    assert (figures["people"], figures["people_total"], figures["duties"]) == (2, 3, 3)
    assert figures["paid_minutes"] == 1500
    assert (figures["targets_met"], figures["targets"]) == (1, 2)
    assert (figures["must_violations"], figures["should_penalties"]) == (0, 1)
    assert figures["short_minutes"] == 600


def test_a_target_missed_by_a_hair_is_missed(build):
    table = kpis.service_table(build).set_index("queue")
    assert table["met"].to_dict() == {"urgent": True, "legal": False}
    assert table.loc["legal", "short_intervals"] == 2


def test_people_look_back_into_the_carry_in(build):
    table = kpis.people_table(build).set_index("agent_id")
    ann = table.loc["a1"]
    # Sunday (carried), Monday, Tuesday: three days in a row; 16:30 to 08:00 is 15.5 h
    assert (ann["longest_run_days"], ann["shortest_rest_minutes"]) == (3, 930)
    assert (ann["planned_minutes"], ann["contract_minutes"]) == (960, 2400)
    assert ann["messages"] == ("Ann (a1) rests 15.5 h; 16 h are needed.",)
    night = table.loc["b1"]
    assert (night["nights"], night["weekend_days"], night["longest_run_days"]) == (1, 1, 1)
    assert math.isnan(night["shortest_rest_minutes"])


def test_leave_takes_its_share_of_the_contract(build):
    # a whole Monday off: four fifths of 2400
    assert kpis.people_table(build).set_index("agent_id").loc["c1", "contract_minutes"] == 1920


def test_a_run_wholly_in_the_carry_in_is_not_this_weeks(build):
    alone = build.solution.roster.model_copy(update={"duties": {}})
    solution = build.solution.model_copy(update={"roster": alone})
    table = kpis.people_table(dataclasses.replace(build, solution=solution))
    assert table["longest_run_days"].tolist() == [0, 0, 0]


def test_inherited_violations_are_told_but_not_counted(build):
    (found,) = build.bill.violations
    inherited = found.model_copy(update={"inherited": True, "level": Level.MUST, "cost": 0})
    bill = build.bill.model_copy(update={"violations": (inherited,)})
    row = kpis.people_table(dataclasses.replace(build, bill=bill)).iloc[0]
    assert (row["must"], row["cost"]) == (0, 0)
    assert row["messages"][0].endswith("(inherited)")


def test_the_bill_is_in_the_order_of_the_tiers(build):
    table = kpis.bill_table(build)
    assert table["tier"].tolist() == ["burnout", "cost"]
    assert table["cost"].sum() == build.bill.objective


def test_the_picked_method_stands_beside_seasonal_naive(build):
    (row,) = kpis.picked_methods(build.backtest).to_dict("records")
    assert (row["method"], row["wape"], row["naive_wape"]) == ("mean4", 0.3, 0.4)


def test_shortages_come_largest_first(build):
    (only,) = build.shortages
    small = only.model_copy(update={"work_minutes": 5})
    table = kpis.shortage_table(dataclasses.replace(build, shortages=(small, only)))
    assert table["work_minutes"].tolist() == [600, 5]
