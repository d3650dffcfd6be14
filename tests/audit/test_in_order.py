"""The fluid oracle, worked first in, first out by the product's own flow, and the same on a business clock.

Arrivals 6 an hour round the clock, staffed 09:00 to 17:00 with a capacity of 18 an hour: 96 wait at 09:00, nobody at
17:00, 48 on average; the mean wait is 8 h; on time within 4, 8, 12 and 16 h: 25, 50, 75 and 100 %. A case is 10 minutes
of work.
"""

from __future__ import annotations

from itertools import pairwise

import pytest

from staffing.audit.allocate import allocate
from staffing.audit.check import audit
from staffing.audit.in_order import in_order_fraction
from staffing.audit.service import queue_service, served_minutes, stock_minutes
from staffing.domain.clock import Horizon
from staffing.domain.problem import Problem
from staffing.domain.result import Allocation, QueueService
from staffing.rules.book import RuleBook
from tests.queues import deferrable
from tests.rules.world import agent, roster, template, world

D09 = template("D09", "09:00", "17:00")
TEAM = ("ann", "bob", "cyd")
DAY = 24
CASE_MINUTES = 10


def steady(due_hours: int) -> Problem:
    """Return three days of it; 7 hours of work wait at midnight, and as long again is left at the end."""
    queue = deferrable(
        arrivals=dict.fromkeys(range(3 * DAY), 6 * CASE_MINUTES),
        hours=3 * DAY,
        due_hours=due_hours,
        opening=[(60 * (k + due_hours + 1), 6 * CASE_MINUTES) for k in range(-7, 0)],
    )
    agents = tuple(agent(name, workstreams=("mail",)) for name in TEAM)
    return world("2026-11-30", 3, [D09], agents=agents, queues=(queue,))


def planned(problem: Problem) -> Allocation:
    """Return the plan of work when all three are on duty every day."""
    held = [f"{date} D09" for date in problem.horizon.dates]
    plan = roster(problem, dict.fromkeys(TEAM, held))
    assert audit(problem, RuleBook(rules=()), plan).is_clean
    return allocate(problem, plan)


def cycle(due_hours: int) -> QueueService:
    """Return the service of what arrives from 17:00 to 17:00, worked by three from 09:00."""
    hours = DAY + due_hours
    queue = deferrable(arrivals=dict.fromkeys(range(hours), 60), hours=hours, due_hours=due_hours)
    horizon = Horizon(start=Horizon.of_week("2026-W49").at(17 * 60), intervals=hours)
    problem = world("2026-11-30", 1, [D09], agents=(), queues=(queue,))
    # Nobody works from 17:00 to 09:00, the first 16 hours of each day of this horizon.
    worked = tuple(180 if t % DAY >= 16 else 0 for t in range(hours))
    allocation = Allocation(minutes={"mail": {"mail": worked}}, late={"mail": (0,) * hours})
    line, _ = queue_service(problem.changed(horizon=horizon), queue, allocation)
    assert line.work_minutes == DAY * 60
    return line


@pytest.mark.parametrize(("due_hours", "share"), [(4, 0.25), (8, 0.5), (12, 0.75), (16, 1.0)])
def test_the_share_on_time_of_the_fluid_oracle(due_hours, share):
    assert cycle(due_hours).in_order_fraction == pytest.approx(share, abs=1e-12)


def test_the_backlog_and_the_wait_of_the_fluid_oracle():
    problem = steady(16)
    (queue,) = problem.queues
    allocation = planned(problem)
    served = served_minutes(allocation, queue, 3 * DAY)
    # On the last day an hour of work may be left to the next week.
    assert served[: 2 * DAY] == [180 if 9 <= t % DAY < 17 else 0 for t in range(2 * DAY)]
    cases = [minutes / CASE_MINUTES for minutes in stock_minutes(problem, queue, served)]
    # The stock at the end of interval t; straight in between, so that the mean is that of both ends.
    assert (cases[8], cases[16], cases[32], cases[40]) == (96, 0, 96, 0)
    backlog = sum((before + after) / 2 for before, after in pairwise(cases[16:41])) / DAY
    assert backlog == 48
    assert backlog / 6 == 8  # hours of wait: Little's law
    line, _ = queue_service(problem, queue, allocation)
    assert (line.expected_fraction, line.in_order_fraction) == (1.0, 1.0)


def test_the_mean_wait_is_the_area_over_the_curve_of_the_shares():
    # E[wait] = ∫ P(wait > T) dT; the share is straight in T, so whole hours from 0 to 16 suffice.
    late = [1 - cycle(hours).in_order_fraction for hours in range(1, 17)]
    assert (1.0 + late[-1]) / 2 + sum(late[:-1]) == pytest.approx(8.0)


def test_the_best_order_leaves_only_what_is_hopeless():
    # Within 12 h the work of 17:00 to 21:00 is due before anybody comes, on three evenings; 67 hours of work are due, 7
    # of them of before the start. First in, first out, two more hours of each evening are late.
    problem = steady(12)
    line, _ = queue_service(problem, problem.queues[0], planned(problem))
    assert line.expected_fraction == pytest.approx(1 - 3 * 4 / 67)
    assert line.in_order_fraction < line.expected_fraction


def test_what_arrives_while_the_clock_stands_still_is_due_at_once():
    # Hours 0 to 3 arrive while a site is closed and are due at the end of hour 5, hours 4 and 5 evenly after it.
    queue = deferrable(arrivals=dict.fromkeys(range(6), 60), hours=8)
    queue = queue.changed(due=(360, 360, 360, 360, 420, 480, 540, 600))
    horizon = Horizon(start=Horizon.of_week("2026-W49").start, intervals=8)
    # 180 are done when 240 are due. Hour 6: from 180 to 240 done, from 240 to 300 due, always behind; so is hour 7.
    served = (0, 0, 0, 0, 120, 60, 60, 60)
    assert in_order_fraction(horizon, queue, served) == pytest.approx(180 / 360)
    # With 60 more in hour 5 all is on time.
    assert in_order_fraction(horizon, queue, (0, 0, 0, 0, 120, 120, 60, 60)) == 1.0


def test_what_was_overdue_is_worked_first_and_counts_for_nothing():
    queue = deferrable(arrivals={0: 60}, hours=4, due_hours=1, opening=[(-60, 60), (60, 30)])
    horizon = Horizon(start=Horizon.of_week("2026-W49").start, intervals=4)
    # 60 overdue, then 30 due at 01:00, then 60 due evenly in hour 1. Hour 0: 60 done, all of it overdue
    # work: the 30 miss. Hour 1: done 60 + 120s, due 90 + 60s: from half on, 30.
    assert in_order_fraction(horizon, queue, (60, 120, 0, 0)) == pytest.approx(30 / 90)
    # The other way round: in hour 1 done 120, due 90 + 60s: on time until half of it, 30 of 60, besides the 30.
    assert in_order_fraction(horizon, queue, (120, 0, 0, 0)) == pytest.approx(60 / 90)


def test_nothing_due_is_on_time():
    queue = deferrable(hours=4)
    horizon = Horizon(start=Horizon.of_week("2026-W49").start, intervals=4)
    assert in_order_fraction(horizon, queue, (0,) * 4) == 1.0
