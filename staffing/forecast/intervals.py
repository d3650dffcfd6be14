"""How far actual volumes fall from a forecast: quantiles from out-of-sample errors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import optimize, stats

LOW_COUNT = 5.0
ERRORS_TO_TRUST = 200
TINY, STEPS = 1e-9, 100
RANKS = np.linspace(0.0, 1.0, 201)


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
    low_shares
        ``low_shares[rank]``: share of past low counts (means below 5) at or below that rank (`RANKS`) of the negative
        binomial; empty: the negative binomial as it is.
    """

    dispersion: float = 1.0
    relative: float = 0.0
    standard_errors: tuple[float, ...] = ()
    low_shares: tuple[float, ...] = ()

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
        low_shares = _shares_below(error[~high], mean[~high], dispersion, relative)
        return cls(dispersion, relative, tuple(np.sort(error[high] / sd)), low_shares)

    def quantiles(self, mean: np.ndarray, levels: tuple[float, ...]) -> np.ndarray:
        """Return ``quantiles[interval, level]`` around each mean, never negative and rising with the level."""
        variance = self.dispersion * mean + (self.relative * mean) ** 2
        low = mean < LOW_COUNT
        found = np.zeros((len(mean), len(levels)))
        found[~low] = mean[~low, None] + np.sqrt(variance[~low, None]) * self._shape(levels)
        found[low] = self._low_counts(mean[low], self.low_ranks(np.array(levels)))
        return np.maximum.accumulate(np.maximum(found, 0.0), axis=1)

    def _low_counts(self, mean: np.ndarray, ranks: np.ndarray) -> np.ndarray:
        """Return the counts at some ranks of the negative binomial, means alike to half a percent taken together."""
        rounded = np.exp(np.round(np.log(np.maximum(mean, TINY)) * STEPS) / STEPS)
        means, back = np.unique(rounded, return_inverse=True)
        excess = (self.dispersion - 1) * means + (self.relative * means) ** 2
        found = _negative_binomial(means[:, None], excess[:, None], ranks)[back]
        return np.where(mean[:, None] > TINY, found, 0.0)

    def low_ranks(self, levels: np.ndarray) -> np.ndarray:
        """Return the ranks of the negative binomial below which low counts fell as often as the levels say."""
        if not self.low_shares:
            return levels
        return np.asarray(np.interp(levels, self.low_shares, RANKS))

    def _shape(self, levels: tuple[float, ...]) -> np.ndarray:
        """Return standardised quantiles: of past errors as far as there are enough of them, else of the normal."""
        normal = stats.norm.ppf(levels)
        trust = min(1.0, len(self.standard_errors) / ERRORS_TO_TRUST)
        if not trust:
            return np.asarray(normal)
        return np.asarray((1 - trust) * normal + trust * np.quantile(self.standard_errors, levels))


def _negative_binomial(mean: np.ndarray, excess: np.ndarray, ranks: np.ndarray) -> np.ndarray:
    """Return quantiles of counts with that mean and so much more variance (Poisson where there is no excess)."""
    overdispersed = excess > 1e-9
    size = np.divide(mean**2, excess, out=np.ones_like(mean), where=overdispersed)
    return np.where(
        overdispersed,
        stats.nbinom.ppf(ranks, size, size / (size + mean)),
        stats.poisson.ppf(ranks, mean),
    )


def _shares_below(
    error: np.ndarray, mean: np.ndarray, dispersion: float, relative: float
) -> tuple[float, ...]:
    """Return the share of past counts below each rank, trusted as far as there are enough of them.

    A count takes all ranks from that of the count below to its own, evenly: the probability integral transform of
    Czado, Gneiting and Held (2009), without drawing.
    """
    trust = min(1.0, len(mean) / (10 * ERRORS_TO_TRUST))
    if len(mean) < ERRORS_TO_TRUST:
        return ()
    count = np.round(mean + error)
    excess = np.maximum((dispersion - 1) * mean + (relative * mean) ** 2, 1e-9 * mean)
    size = mean**2 / excess
    below, upto = (stats.nbinom.cdf(up, size, size / (size + mean)) for up in (count - 1, count))
    width = np.maximum(upto - below, 1e-12)
    shares = np.mean(np.clip((RANKS[:, None] - below) / width, 0.0, 1.0), axis=1)
    return tuple(trust * shares + (1 - trust) * RANKS)
