"""Hours in which hardly anything arrives."""

from __future__ import annotations

import numpy as np

from staffing.requirement.quiet_hours import quiet_intervals

OFFICE = np.arange(168) % 24 // 8 == 1


def quiet(volume, probability=0.05, allowance=0.2, load=0.0, width=60):
    return quiet_intervals(volume, np.full(len(volume), load), width, probability, allowance)


def test_nights_of_nearly_nothing_ask_for_nobody():
    # 112 nightly hours of .004 cases: .45 of 56.45 cases, .8 % of the week; 10 % may be left alone.
    volume = np.where(OFFICE, 1.0, 0.004)
    assert (quiet(volume) == ~OFFICE).all()


def test_a_queue_that_is_rare_at_all_hours_is_staffed():
    # .03 an hour, a chance of 3 %: half of the 20 % that may be late is 10 % of 168 equal hours, 16 of them.
    assert quiet(np.full(168, 0.03)).sum() == 16
    assert quiet(np.full(168, 0.03), allowance=0.0).sum() == 0


def test_the_quietest_hours_come_first():
    volume = np.where(OFFICE, 0.2, 0.04)
    volume[:3] = 0.001
    found = quiet(volume, allowance=0.0004)  # .003 of 15.56 cases is .02 %, half of the allowance
    assert found.nonzero()[0].tolist() == [0, 1, 2]


def test_hours_without_any_case_are_not_quiet_but_empty():
    assert not quiet(np.zeros(24)).any()


def test_the_probability_is_that_of_an_hour_on_any_grid():
    # 1 − exp(−.06) = 5.8 % an hour, in quarters of .015 cases
    busy, rare = np.full(96, 10.0), np.full(96, 0.015)
    assert not quiet(np.concatenate([busy, rare]), width=15)[96:].any()
    assert quiet(np.concatenate([busy, rare]), width=15, probability=0.06)[96:].all()


def test_work_that_is_still_in_hand_keeps_an_hour_staffed():
    volume = np.where(OFFICE, 1.0, 0.004)
    assert not quiet(volume, load=0.2).any()


def test_a_probability_of_zero_staffs_every_hour():
    assert not quiet(np.where(OFFICE, 1.0, 0.004), probability=0.0).any()
