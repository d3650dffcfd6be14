"""From normal scores to whole cases, as the forecast of each interval distributes them."""

from __future__ import annotations

import numpy as np
from scipy import special, stats

from staffing.forecast.intervals import LOW_COUNT
from staffing.forecast.outlook import Outlook

SCORES = np.linspace(-3.25, 3.25, 53)
LAST_CHANCE = 1e-7


def cases_at(outlook: Outlook, scores: np.ndarray) -> np.ndarray:
    """Return ``cases[path, interval]``, the quantile of each interval at the level of its normal score.

    Means of 5 and more take the quantiles of the spread, for scores between -3.25 and 3.25, rounded to whole cases;
    lower ones their negative binomial itself with the ranks that low counts took, as rare cases lie between levels.

    Parameters
    ----------
    scores
        ``scores[path, interval]``, standard normal.
    """
    cases = np.zeros(scores.shape, dtype=np.int64)
    high = outlook.mean >= LOW_COUNT
    low = (outlook.mean > 0) & ~high
    if high.any():
        cases[:, high] = _between(outlook, high, scores[:, high])
    if low.any():
        levels = outlook.spread.low_ranks(special.ndtr(scores[:, low]))
        cases[:, low] = _counts(outlook.mean[low], outlook.variance[low], levels)
    return cases


def _between(outlook: Outlook, chosen: np.ndarray, scores: np.ndarray) -> np.ndarray:
    levels = tuple(stats.norm.cdf(SCORES))
    table = outlook.spread.quantiles(outlook.mean[chosen], levels)
    step = SCORES[1] - SCORES[0]
    place = (np.clip(scores, SCORES[0], SCORES[-1]) - SCORES[0]) / step
    below = np.minimum(place.astype(int), len(SCORES) - 2)
    column = np.arange(len(table))
    lower, upper = table[column, below], table[column, below + 1]
    return np.asarray(np.rint(lower + (place - below) * (upper - lower)))


def _counts(mean: np.ndarray, variance: np.ndarray, levels: np.ndarray) -> np.ndarray:
    """Look the level up among the cumulated chances of 0, 1, 2, … cases."""
    excess = np.maximum(variance - mean, 1e-9 * mean)[:, None]
    size = mean[:, None] ** 2 / excess
    chance = size / (size + mean[:, None])
    most = int(stats.nbinom.isf(LAST_CHANCE, size, chance).max())
    cumulated = np.cumsum(stats.nbinom.pmf(np.arange(most + 1), size, chance), axis=1)
    found = [np.searchsorted(row, level) for row, level in zip(cumulated, levels.T, strict=True)]
    return np.asarray(np.minimum(np.column_stack(found), most))
