import numpy as np
import pytest

from staffing.forecast.methods.clean import clean
from staffing.forecast.weeks import places
from tests.forecast.histories import counts, grid

WEEKS = 10
WHERE = places(grid("2026-01-05", WEEKS), "UTC")


def test_a_spike_is_capped():
    volume = np.full(WEEKS * 168, 100.0)
    volume[-1] = 1000.0
    cleaned = clean(volume, WHERE)
    # Dispersion 1 (constant but for the spike): 100 + 1 + 3 * sqrt(100 + 25**2) = 181.78
    assert cleaned.dispersion == 1.0
    assert cleaned.volume[-1] == pytest.approx(181.78, abs=0.01)
    assert (cleaned.volume[:-1] == 100.0).all()


def test_the_volume_of_a_launch_is_kept_as_it_was():
    volume = np.full(WEEKS * 168, 100.0)
    volume[[-200, -1]] = 1000.0
    is_launched = np.arange(len(volume)) == len(volume) - 1
    cleaned = clean(volume, WHERE, is_launched).volume
    assert (cleaned[-200] < 250.0, cleaned[-1]) == (True, 1000.0)


def test_unknown_stays_unknown():
    volume = np.full(WEEKS * 168, 100.0)
    volume[5] = np.nan
    assert np.flatnonzero(np.isnan(clean(volume, WHERE).volume)).tolist() == [5]


def test_sparse_counts_are_not_capped_for_being_seen_at_all():
    volume = counts(grid("2026-01-05", WEEKS), np.full(WEEKS * 168, 0.3)).to_numpy()
    kept = clean(volume, WHERE).volume.sum() / volume.sum()
    assert kept > 0.99


def test_eight_zero_weeks_close_an_hour_of_a_busy_series():
    volume = np.full((WEEKS, 168), 100.0)
    volume[2:, 3] = 0.0  # eight weeks
    volume[3:, 4] = 0.0  # seven
    volume[:, 5] = 0.0
    volume[-1, 5] = 1.0  # open of late
    assert np.flatnonzero(clean(volume.ravel(), WHERE).is_closed).tolist() == [3]


def test_zero_weeks_of_a_sparse_series_close_nothing():
    # 0.2 an hour: ten weeks without a case in an hour of the week have a chance of exp(-2).
    volume = counts(grid("2026-01-05", WEEKS), np.full(WEEKS * 168, 0.2)).to_numpy()
    assert not clean(volume, WHERE).is_closed.any()


@pytest.mark.parametrize("dispersion", [1.0, 3.0])
def test_dispersion_is_recovered(dispersion):
    generator = np.random.default_rng(1)
    size = 20.0 / max(dispersion - 1, 1e-9)
    volume = (
        generator.poisson(20.0, WEEKS * 168)
        if dispersion == 1
        else generator.negative_binomial(size, 1 / dispersion, WEEKS * 168)
    )
    # The upper tail is left out, so it comes out a little low, never below 1.
    found = clean(volume.astype(float), WHERE).dispersion
    assert found == pytest.approx(dispersion, rel=0.15)


def test_nothing_known():
    cleaned = clean(np.full(168, np.nan), places(grid("2026-01-05", 1), "UTC"))
    assert cleaned.dispersion == 1.0
    assert np.isnan(cleaned.volume).all()
