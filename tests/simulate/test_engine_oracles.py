"""The engine against formulas that nobody here has computed (queueing theory), within confidence bounds."""

from __future__ import annotations

import numpy as np
import pytest

from tests.simulate.floors import batch_means, cases, live

BOUND = 3.3
"""Standard errors: a right engine passes a comparison in 999 cases of 1,000."""


def poisson(rng, per_minute, minutes):
    return np.sort(rng.uniform(0, minutes, rng.poisson(per_minute * minutes)))


def assert_near(values, expected):
    mean, error = batch_means(values)
    assert abs(mean - expected) < BOUND * error, f"{mean} ± {error} against {expected}"


@pytest.mark.parametrize(
    ("load", "agents", "waiting"), [(1, 2, 1 / 3), (2, 3, 4 / 9), (20, 24, 0.298072)]
)
def test_share_that_waits_is_erlang_c(load, agents, waiting):
    rng = np.random.default_rng([agents, 1])
    hours = 24 * 200
    opened = poisson(rng, load / 5, 60 * hours)  # 5 minutes each
    done = live(cases(opened, rng.exponential(5, len(opened))), agents, hours=hours).cases
    begun = ~np.isnan(done["begun"])
    assert_near((done["begun"] > done["opened"])[begun].astype(float), waiting)


def test_service_level_speed_of_answer_and_occupancy_are_those_of_erlang_c():
    # 100 per 30 min, 180 s each, 14 agents, threshold 20 s: SL .888350, ASA 7.836 s, occupancy .714286
    rng = np.random.default_rng(14)
    hours = 24 * 60
    opened = poisson(rng, 100 / 30, 60 * hours)
    floor = live(cases(opened, rng.exponential(3, len(opened))), 14, hours=hours)
    wait = (floor.cases["begun"] - floor.cases["opened"])[~np.isnan(floor.cases["begun"])]
    assert_near((wait <= 20 / 60).astype(float), 0.888350)
    assert_near(wait * 60, 7.836)
    assert_near(floor.worked.sum(axis=(0, 1)) / (14 * 1440), 0.714286)


def test_patience_gives_erlang_a():
    # the same with a mean patience of 5 min: P(wait) .14526, P(abandon) .013984, occupancy .704297
    rng = np.random.default_rng(15)
    hours = 24 * 100
    opened = poisson(rng, 100 / 30, 60 * hours)
    leaves = opened + rng.exponential(5, len(opened))
    floor = live(cases(opened, rng.exponential(3, len(opened)), leaves=leaves), 14, hours=hours)
    gone = np.isnan(floor.cases["begun"])
    assert_near((gone | (floor.cases["begun"] > floor.cases["opened"])).astype(float), 0.14526)
    assert_near(gone.astype(float), 0.013984)
    assert_near(floor.worked.sum(axis=(0, 1)) / (14 * 1440), 0.704297)


@pytest.mark.parametrize("cv", [0.5, 1.5])
def test_one_server_waits_as_pollaczek_and_khinchine_say(cv):
    # Wq = λ E[S²] / (2 (1 − ρ)); ρ .7, S lognormal with mean 7 min: E[S²] = 49 (1 + cv²)
    rng = np.random.default_rng([16, int(2 * cv)])
    hours = 24 * 1000
    opened = poisson(rng, 0.1, 60 * hours)
    sigma = np.sqrt(np.log1p(cv**2))
    work = 7 * rng.lognormal(-(sigma**2) / 2, sigma, len(opened))
    done = live(cases(opened, work), 1, hours=hours, immediate=(False,)).cases
    wait = (done["begun"] - done["opened"])[~np.isnan(done["begun"])]
    assert_near(wait, 0.1 * 49 * (1 + cv**2) / (2 * 0.3))


def test_work_deferred_to_day_hours_is_the_fluid_oracle():
    # 6 per hour round the clock, 18 per hour from 9 to 17: 96 wait at 9, none at 17, mean wait 8 h, mean backlog 48;
    # on time within 4, 8, 12, 16 h: 25, 50, 75, 100 %. A hundred times as many cases (of 10 min, 300 people), so that
    # they flow; a case flows out half-way through its handling.
    days, scale = 12, 100
    minutes = 1440.0 * days
    opened = np.arange(0, minutes, 10 / scale) + 5 / scale
    duty = [(1440.0 * day + 540, 1440.0 * day + 1020, True) for day in range(days)]
    floor = live(cases(opened, 10.0), [duty] * (3 * scale), hours=24 * days, immediate=(False,))
    out = np.where(np.isnan(floor.cases["begun"]), np.inf, floor.cases["begun"] + 5)
    steady = (opened > 2 * 1440) & (opened < (days - 2) * 1440)
    wait = (out - opened)[steady] / 60
    assert wait.mean() == pytest.approx(8, rel=0.003)
    for hours, share in ((4, 0.25), (8, 0.5), (12, 0.75), (16, 1.0)):
        assert (wait <= hours).mean() == pytest.approx(share, abs=0.008)

    def waiting(minute):
        return ((opened <= minute) & (out > minute)).sum() / scale

    assert waiting(5 * 1440 + 539.9) == pytest.approx(96, rel=0.003)
    assert waiting(5 * 1440 + 1019.9) == pytest.approx(0, abs=2)
    day = [waiting(4 * 1440 + minute + 0.5) for minute in range(0, 1440, 5)]
    assert np.mean(day) == pytest.approx(48, rel=0.006)
