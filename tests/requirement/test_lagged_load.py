"""The load of handle times that are longer than an interval."""

from __future__ import annotations

import numpy as np
import pytest

from staffing.requirement.lagged_load import lagged_load


def test_a_burst_is_felt_later_and_lower():
    # 4 cases of 120 min in the second hour: ρ = 8 in it. With e = exp(-60/120) = .606531, (1 - e)·2 = .786939:
    # hour 1: 8 - 8·.786939 = 1.704490, at its end 8 - 8e = 3.147755; hour 2: 3.147755·.786939 = 2.477091,
    # at its end 3.147755e = 1.909210; hour 3: 1.909210·.786939 = 1.502431.
    load = lagged_load([0, 4, 0, 0], 120, 60)
    assert load == pytest.approx([0, 1.704490, 2.477091, 1.502431], abs=2e-6)


def test_no_work_is_lost():
    load = lagged_load([0, 4] + [0] * 60, 120, 60)
    assert load.sum() == pytest.approx(4 * 120 / 60)


def test_a_steady_queue_keeps_its_load():
    assert lagged_load([6] * 5, 90, 30) == pytest.approx([18] * 5)


def test_short_handle_times_keep_the_load_of_their_interval():
    assert lagged_load([0, 4, 0], 15, 60) == pytest.approx([0, 1, 0])
    assert lagged_load([0, 4, 0], 60, 60) == pytest.approx([0, 4, 0])


def test_intervals_times_queues_at_once():
    volume = np.array([[0.0, 4, 0, 0], [1, 1, 1, 1]])
    together = lagged_load(volume, [[120.0], [30.0]], 60)
    assert together[0] == pytest.approx(lagged_load(volume[0], 120, 60))
    assert together[1] == pytest.approx([0.5] * 4)


def test_an_unknown_handle_time_where_nothing_arrives_is_the_one_before():
    aht = np.array([np.nan, 120, np.nan, np.nan])
    assert lagged_load([0, 4, 0, 0], aht, 60) == pytest.approx(lagged_load([0, 4, 0, 0], 120, 60))
    assert lagged_load([0, 0], np.nan, 60) == pytest.approx([0, 0])


def test_the_mean_number_in_work_obeys_its_equation():
    # Small steps of dm/dt = λ - m/AHT over a day with a peak, AHT of 3 h on a grid of 30 min.
    volume, aht, width, steps = 5 + 4 * np.sin(np.arange(48) / 48 * 2 * np.pi), 180.0, 30, 2000
    busy, means = volume[0] / width * aht, []
    for cases in volume:
        path = []
        for _ in range(steps):
            half = busy + (cases / width - busy / aht) * width / steps / 2
            busy += (cases / width - half / aht) * width / steps
            path.append(half)
        means.append(np.mean(path))
    assert lagged_load(volume, aht, width) == pytest.approx(means, rel=1e-6)
