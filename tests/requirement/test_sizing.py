"""Queues, opening backlog and the capacity of a duty."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from staffing.domain.clock import Horizon
from staffing.domain.errors import ProblemError
from staffing.domain.people import Site
from staffing.domain.shifts import ShiftTemplate, duty_on
from staffing.domain.tables import QUANTILE_COLUMNS
from staffing.domain.work import OpenCase, Workstream
from staffing.requirement.sizing import build_queues, capacity_minutes, requirement_table
from staffing.requirement.staff_search import smallest_staff

HORIZON = Horizon.of_week("2026-W49")
LEGAL = Workstream(
    workstream="legal", kind="deferrable", due_minutes=240, target_fraction=0.98, pooled=False
)
HARMS = Workstream(workstream="harms", kind="deferrable", due_minutes=720, target_fraction=0.95)
URGENT = Workstream(
    workstream="urgent", kind="immediate", threshold_minutes=15, target_fraction=0.9, min_staff=1
)


def rows(workstream, region, mean, aht):
    """Return forecast rows with the same volume and handle time in every hour."""
    table = pd.DataFrame(
        {
            "region": region,
            "workstream": workstream,
            "interval_start": HORIZON.interval_starts(),
            "mean": mean,
            "aht_minutes": aht,
            "aht_cv": 1.0,
            "statistical_mean": mean,
        }
    )
    return table.assign(**dict.fromkeys(QUANTILE_COLUMNS, 1.0))


def queues(tables, cases=(), as_of=HORIZON.start, workstreams=(LEGAL, HARMS, URGENT)):
    return {
        queue.queue: queue
        for queue in build_queues(pd.concat(tables), cases, as_of, workstreams, HORIZON)
    }


def case(workstream, opened, region="EMEA", minutes=None, case_id="c1"):
    return OpenCase(
        case_id=case_id,
        workstream=workstream,
        region=region,
        opened_at=HORIZON.at(opened),
        handle_minutes=minutes,
    )


def test_pooled_regions_add_up_and_handle_times_are_weighted():
    # 1 case of 10 min and 3 of 20 min an hour: 4 cases of 17.5 min, 70 min of work
    made = queues([rows("harms", "EMEA", 1.0, 10.0), rows("harms", "APAC", 3.0, 20.0)])
    queue = made["harms"]
    assert queue.volume[0] == 4
    assert queue.aht_minutes[5] == pytest.approx(17.5)
    assert sum(queue.arrivals_minutes) == 168 * 70
    assert set(queue.required_agents) == {0}


def test_the_handle_time_of_each_interval_makes_its_work():
    # 2 cases an hour, of 10 min by day and 13 min in the first six hours of each day: 26 and 20 min of work
    aht = np.where(np.arange(168) % 24 < 6, 13.0, 10.0)
    queue = queues([rows("harms", "EMEA", 2.0, aht)])["harms"]
    assert queue.aht_minutes[5:7] == (13, 10)
    assert queue.arrivals_minutes[5:7] == (26, 20)


def test_an_unknown_handle_time_is_the_usual_one():
    # hours with cases of 10 min; hour 3 has cases but no handle time: 2 · 10 = 20 min
    aht = np.full(168, 10.0)
    aht[3] = np.nan
    queue = queues([rows("harms", "EMEA", 2.0, aht)])["harms"]
    assert queue.arrivals_minutes[3] == 20
    assert queue.aht_minutes[3] == 10


def test_queues_that_cannot_be_pooled_stay_apart():
    made = queues([rows("legal", "EMEA", 1.0, 10.0), rows("legal", "APAC", 3.0, 20.0)])
    assert [name for name in made if name.startswith("legal")] == ["legal@APAC", "legal@EMEA"]
    assert made["legal@APAC"].region == "APAC"


def test_arrivals_are_whole_minutes_and_keep_the_sum():
    # 0.1 cases of 4 min: 0.4 min an hour, 67.2 min a week
    queue = queues([rows("harms", "EMEA", 0.1, 4.0)])["harms"]
    assert sum(queue.arrivals_minutes) == 67
    assert set(queue.arrivals_minutes) == {0, 1}


def test_immediate_work_asks_for_heads_and_leaves_the_floor_to_min_staff():
    volume = np.zeros(168)
    volume[1] = 20
    queue = queues([rows("urgent", "EMEA", volume, 12.0)])["urgent"]
    assert queue.required_agents[0] == 0
    assert queue.required_agents[1] == int(smallest_staff(4.0, 12, 15, 0.9, 0.85))
    assert sum(queue.arrivals_minutes) == 0


def test_a_workstream_without_forecast_has_no_volume():
    made = queues([rows("harms", "EMEA", 1.0, 10.0)])
    assert sum(made["urgent"].volume) == 0
    assert set(made["urgent"].required_agents) == {0}


def test_opening_backlog_is_due_when_it_is_due():
    # due after 12 h: opened 10 h before the start → minute 120; 11:10 h before → 50, down to 0
    made = queues(
        [rows("harms", "EMEA", 1.0, 10.0)],
        [case("harms", -600, minutes=30), case("harms", -670), case("harms", -900, minutes=7.5)],
    )
    assert [(b.due, b.work_minutes) for b in made["harms"].opening] == [
        (-180, 8),
        (0, 10),
        (120, 30),
    ]


def test_an_older_backlog_is_carried_forward_with_its_ages():
    as_of = HORIZON.start - dt.timedelta(days=3)
    opened = -3 * 1440 - 600
    made = queues([rows("harms", "EMEA", 1.0, 10.0)], [case("harms", opened, minutes=30)], as_of)
    assert [b.due for b in made["harms"].opening] == [120]


def test_immediate_work_has_no_opening_backlog():
    made = queues([rows("urgent", "EMEA", 1.0, 10.0)], [case("urgent", -30, minutes=5)])
    assert made["urgent"].opening == ()


def test_open_case_without_any_handle_time_is_refused():
    with pytest.raises(ProblemError, match=r"'c1' has no handle_minutes"):
        queues([rows("urgent", "EMEA", 1.0, 10.0)], [case("harms", -30)])


def test_unknown_workstream_is_named():
    with pytest.raises(ProblemError, match="Did you mean 'harms'"):
        queues([rows("harm", "EMEA", 1.0, 10.0)])


def test_a_hole_in_the_forecast_is_named():
    table = rows("harms", "EMEA", 1.0, 10.0).drop(index=3)
    with pytest.raises(ProblemError, match=r"misses 1 of 168 .* 2026-11-30 03:00"):
        queues([table])


def duty(template, site="dublin", zone="Europe/Dublin", day=0):
    place = Site(site=site, region="EMEA", time_zone=zone, country="IE")
    return duty_on(HORIZON, place, template, HORIZON.dates[day])


def test_capacity_leaves_the_break_out_and_keeps_the_sum():
    # 08:00 to 16:30, break 12:15 to 12:45: hours of 60 min, but 30 in hours 12 and 16; times 0.8
    template = ShiftTemplate(
        template="D08",
        start=dt.time(8),
        end=dt.time(16, 30),
        break_after_minutes=255,
        break_minutes=30,
    )
    got = dict(capacity_minutes(duty(template), HORIZON, 0.2))
    assert got == {8: 48, 9: 48, 10: 48, 11: 48, 12: 24, 13: 48, 14: 48, 15: 48, 16: 24}


def test_capacity_rounds_so_that_a_duty_keeps_its_minutes():
    # 30 · 0.75 = 22.5 minutes a half-hour: 23 and 22 in turns, 90 = 120 · 0.75 in all
    half = Horizon.of_week("2026-W49", interval_minutes=30)
    template = ShiftTemplate(template="D08", start=dt.time(8), end=dt.time(10))
    place = Site(site="dublin", region="EMEA", time_zone="Europe/Dublin", country="IE")
    got = capacity_minutes(duty_on(half, place, template, half.dates[0]), half, 0.25)
    assert got == ((16, 23), (17, 22), (18, 23), (19, 22))


def test_capacity_counts_only_inside_the_horizon():
    # Sunday 22:00 to Monday 06:00: two hours of the week
    template = ShiftTemplate(template="N22", start=dt.time(22), end=dt.time(6))
    assert capacity_minutes(duty(template, day=6), HORIZON, 0.0) == ((166, 60), (167, 60))
    singapore = duty(
        ShiftTemplate(template="D06", start=dt.time(6), end=dt.time(10)), zone="Asia/Singapore"
    )
    assert singapore.start == -120
    assert capacity_minutes(singapore, HORIZON, 0.0) == ((0, 60), (1, 60))


def test_requirement_table_shows_shrinkage_once():
    made = queues([rows("urgent", "EMEA", 4.0, 15.0), rows("harms", "EMEA", 1.0, 10.0)])
    table = requirement_table(made.values(), HORIZON, 0.3)
    urgent = table[table["queue"] == "urgent"].iloc[0]
    # 1 erlang, T = AHT: 2 agents give 1 − (1/3)/e = .877, 3 give 1 − (1/11)/e² = .988; 3/.7 → 5
    assert (urgent["required_agents"], urgent["scheduled_agents"]) == (3, 5)
    assert urgent["workload_minutes"] == 60
    assert table.loc[table["queue"] == "harms", "required_agents"].isna().all()
    assert len(table) == 2 * 168
