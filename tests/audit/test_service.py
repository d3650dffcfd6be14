"""Service recomputed from an allocation, and every kind of impossible allocation."""

from __future__ import annotations

from math import exp

import pytest

from staffing.audit.service import allocation_faults, pool_minutes, queue_service, stock_minutes
from staffing.domain.problem import Problem
from staffing.domain.result import Allocation
from staffing.domain.work import Queue
from tests.queues import deferrable, immediate
from tests.rules.world import agent, roster, template, world

E06 = template("E06", "06:00", "14:00")
# Ann can do both, bob the mail only; ann is on duty from 06:00 to 14:00 UTC.
TEAM = (agent("ann", workstreams=("mail", "calls")), agent("bob", workstreams=("mail",)))
HELD = {"ann": ["2026-11-30 E06"]}
# 100 minutes arrive in hour 5, due 4 h later, at the end of hour 9.
MAIL = deferrable(arrivals={5: 100}, target=0.9)


def problem(*queues: Queue) -> Problem:
    return world("2026-11-30", 1, [E06], agents=TEAM, queues=queues or (MAIL, immediate()))


def hours(**minutes: int) -> tuple[int, ...]:
    """Return minutes by hour, written ``h6=60``."""
    return tuple(minutes.get(f"h{t}", 0) for t in range(24))


def plan(late: tuple[int, ...] = (0,) * 24, **mail: int) -> Allocation:
    """Return the allocation in which ann works on mail."""
    return Allocation(minutes={"mail+calls": {"mail": hours(**mail)}}, late={"mail": late})


def faults(allocation: Allocation, *queues: Queue) -> list[str]:
    return allocation_faults(problem(*queues), roster(problem(*queues), HELD), allocation)


def test_a_sound_allocation_has_no_fault():
    assert faults(plan(h6=60, h7=40)) == []


def test_a_pool_that_does_not_exist():
    allocation = Allocation(minutes={"calls": {"calls": hours()}}, late={"mail": (0,) * 24})
    assert "nobody belongs to pool 'calls'" in faults(allocation)


def test_a_pool_that_cannot_serve_the_queue():
    found = Allocation(
        minutes={"mail+calls": {"mail": hours(h6=60, h7=40)}, "mail": {"calls": hours()}},
        late={"mail": (0,) * 24},
    )
    assert faults(found) == ["pool 'mail' cannot serve 'calls'"]


def test_more_minutes_than_the_pool_has():
    # Bob is off: nobody else can lend minutes; ann has 60 in hour 6 and none in hour 5.
    assert faults(plan(h6=61, h7=39)) == ["pool 'mail+calls' works 61 of 60 minutes in interval 6"]
    assert faults(plan(h5=1, h6=60, h7=39)) == [
        "pool 'mail+calls' works 1 of 0 minutes in interval 5"
    ]


def test_minutes_that_two_queues_share_count_together():
    both = {"mail": hours(h6=60, h7=40), "calls": hours(h6=1)}
    found = faults(Allocation(minutes={"mail+calls": both}, late={"mail": (0,) * 24}))
    assert found == ["pool 'mail+calls' works 61 of 60 minutes in interval 6"]


def test_negative_minutes():
    both = {"mail": hours(h6=60, h7=60), "calls": hours(h7=-20)}
    found = faults(Allocation(minutes={"mail+calls": both}, late={"mail": (0,) * 24}))
    assert "pool 'mail+calls' works 40 of 60 minutes in interval 7" in found


def test_work_before_it_arrives():
    found = faults(plan(h6=60), deferrable(arrivals={7: 60}), immediate())
    assert found[0] == "mail: 60 minutes worked before they arrive, interval 6"


def test_work_done_twice():
    found = faults(plan(h6=60, h7=41))
    assert found[0] == "mail: 1 minutes worked before they arrive, interval 7"
    assert len(found) == 17  # and so until the end of the day


def test_too_few_late_minutes():
    # 40 are open when they fall due, hour 9, until hour 10.
    late = hours(h9=39)
    assert faults(plan(late, h6=60, h10=40)) == ["mail: 39 late minutes of 40 open, interval 9"]
    assert faults(plan(hours(h9=40), h6=60, h10=40)) == []


def test_more_late_minutes_than_are_open():
    # A surplus would make the misses of the hours after it look like old ones.
    found = faults(plan(hours(h7=41), h6=60, h8=40))
    assert found[0] == "mail: 41 late minutes of 40 open, interval 7"


def test_negative_late_minutes():
    found = faults(plan(hours(h6=-5), h6=60, h7=40))
    assert found == [
        "mail: -5 late minutes of 40 open, interval 6",
        "mail: more becomes late than falls due in interval 7",
    ]


def test_late_work_vanishes():
    # 80 overdue at the start, 60 to come in time. Nobody works on mail; after hour 1 only 30 are said to be late.
    aged = deferrable(opening=[(-60, 80), (1440, 60)])
    found = faults(plan((80, *(30,) * 23)), aged, immediate())
    assert "mail: late work vanishes in interval 1" in found
    # Fresh work done first makes room that old work must not be moved to: 60 fresh ones arrive and are done.
    fresh = deferrable(arrivals={6: 60, 7: 60}, opening=[(-60, 80)])
    moved = (*(80,) * 7, *(20,) * 17)
    allocation = plan(moved, h6=60)
    assert "mail: late work vanishes in interval 7" in faults(allocation, fresh, immediate())


def test_supply_is_duties_and_carry_in_by_pool():
    one = world(
        "2026-11-30",
        1,
        [E06, template("N22", "22:00", "06:00")],
        agents=TEAM,
        queues=(MAIL, immediate()),
        shrinkage_fraction=0.1,
        carried={"bob": ["2026-11-29 N22"]},
    )
    supply = pool_minutes(one, roster(one, HELD))
    # 60 × 0.9 minutes an hour.
    assert supply == {
        "mail+calls": [54 if 6 <= t < 14 else 0 for t in range(24)],
        "mail": [54 if t < 6 else 0 for t in range(24)],
    }


def served(queue: Queue, allocation: Allocation) -> tuple[float, int, tuple[int, ...], int]:
    line, _ = queue_service(problem(queue), queue, allocation)
    return line.expected_fraction, line.late_minutes, line.short_intervals, line.closing_minutes


def costs(queue: Queue, allocation: Allocation) -> dict[str, tuple[int, int]]:
    _, terms = queue_service(problem(queue), queue, allocation)
    return {term.name: (term.amount, term.cost) for term in terms}


def test_a_deferrable_queue_by_hand():
    # 40 of 100 minutes miss their hour and are overdue after hours 9 and 10.
    allocation = plan(hours(h9=40, h10=40), h6=60, h11=40)
    expected, late, short, closing = served(MAIL, allocation)
    assert (expected, late, short, closing) == (pytest.approx(0.6), 40, (9,), 0)
    # A tenth may be late: 30 × 1000 beyond, 80 × 10 overdue.
    assert costs(MAIL, allocation) == {
        "missed:mail": (30, 30_000),
        "overdue:mail": (80, 800),
        "closing:mail": (0, 0),
    }


def test_priority_multiplies_every_price():
    dear = deferrable(arrivals={5: 100}, target=1.0, priority=3)
    # Nothing is done: 100 missed, overdue after hours 9 to 23, 100 left.
    found = costs(dear, plan((0,) * 9 + (100,) * 15))
    assert found == {
        "missed:mail": (100, 300_000),
        "overdue:mail": (1500, 45_000),
        "closing:mail": (100, 30_000),
    }


def test_work_that_was_overdue_before_is_not_missed_again():
    aged = deferrable(opening=[(-60, 80), (120, 40)])
    # 120 open; 60 a done in hours 6 and 7, the old ones first. 40 fall due in hour 1.
    late = (80,) + (120,) * 5 + (60,) + (0,) * 17
    allocation = plan(late, h6=60, h7=60)
    # Due within the day: the 40, all missed.
    assert served(aged, allocation) == (pytest.approx(0.0), 40, (1,), 0)
    assert stock_minutes(problem(aged), aged, hours(h6=60, h7=60))[5:8] == [120, 60, 0]
    assert costs(aged, allocation)["missed:mail"] == (40, 40_000)
    # 80 + 5 × 120 + 60 minute-hours.
    assert costs(aged, allocation)["overdue:mail"] == (740, 7_400)


def test_backlog_beyond_half_of_what_is_not_due():
    # All 100 arrive in the last hour: 50 may be left.
    evening = deferrable(arrivals={23: 100})
    assert costs(evening, plan())["closing:mail"] == (50, 5_000)
    # Nothing falls due: nothing is missed.
    assert served(evening, plan()) == (1.0, 0, (), 100)


def test_an_immediate_queue_by_hand():
    # One case of 30 minutes in hours 6 and 7 each: half an erlang. One agent: C = 0.5, and 15 minutes are half a handle
    # time: 1 − 0.5·exp(−0.5 · 0.5). Nobody: 0. An hour without cases asks for nothing.
    calls = immediate(required={6: 1, 7: 2}, volume={6: 1, 7: 1}, aht_minutes=30, priority=2)
    allocation = Allocation(minutes={"calls": {"calls": hours(h6=60, h7=59)}}, late={})
    line, (term,) = queue_service(problem(calls), calls, allocation)
    # 59 minutes are nobody for the whole hour.
    assert line.expected_fraction == pytest.approx((1 - 0.5 * exp(-0.25)) / 2)
    assert (line.late_minutes, line.short_intervals, line.work_minutes) == (61, (7,), 60)
    assert (term.name, term.amount, term.cost) == ("short:calls", 61, 61 * 2000)


def test_an_immediate_queue_without_cases_is_served():
    calls = immediate()
    line, (term,) = queue_service(problem(calls), calls, Allocation(minutes={}, late={}))
    assert (line.expected_fraction, term.cost) == (1.0, 0)
