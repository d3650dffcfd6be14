"""How far actual volumes fall from a forecast: quantiles from out-of-sample errors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import optimize, stats

LOW_COUNT = 5.0
ERRORS_TO_TRUST = 200


@dataclass(frozen=True)
class Spread:
    """Variance ``dispersion * mean + (relative * mean)**2`` around a mean, with the shape of past errors.

    Parameters
    ----------
    dispersion
        Variance of a count over its mean (1: Poisson).
    relative
        Standard deviation of the level itself, as a fraction of the mean.
    standard_errors
        Sorted past errors over their standard deviation, from means of at least 5; empty: the normal shape.
    """

    dispersion: float = 1.0
    relative: float = 0.0
    standard_errors: tuple[float, ...] = ()

    @classmethod
    def of_errors(cls, error: np.ndarray, mean: np.ndarray) -> Spread:
        """Learn from past errors (actual minus mean, NaN: unknown) and the means that had been forecast.

        ``error**2 / mean = dispersion + relative**2 * mean`` by non-negative least squares.
        """
        known = ~np.isnan(error) & (mean > 0)
        if not known.any():
            return cls()
        mean, error = mean[known], error[known]
        weight = 1 / (1 + mean / mean.mean())
        terms = np.column_stack([np.ones(len(mean)), mean])
        fitted, _ = optimize.nnls(terms * weight[:, None], error**2 / mean * weight)
        dispersion, relative = max(1.0, fitted[0]), float(np.sqrt(fitted[1]))
        high = mean >= LOW_COUNT
        sd = np.sqrt(dispersion * mean[high] + (relative * mean[high]) ** 2)
        return cls(dispersion, relative, tuple(np.sort(error[high] / sd)))

    def quantiles(self, mean: np.ndarray, levels: tuple[float, ...]) -> np.ndarray:
        """Return ``quantiles[interval, level]`` around each mean, never negative and rising with the level."""
        variance = self.dispersion * mean + (self.relative * mean) ** 2
        low = mean < LOW_COUNT
        found = np.zeros((len(mean), len(levels)))
        found[~low] = mean[~low, None] + np.sqrt(variance[~low, None]) * self._shape(levels)
        found[low] = _negative_binomial(mean[low], variance[low], levels)
        return np.maximum.accumulate(np.maximum(found, 0.0), axis=1)

    def _shape(self, levels: tuple[float, ...]) -> np.ndarray:
        """Return standardised quantiles: of past errors as far as there are enough of them, else of the normal."""
        normal = stats.norm.ppf(levels)
        trust = min(1.0, len(self.standard_errors) / ERRORS_TO_TRUST)
        if not trust:
            return np.asarray(normal)
        return np.asarray((1 - trust) * normal + trust * np.quantile(self.standard_errors, levels))


def _negative_binomial(
    mean: np.ndarray, variance: np.ndarray, levels: tuple[float, ...]
) -> np.ndarray:
    """Return quantiles of counts with that mean and variance (Poisson where they are equal), 0 for a mean of 0."""
    moments, back = np.unique(np.column_stack([mean, variance]), axis=0, return_inverse=True)
    mean, excess = moments[:, :1], moments[:, 1:] - moments[:, :1]
    overdispersed = excess > 1e-9
    size = np.divide(mean**2, excess, out=np.ones_like(mean), where=overdispersed)
    found = np.where(
        overdispersed,
        stats.nbinom.ppf(levels, size, size / (size + mean)),
        stats.poisson.ppf(levels, mean),
    )
    return np.where(mean > 0, found, 0.0)[back.ravel()]
