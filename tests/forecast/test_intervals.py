import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffing.domain.tables import QUANTILES
from staffing.forecast.intervals import Spread

MEANS = st.lists(st.floats(0, 1e5), min_size=1, max_size=20)


def test_low_counts_are_poisson_without_overdispersion():
    # Poisson, mean 2: P(0) = .135, P(<=1) = .406, P(<=2) = .677, P(<=3) = .857, P(<=4) = .947
    found = Spread().quantiles(np.array([2.0]), (0.1, 0.5, 0.9))
    assert found.tolist() == [[0.0, 2.0, 4.0]]


def test_overdispersion_widens_low_counts():
    # Negative binomial, mean 2, variance 6: size 1, P(<=k) = 1 - (2 / 3)**(k + 1)
    found = Spread(dispersion=3.0).quantiles(np.array([2.0]), (0.1, 0.5, 0.9))
    assert found.tolist() == [[0.0, 1.0, 5.0]]


def test_high_counts_without_past_errors_are_normal():
    # Variance 100 + 100: 100 -+ 1.2816 * 14.142
    found = Spread(dispersion=1.0, relative=0.1).quantiles(np.array([100.0]), (0.1, 0.9))
    assert found[0] == pytest.approx([81.88, 118.12], abs=0.01)


def test_high_counts_take_the_shape_of_past_errors():
    lopsided = tuple(np.linspace(-1.0, 3.0, 401))
    found = Spread(standard_errors=lopsided).quantiles(np.array([100.0]), (0.25, 0.5, 0.75))
    assert found[0] == pytest.approx([100.0, 110.0, 120.0])  # 0, 1 and 2 deviations of 10


def test_dispersion_and_level_error_are_told_apart():
    generator = np.random.default_rng(3)
    mean = np.exp(generator.uniform(2, 7, 20_000))
    error = generator.normal(0, np.sqrt(2 * mean + (0.1 * mean) ** 2))
    found = Spread.of_errors(error, mean)
    assert found.dispersion == pytest.approx(2.0, rel=0.1)
    assert found.relative == pytest.approx(0.1, rel=0.1)


def test_no_errors_known_means_poisson():
    assert Spread.of_errors(np.array([np.nan]), np.array([5.0])) == Spread()
    assert Spread.of_errors(np.zeros(0), np.zeros(0)) == Spread()


def test_coverage_of_overdispersed_counts():
    generator = np.random.default_rng(4)
    mean = np.tile([2.0, 8.0, 40.0], 4000)
    actual = generator.poisson(mean * generator.gamma(5, 1 / 5, len(mean)))
    half = len(mean) // 2
    spread = Spread.of_errors(actual[:half] - mean[:half], mean[:half])
    low, high = spread.quantiles(mean[half:], (0.1, 0.9)).T
    within = (low <= actual[half:]) & (actual[half:] <= high)
    # Counts of mean 2 cannot be cut at exactly 10 % and 90 %: they hold more.
    assert 0.78 < within.mean() < 0.88


@given(
    mean=MEANS,
    dispersion=st.floats(1, 100),
    relative=st.floats(0, 3),
    errors=st.lists(st.floats(-5, 9), max_size=300),
)
def test_quantiles_are_never_negative_and_rise(mean, dispersion, relative, errors):
    spread = Spread(dispersion, relative, tuple(sorted(errors)))
    found = spread.quantiles(np.array(mean), QUANTILES)
    assert np.isfinite(found).all()
    assert (found >= 0).all()
    assert (np.diff(found, axis=1) >= 0).all()
    assert (found[np.array(mean) == 0] == 0).all()
