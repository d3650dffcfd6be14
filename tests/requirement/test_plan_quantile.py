"""Queues sized for more than the mean: totals over the time in which work waits, the rate where somebody waits."""

from __future__ import annotations

import numpy as np
import pytest

from staffing.domain.clock import Horizon
from staffing.domain.work import Queue
from staffing.forecast.intervals import Spread
from staffing.requirement.immediate import required_agents
from staffing.requirement.plan_quantile import at_quantile, growth_of_totals, quantile_of_rate
from staffing.requirement.queue_paths import cases_of
from tests.forecast.outlooks import outlook
from tests.queues import deferrable, immediate

HORIZON = Horizon.of_week("2026-W10")  # begins on 2 March, as the outlooks do
HOURS = HORIZON.intervals
UNSURE = Spread(1.0, 1.0)
"""Variance mean + mean²: the rate is exponential."""


def mail(due_hours: int, cases: float = 2.0) -> Queue:
    """Ten minutes a case."""
    work = dict.fromkeys(range(HOURS), int(10 * cases))
    queue = deferrable("mail", work, hours=HOURS, due_hours=due_hours, opening=((120, 30),))
    return queue.changed(volume=(cases,) * HOURS)


def calls(cases: float) -> Queue:
    queue = immediate("calls", hours=HOURS)
    volume = np.full(HOURS, cases)
    agents = required_agents(queue.workstream, volume, np.full(HOURS, 10.0), 60)
    return queue.changed(volume=tuple(volume), required_agents=tuple(agents.tolist()))


def test_a_total_grows_to_its_quantile():
    # Totals of two intervals: 2, 4, 6, 8 from the first on, 3, 4, 6, 7 from the second. Their means are 5; four paths
    # have their largest value as the quantile 1 and (4 + 6) / 2 as the median. The third interval's would be cut off.
    cases = np.array([[1, 1, 2], [2, 2, 2], [2, 4, 2], [4, 4, 3]])
    until = np.array([2, 3, 4])
    assert growth_of_totals(cases, until, 1.0) == pytest.approx([8 / 5, 7 / 5, 7 / 5])
    assert growth_of_totals(cases, until, 0.5) == pytest.approx([1.0, 1.0, 1.0])


def test_a_quantile_below_the_mean_is_not_taken():
    # Three weeks in four have no case.
    cases = np.array([[0], [0], [0], [4]])
    assert growth_of_totals(cases, np.array([1]), 0.6) == pytest.approx([1.0])


def test_nothing_grows_from_nothing():
    assert growth_of_totals(np.zeros((4, 2), np.int64), np.array([1, 2]), 0.9) == pytest.approx(
        [1, 1]
    )


def test_the_rate_of_a_poisson_mixture():
    # Variance 3 + 3², of which 3 is chance: the rate has mean 3 and variance 9, exponential. −3 ln .2 = 4.83.
    found = quantile_of_rate([outlook(3.0, UNSURE)], 0.8)
    assert found == pytest.approx(np.full(HOURS, 4.828314))
    # Its median, 2.08, is below the mean. Poisson cases have a rate that is known.
    assert quantile_of_rate([outlook(3.0, UNSURE)], 0.5) == pytest.approx(np.full(HOURS, 3.0))
    assert quantile_of_rate([outlook(3.0, Spread())], 0.9) == pytest.approx(np.full(HOURS, 3.0))


def test_two_series_make_up_for_each_other():
    # Mean 6 and variance 18 of the rate: a gamma of shape 2, whose .8 quantile is 2.994 of its scale 3, not 2 × 4.83.
    found = quantile_of_rate([outlook(3.0, UNSURE), outlook(3.0, UNSURE)], 0.8)
    assert found == pytest.approx(np.full(HOURS, 8.983), abs=1e-3)


@pytest.mark.parametrize("due_hours", [1, 8, 72])
def test_the_longer_work_may_wait_the_less_is_added(due_hours: int):
    # Poisson cases: the .9 quantile of a total of n is about n + 1.28 √n, n being 2 cases for each hour of waiting.
    outlooks = {("EMEA", "mail"): outlook(2.0, Spread())}
    (found,) = at_quantile((mail(due_hours),), HORIZON, outlooks, 0.9)
    expected = 1 + 1.28 / np.sqrt(2 * due_hours)
    assert sum(found.arrivals_minutes) / (20 * HOURS) == pytest.approx(expected, rel=0.12)
    assert sum(found.volume) * 10 == pytest.approx(sum(found.arrivals_minutes), abs=10)
    assert found.opening == mail(due_hours).opening


def test_people_are_sized_for_the_rate():
    # At a mean of 6 cases of ten minutes, 1 erlang: agents for 9.66 cases, 1.61 erlangs.
    outlooks = {("EMEA", "calls"): outlook(6.0, UNSURE)}
    (found,) = at_quantile((calls(6.0),), HORIZON, outlooks, 0.8)
    assert found.required_agents == calls(-6.0 * np.log(0.2)).required_agents
    assert found.required_agents[0] > calls(6.0).required_agents[0]


def test_quiet_hours_stay_quiet():
    # .04 cases: a chance of 3.9 %, below 5 %; at the .9 quantile of the rate, .092, it would be 8.8 %.
    outlooks = {("EMEA", "calls"): outlook(np.where(np.arange(HOURS) % 24 < 2, 0.04, 3.0), UNSURE)}
    mean = outlooks["EMEA", "calls"].mean
    queue = immediate("calls", hours=HOURS).changed(volume=tuple(mean))
    agents = required_agents(queue.workstream, mean, np.full(HOURS, 10.0), 60)
    queue = queue.changed(required_agents=tuple(agents.tolist()))
    (found,) = at_quantile((queue,), HORIZON, outlooks, 0.9)
    assert [agents[0], found.required_agents[0]] == [0, 0]
    assert found.required_agents[12] > agents[12]


def test_a_queue_has_the_cases_of_its_series():
    outlooks = {
        ("EMEA", "mail"): outlook(2.0),
        ("EMEA", "calls"): outlook(3.0),
        ("APAC", "mail"): outlook(1.0),
    }
    pooled, own = mail(4), mail(4).changed(queue="mail@APAC", region="APAC")
    other = immediate("chats", hours=HOURS)
    cases = cases_of((pooled, own, other), outlooks, 200, seed=1)
    assert cases.shape == (200, 3, HOURS)
    # 33,600 draws: standard errors .01 and .005.
    assert cases.mean(axis=(0, 2)) == pytest.approx([3.0, 1.0, 0.0], abs=0.04)
    (unknown,) = at_quantile((other,), HORIZON, outlooks, 0.9)
    assert unknown == other
