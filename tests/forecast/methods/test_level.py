import numpy as np
import pytest

from staffing.forecast.methods.level import levels


def test_a_lasting_shift_is_followed():
    expected = np.full(120, 10_000.0)
    actual = np.r_[np.full(20, 10_000.0), np.full(100, 12_000.0)]
    found = levels(actual, expected, dispersion=1.0)
    assert found[19] == pytest.approx(1.0)
    # Twelve days after the shift half of the weight lies behind it.
    assert found[31] == pytest.approx(1.1, abs=0.02)
    assert found[-1] == pytest.approx(1.2, abs=0.01)


def test_little_evidence_leaves_the_level_at_one():
    # One case instead of two on a single day: (1 + 44.4) / (2 + 44.4), as 1 / 0.15**2 = 44.4.
    found = levels(np.array([1.0]), np.array([2.0]), dispersion=1.0)
    assert found.tolist() == pytest.approx([45.444 / 46.444], abs=1e-4)


def test_days_without_evidence_fade_the_level():
    found = levels(np.r_[200.0, np.zeros(30)], np.r_[100.0, np.zeros(30)], dispersion=1.0)
    assert found[0] > found[10] > found[30] > 1.0
