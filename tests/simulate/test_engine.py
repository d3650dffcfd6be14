"""What the compiled loop does, case by case; minutes are worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from tests.simulate.floors import cases, live

TWO_DAYS = [(0.0, 60.0, True), (1440.0, 1500.0, True)]
MAIL = {"immediate": (False,), "hours": 48}


def ended(floor):
    return floor.cases["ended"].tolist()


def test_cases_are_taken_in_order_and_one_at_a_time():
    floor = live(cases([0.0, 1.0, 2.0], 10.0), 1, hours=1)
    assert floor.cases["begun"].tolist() == [0, 10, 20]
    assert ended(floor) == [10, 20, 30]
    assert floor.worked.sum() == 30


def test_nothing_happens_after_the_horizon():
    floor = live(cases([50.0, 55.0], 30.0), 1, hours=1)
    assert np.isnan(ended(floor)).all()
    assert floor.cases["begun"][0] == 50
    assert np.isnan(floor.cases["begun"][1])


def test_a_case_that_outlasts_the_duty_is_finished_in_overtime():
    floor = live(cases([50.0, 51.0], 30.0), [TWO_DAYS], overrun="finish", **MAIL)
    assert ended(floor) == [80, 1470]
    assert floor.people["overtime"][0] == 20


def test_a_case_that_outlasts_the_duty_is_handed_over_with_more_to_do():
    # 10 of 30 minutes done at 60; another takes it at 100 with 20 + 5 left, before the one that came later.
    late = [(100.0, 200.0, True)]
    floor = live(cases([50.0, 51.0], 30.0), [TWO_DAYS, late], overrun="hand_over", **MAIL)
    assert ended(floor) == [125, 155]
    assert floor.people["overtime"].sum() == 0


def test_a_case_that_outlasts_the_duty_is_parked_for_the_next():
    late = [(100.0, 200.0, True)]
    floor = live(cases([50.0, 51.0], 30.0), [TWO_DAYS, late], overrun="park", **MAIL)
    assert ended(floor) == [1460, 130]


def test_somebody_who_waits_is_never_left():
    floor = live(cases([50.0], 30.0), [TWO_DAYS], hours=48, overrun="park")
    assert ended(floor) == [80]


@pytest.mark.parametrize(
    ("overrun", "done"),
    # finish: done at 75, pause of 15 until 90, next case until 120; else: pause at 60, back at 75, done at 90
    [("finish", [75, 120]), ("hand_over", [90, 120])],
)
def test_a_pause_keeps_its_length(overrun, done):
    duty = [(0.0, 60.0, False), (75.0, 200.0, True)]
    floor = live(cases([45.0, 46.0], 30.0), [duty], overrun=overrun, **MAIL)
    assert ended(floor) == done


def test_a_case_through_several_pauses_owes_all_of_them():
    # From 50 to 100 through stretches 0-60, 70-90, 95-200: 40 minutes over, 20 in place of the second stretch and 20 of
    # the third, so he is back at 115 = 100 + 10 + 5.
    duty = [(0.0, 60.0, False), (70.0, 90.0, False), (95.0, 200.0, True)]
    floor = live(cases([50.0, 51.0], [50.0, 5.0]), [duty], **MAIL)
    assert floor.cases["begun"].tolist() == [50, 115]


def test_overtime_counts_what_a_last_pause_would_have_been_after():
    # Stretches 0-60 and 70-80: from 50 to 100 are 40 minutes over, 10 of which are the second stretch.
    floor = live(cases([50.0], 50.0), [[(0.0, 60.0, False), (70.0, 80.0, True)]], **MAIL)
    assert floor.people["overtime"][0] == 30


def two_queues(**more):
    drawn = cases([0.0, 1.0, 2.0], 10.0, queue=[0, 0, 1], due=[500.0, 300.0, 100.0])
    return live(drawn, 1, hours=24, immediate=(False, False), **more)


def test_the_case_that_is_due_first_is_next():
    assert ended(two_queues(order="due")) == [10, 30, 20]


def test_first_in_first_out():
    assert ended(two_queues(order="arrival")) == [10, 20, 30]


def test_priority():
    assert ended(two_queues(order="priority", priority=(5, 1))) == [10, 20, 30]
    assert ended(two_queues(order="priority", priority=(1, 5))) == [10, 30, 20]


def test_the_plan_says_which_queue_is_worked():
    planned = np.zeros((1, 2, 24))
    planned[0, 0, 0] = 60
    assert ended(two_queues(order="plan", planned=planned)) == [10, 20, 30]


def test_an_overdue_case_stands_back_as_long_as_it_has_been_given():
    # Due at 15 of 15 minutes, it counts as due at 30 from then on: before the one due at 40, after the one due at 25.
    drawn = cases([0.0, 0.0, 1.0, 1.0], 20.0, queue=[0, 0, 1, 2], due=[15.0, 15.0, 25.0, 40.0])
    floor = live(drawn, 1, hours=24, immediate=(False, False, False), order="due")
    assert ended(floor) == [20, 60, 40, 80]


def test_immediate_cases_come_first_by_priority():
    drawn = cases([0.0, 1.0, 2.0, 3.0], 10.0, queue=[0, 0, 1, 2], due=[99.0, 1.0, 99.0, 99.0])
    floor = live(drawn, 1, hours=1, immediate=(False, True, True), priority=(9, 1, 2))
    assert ended(floor) == [10, 40, 30, 20]


def test_who_gives_up_is_not_served():
    floor = live(cases([0.0, 1.0, 2.0], 10.0, leaves=[99.0, 9.0, 12.0]), 1, hours=1)
    assert np.isnan(floor.cases["begun"][1])
    assert floor.cases["begun"][2] == 10


def test_people_are_kept_free():
    # Two people, one to be kept free: the second mail waits though somebody is idle, the call does not.
    drawn = cases([0.0, 1.0, 5.0], 10.0, queue=[0, 0, 1])
    floor = live(drawn, 2, hours=1, immediate=(False, True), reserve=1)
    assert floor.cases["begun"].tolist() == [0, 10, 5]


def test_a_closed_queue_waits_for_its_hour():
    floor = live(cases([0.0], 10.0), 1, hours=3, immediate=(False,), closed=[(0, 0), (0, 1)])
    assert ended(floor) == [130]


def test_people_of_few_skills_are_asked_first():
    drawn = cases([1.0, 2.0], 10.0, queue=[0, 1])
    floor = live(drawn, 2, hours=1, immediate=(True, True), pools=[[0], [0, 1]], pool=[1, 0])
    assert floor.cases["begun"].tolist() == [1, 2]
    assert floor.worked[1, 0].sum() == 10


def test_work_is_booked_on_the_day_on_which_it_is_done():
    floor = live(cases([1430.0], 30.0), 1, hours=48)
    assert floor.worked[0, 0].tolist() == [10, 20]
