"""Sample paths: marginals of the forecast, totals as uncertain as past totals were."""

from __future__ import annotations

import numpy as np
import pytest

from staffing.forecast.intervals import Spread
from staffing.forecast.paths.paths import sample_paths
from tests.forecast.outlooks import judged, outlook

ORIGINS = 200
# Level 10 % and days 8 % off; the spread knows of both: .1**2 + .08**2 = .0164.
OFF = Spread(1.0, float(np.sqrt(0.0164)))


def off_by(sd: float, *shape: int, seed: int = 5) -> np.ndarray:
    """Return normal fractions."""
    return sd * np.random.default_rng(seed).standard_normal(shape)


@pytest.mark.parametrize("mean", [0.05, 0.8, 4.0, 30.0, 5000.0])
def test_marginals_are_those_of_the_forecast(mean: float) -> None:
    ahead = outlook(mean, Spread(1.3, 0.1))
    drawn = sample_paths({("EMEA", "tickets"): ahead}, 500, seed=1)[:, 0]
    # 84,000 independent draws; the error of their mean is their deviation / 290.
    deviation = float(np.sqrt(1.3 * mean + (0.1 * mean) ** 2))
    assert drawn.mean() == pytest.approx(mean, abs=4 * deviation / 290)
    assert drawn.std() == pytest.approx(deviation, rel=0.05)
    levels = (0.1, 0.5, 0.9)
    below, expected = np.quantile(drawn, levels), ahead.spread.quantiles(ahead.mean[:1], levels)[0]
    assert below == pytest.approx(expected, abs=max(1.0, 0.03 * deviation))


def test_cases_are_whole_and_closed_hours_stay_closed() -> None:
    ahead = outlook(np.where(np.arange(168) % 24 < 8, 0.0, 7.0))
    drawn = sample_paths({("EMEA", "tickets"): ahead}, 50, seed=1)
    assert drawn.shape == (50, 1, 168)
    assert drawn.dtype.kind == "i"
    assert drawn.min() >= 0
    assert not drawn[:, 0, ahead.mean == 0].any()


@pytest.mark.parametrize("mean", [0.6, 40.0])
def test_totals_vary_as_past_totals_did(mean: float) -> None:
    ahead = judged(mean, off_by(0.1, ORIGINS), off_by(0.08, ORIGINS, 7, seed=6), OFF, seed=7)
    drawn = sample_paths({("EMEA", "tickets"): ahead}, 4000, seed=1)[:, 0].sum(axis=1)
    daily = ahead.mean.reshape(7, 24).sum(axis=1)
    # Poisson noise, the level on the whole week, the days each on their own.
    truth = daily.sum() + (0.1 * daily.sum()) ** 2 + (0.08**2 * daily**2).sum()
    assert drawn.var() == pytest.approx(truth, rel=0.2)
    alone = ahead.variance.sum()
    if mean > 1:
        assert drawn.var() > 10 * alone


def test_series_off_together_are_drawn_together() -> None:
    level = off_by(0.1, ORIGINS)
    outlooks = {}
    for place in range(4):
        own = off_by(0.1, ORIGINS, seed=10 + place)
        half = np.sqrt(0.6) * level + np.sqrt(0.4) * own
        outlooks["EMEA", str(place)] = judged(50, half, np.zeros((ORIGINS, 7)), OFF, seed=place)
    totals = sample_paths(outlooks, 3000, seed=2).sum(axis=2)
    # The Poisson noise of a total of 8,400 cases is 1 %, its level 10 %: a correlation of .6 * .99.
    found = np.corrcoef(totals.T)[np.triu_indices(4, 1)]
    assert found.mean() == pytest.approx(0.6, abs=0.1)


def test_unrelated_series_are_drawn_apart() -> None:
    outlooks = {
        ("EMEA", str(place)): judged(
            50, off_by(0.1, ORIGINS, seed=place), np.zeros((ORIGINS, 7)), OFF, seed=place
        )
        for place in range(3)
    }
    totals = sample_paths(outlooks, 2000, seed=2).sum(axis=2)
    assert np.abs(np.corrcoef(totals.T)[np.triu_indices(3, 1)]).max() < 0.15


def test_a_seed_repeats_them_whatever_the_order() -> None:
    outlooks = {
        ("EMEA", "tickets"): judged(3, off_by(0.1, 7), np.zeros((7, 7)), OFF, seed=1),
        ("APAC", "legal"): judged(9, off_by(0.1, 7), np.zeros((7, 7)), OFF, seed=2),
    }
    forth = sample_paths(outlooks, 20, seed=3)
    back = sample_paths(dict(reversed(outlooks.items())), 20, seed=3)
    np.testing.assert_array_equal(forth, back[:, ::-1])
    assert (sample_paths(outlooks, 20, seed=4) != forth).any()
