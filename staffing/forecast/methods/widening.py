"""Intervals that widen with the weeks ahead, as the level wanders."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import optimize

from staffing.forecast.intervals import LOW_COUNT, Spread

PRIOR_ORIGINS = 2.0
"""Past forecasts that count as much as what is believed of the level."""
QUANTILES_KEPT = 401


@dataclass(frozen=True)
class Widening:
    """Variance ``dispersion * mean + (level_variance + wander * weeks) * mean**2``: a level that walks at random.

    Parameters
    ----------
    dispersion
        Variance of a count over its mean.
    level_variance
        Of the level in the first week, as a fraction of the mean, squared; 10 % before any evidence.
    wander
        What each further week adds; before any evidence 15 % a year.
    standard_errors
        Quantiles of past errors over their standard deviation; empty: the normal shape.
    """

    dispersion: float = 1.0
    level_variance: float = 0.1**2
    wander: float = 0.15**2 / 52
    standard_errors: tuple[float, ...] = ()

    def after(self, weeks: float) -> Spread:
        """Return the spread so many weeks after the history."""
        relative = float(np.sqrt(self.level_variance + self.wander * weeks))
        return Spread(self.dispersion, relative, self.standard_errors)

    def quantiles(
        self, mean: np.ndarray, weeks: np.ndarray, levels: tuple[float, ...]
    ) -> np.ndarray:
        """Return ``quantiles[interval, level]`` around means that lie ``weeks[interval]`` ahead."""
        found = np.zeros((len(mean), len(levels)))
        for week in np.unique(weeks):
            rows = weeks == week
            found[rows] = self.after(max(0, week)).quantiles(mean[rows], levels)
        return found


def learn_widening(
    error: np.ndarray, mean: np.ndarray, weeks: np.ndarray, origins: int
) -> Widening:
    """Learn the three terms from the errors of past forecasts, by non-negative least squares.

    Level and wandering are drawn towards those of no evidence: few origins are few draws of the level, however many
    intervals they have.

    Parameters
    ----------
    error, mean, weeks
        ``error[row]`` actual minus forecast (NaN: unknown), ``mean[row]`` forecast, ``weeks[row]`` ahead.
    origins
        Forecasts that the rows come from; 0: the rows are those that were learnt from.
    """
    known = ~np.isnan(error) & (mean > 0)
    believed = Widening()
    if not known.any():
        return believed
    error, mean, weeks = error[known], mean[known], weeks[known]
    weight = 1 / (1 + mean / mean.mean())
    terms = np.column_stack([np.ones(len(mean)), mean, mean * weeks])
    (dispersion, level, wander), _ = optimize.nnls(
        terms * weight[:, None], error**2 / mean * weight
    )
    trust = origins / (origins + PRIOR_ORIGINS)
    found = Widening(
        max(1.0, float(dispersion)),
        float(trust * level + (1 - trust) * believed.level_variance),
        float(trust * wander + (1 - trust) * believed.wander),
    )
    high = mean >= LOW_COUNT
    if high.sum() < QUANTILES_KEPT:
        return found
    level_variance = found.level_variance + found.wander * weeks[high]
    sd = np.sqrt(found.dispersion * mean[high] + level_variance * mean[high] ** 2)
    shape = np.quantile(error[high] / sd, np.linspace(0, 1, QUANTILES_KEPT))
    return replace(found, standard_errors=tuple(shape.tolist()))
