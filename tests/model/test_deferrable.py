"""Deadlines on any clock, targets by period and hours in which nobody may work, as rows; prices as in `test_flow`."""

from __future__ import annotations

from staffing.domain.work import PastService
from tests.model.test_flow import SKILLS, plan, two
from tests.queues import deferrable, immediate

NEVER_MORE = dict.fromkeys(range(24), 600)


def test_inventory_form_carries_the_age_of_the_backlog():
    # Overdue 30, due at the end of hour 1 60, arriving 60: what can still be on time comes before what is late.
    queue = deferrable(arrivals={0: 60}, due_hours=3, opening=((0, 30), (120, 60)))
    found = plan(queue, mail={1: 60, 2: 60, 3: 30})
    assert found.stock(queue)[:5] == [150, 90, 30, 0, 0]
    # The 30 wait for hour 2: overdue after hours 0 and 1. The 60 of hour 0 are due at the end of hour 3.
    assert found.late["mail"][:5] == [30, 30, 0, 0, 0]
    assert found.cost == 30 * 2 * 10


def test_the_business_clock_is_the_same_rows():
    # Closed from hour 1 to hour 8: what arrives until then is due together at the end of hour 10.
    due = (*(660,) * 9, *range(720, 1620, 60))
    queue = deferrable(arrivals={0: 60, 4: 60, 8: 60}).changed(due=due)
    on_time = plan(queue, people=two(), mail={9: 60, 10: 120})
    assert (on_time.cost, on_time.late["mail"]) == (0, [0] * 24)
    # On the calendar clock of four hours nothing of hours 0 and 4 could wait so long.
    calendar = plan(deferrable(arrivals={0: 60, 4: 60, 8: 60}), people=two(), mail={9: 60, 10: 120})
    assert calendar.cost > 60 * 1000
    # One hour later all is late.
    assert plan(queue, people=two(), mail={11: 60, 12: 120}).late["mail"][9:12] == [0, 180, 120]


def test_nobody_works_in_hours_that_are_closed():
    queue = deferrable(arrivals={0: 60}, due_hours=4).changed(closed=(0, 1, 2))
    assert plan(queue, mail=NEVER_MORE).served["mail"]["mail"].index(60) >= 3
    # Closed until it is due: missed whoever is there.
    shut = queue.changed(closed=tuple(range(5)))
    assert plan(shut, mail=NEVER_MORE).cost == 60 * 1000 + 60 * 10


def test_a_daily_target_is_not_met_by_another_day():
    # 100 minutes on each day, a tenth may be late. On the first day 80 can be done in time.
    arrivals = {0: 100, 24: 100}
    week = deferrable(arrivals=arrivals, hours=48, due_hours=1, target=0.9)
    supply = {0: 60, 1: 20, 2: 20, 24: 60, 25: 40}
    # By the week the 20 are within the allowance: each is overdue for one hour.
    assert plan(week, people=two(), mail=supply).cost == 20 * 10
    daily = week.changed(period_starts=(24,))
    assert plan(daily, people=two(), mail=supply).cost == 10 * 1000 + 20 * 10


def test_a_miss_counts_when_it_happens():
    # Nothing of the 200 on the second day is done; the first has an allowance that it does not need. To call them late
    # a day early would be cheaper, and is no plan.
    arrivals = {0: 1000, 24: 200}
    queue = deferrable(arrivals=arrivals, hours=48, due_hours=4, target=0.8).changed(
        period_starts=(24,)
    )
    supply = {0: 250, 1: 250, 2: 250, 3: 250}
    people = tuple(
        person.changed(agent_id=f"{person.agent_id}{k}") for k in range(3) for person in two()
    )
    found = plan(queue, people=people, mail=supply)
    # Due at the end of hour 28: overdue after 20 hours. 40 of 200 may be late. All of it is left.
    assert found.late["mail"] == [0] * 28 + [200] * 20
    assert found.cost == 160 * 1000 + 200 * 20 * 10 + 200 * 100


def test_a_good_past_pays_for_a_bad_week_and_the_reverse():
    queue = deferrable(arrivals={0: 100}, due_hours=1, target=0.9)
    supply = {0: 60, 2: 40}
    late = 40 * 10
    assert plan(queue, people=two(), mail=supply).cost == 30 * 1000 + late
    # 10 % of 300 + 100 are 40, of which 5 are spent; or all of it.
    good = queue.changed(past=PastService(work_minutes=300, missed_minutes=5))
    assert plan(good, people=two(), mail=supply).cost == 5 * 1000 + late
    bad = queue.changed(past=PastService(work_minutes=300, missed_minutes=60))
    assert plan(bad, people=two(), mail=supply).cost == 40 * 1000 + late


def test_priorities_decide_between_queues_that_share_people():
    low = deferrable("low", {0: 60}, due_hours=1, priority=2).changed(period_starts=(12,))
    high = deferrable("high", {0: 60}, due_hours=1, priority=3).changed(period_starts=(12,))
    found = plan(low, high, low_high={0: 60, 2: 60})
    assert found.served["low+high"]["high"][0] == 60
    # Low is missed, and overdue for one hour.
    assert found.cost == 60 * 2000 + 60 * 20


def test_skills_are_shared_out_with_deadlines_in_mind():
    # Bob alone can take the call of hour 2; ann's two hours are just enough for the mail due by the end of hour 2.
    mail = deferrable(arrivals={0: 120}).changed(due=(180, *range(240, 1620, 60)))
    found = plan(
        mail, immediate(required={2: 1}), people=SKILLS, mail={1: 60, 2: 60}, mail_calls={2: 60}
    )
    assert found.cost == 0
    assert found.served["mail+calls"]["calls"][2] == 60
