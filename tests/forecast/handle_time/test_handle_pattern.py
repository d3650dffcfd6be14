"""Effects of hour and weekday, drawn towards those of the parent."""

from __future__ import annotations

import numpy as np

from staffing.forecast.handle_time.handle_pattern import Pattern, learn_pattern

NIGHT = np.where(np.arange(24) < 6, 1.3, 1.0)
WEEKEND = np.where(np.arange(7) >= 5, 1.1, 1.0)


def learnt(count: float, parent: Pattern = Pattern.flat(), cv: float = 1.0) -> np.ndarray:  # noqa: B008
    cases = np.full((7, 24), count)
    found = learn_pattern(cases, cases * 10 * WEEKEND[:, None] * NIGHT, cv, parent)
    return found.factor(np.arange(7)[:, None], np.arange(24))


def test_many_cases_speak_for_themselves():
    factor = learnt(100_000)
    np.testing.assert_allclose(factor[0, 0] / factor[0, 12], 1.3, rtol=1e-3)
    np.testing.assert_allclose(factor[6, 12] / factor[0, 12], 1.1, rtol=1e-3)


def test_a_scatter_within_chance_is_none():
    # 7 cases an hour: a sampling deviation of 1 / sqrt(7) = .38, the effect of the night is .26 in 6 hours of 24
    np.testing.assert_allclose(learnt(1), 1.0)


def test_few_cases_follow_the_parent():
    parent = Pattern(np.log(NIGHT), np.log(WEEKEND))
    np.testing.assert_allclose(learnt(1, parent), WEEKEND[:, None] * NIGHT)


def test_hours_without_cases_keep_the_effect_of_the_parent():
    cases = np.zeros((7, 24))
    cases[:, 12:14] = 1000
    parent = Pattern(np.log(NIGHT), np.zeros(7))
    found = learn_pattern(cases, cases * 10, 1.0, parent)
    np.testing.assert_allclose(found.hour[:6], np.log(1.3))
