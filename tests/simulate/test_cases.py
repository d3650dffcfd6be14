from __future__ import annotations

import numpy as np
import pytest

from staffing.simulate.cases import Arrivals

TWO = {
    "width": 60.0,
    "within": np.array([240.0, 15.0]),
    "due": np.full((2, 4), np.nan),
    "handle_minutes": np.array([[10.0, 10.0, 30.0, 30.0], [5.0] * 4]),
    "handle_cv": np.array([1.0, 0.5]),
    "patience": np.array([np.inf, 3.0]),
    "ratios": (None, None),
    "opening": (),
}


def drawn(counts, seed=1, **other):
    return Arrivals(**{**TWO, **other}).drawn(np.array(counts), np.random.default_rng(seed))


def test_cases_open_within_their_interval_and_are_due_so_long_after():
    found = drawn([[2, 0, 3, 0], [0, 1, 0, 0]])
    assert (np.diff(found["opened"]) >= 0).all()
    assert (found["opened"] // 60).tolist() == [0, 0, 1, 2, 2, 2]
    assert found["queue"].tolist() == [0, 0, 1, 0, 0, 0]
    assert found["due"] - found["opened"] == pytest.approx([240, 240, 15, 240, 240, 240])
    assert np.isfinite(found["leaves"]).tolist() == [False, False, True, False, False, False]


def test_handle_times_have_the_mean_of_their_interval_and_the_dispersion_of_their_queue():
    found = drawn([[40_000, 0, 40_000, 0], [0, 40_000, 0, 0]])
    for queue, interval, mean, cv in ((0, 0, 10, 1), (0, 2, 30, 1), (1, 1, 5, 0.5)):
        own = (found["queue"] == queue) & (found["opened"] // 60 == interval)
        work = found["left"][own]
        assert work.mean() == pytest.approx(mean, rel=0.025)  # 5 standard errors: 5 · cv / √40,000
        assert work.std() / work.mean() == pytest.approx(cv, rel=0.05)


def test_past_handle_times_are_drawn_from_where_they_are_known():
    found = drawn([[500, 0, 0, 0], [0, 0, 0, 0]], ratios=(np.array([0.5, 1.5]), None))
    assert set(found["left"].tolist()) == {5.0, 15.0}


def test_patience_is_exponential():
    found = drawn([[0, 0, 0, 0], [40_000, 0, 0, 0]])
    assert (found["leaves"] - found["opened"]).mean() == pytest.approx(3, rel=0.025)


def test_backlog_keeps_its_work_and_its_age_and_is_there_first():
    found = drawn([[1, 0, 0, 0], [0, 0, 0, 0]], opening=((180, 0, 3, 45), (-60, 0, 2, 7)))
    assert found["due"][:5].tolist() == [-60, -60, 180, 180, 180]
    assert found["opened"][:5].tolist() == [-300, -300, -60, -60, -60]
    assert found["left"][:2].sum() == pytest.approx(7)
    assert found["left"][2:5].sum() == pytest.approx(45)


def test_due_instants_of_a_business_clock():
    # The clock runs in hours 1 and 3, one hour is given: cases of hour 0 are due at the end of hour 1 (120), those of
    # hour 1 one running hour later (180 to 240), those of hour 2 and of hour 3 thereafter.
    due = np.array([[120.0, 240.0, 240.0, 300.0], [np.nan] * 4])
    found = drawn([[50, 50, 50, 50], [0, 0, 0, 0]], due=due)
    hour, inside = found["opened"] // 60, found["opened"] % 60
    assert found["due"][hour == 1] == pytest.approx(180 + inside[hour == 1])
    assert (found["due"][hour == 2] == 240).all()
    assert found["due"][hour == 3] == pytest.approx(240 + inside[hour == 3])
