"""How good a forecast was, in one number each: arrays of any shape, intervals that are not known (NaN) left out.

``actual`` and ``mean`` are cases per interval and have one shape; a number that is not defined (no case, no known
interval) is NaN.
"""

from __future__ import annotations

import numpy as np

DECILES = tuple(n / 10 for n in range(1, 10))


def wape(actual: np.ndarray, mean: np.ndarray) -> float:
    """Return the weighted absolute percentage error, ``Σ|actual − mean| / Σ actual``: 0 is perfect.

    The MAD/mean ratio of Kolassa and Schütz, "Advantages of the MAD/Mean ratio over the MAPE", Foresight 6 (2007):
    defined for hours without cases, and each hour weighs as much as its cases.
    """
    error, actual = _errors(actual, mean)
    return _ratio(np.abs(error).sum(), actual.sum())


def bias(actual: np.ndarray, mean: np.ndarray) -> float:
    """Return the sum of forecasts over that of actual volumes, less 1: +.03 is three cases too many in a hundred."""
    error, actual = _errors(actual, mean)
    return _ratio(error.sum(), actual.sum())


def mase(actual: np.ndarray, mean: np.ndarray, naive_change: np.ndarray | float) -> float:
    """Return the mean absolute scaled error: below 1 is better than repeating the week before did within the history.

    Hyndman and Koehler, "Another look at measures of forecast accuracy", Int. J. Forecasting 22 (2006), with a season
    of one week.

    Parameters
    ----------
    naive_change
        `weekly_change` of the history that each forecast was made from; broadcast against ``actual``.
    """
    change = np.asarray(naive_change, dtype=float)
    scaled = np.abs(mean - actual) / np.where(change > 0, change, np.nan)
    known = scaled[~np.isnan(scaled)]
    return float(known.mean()) if known.size else np.nan


def weekly_change(volume: np.ndarray, slots_a_week: int) -> float:
    """Return the mean absolute difference of ``volume[interval]`` to the same interval of the week before."""
    change = np.abs(volume[slots_a_week:] - volume[:-slots_a_week])
    known = change[~np.isnan(change)]
    return float(known.mean()) if known.size else np.nan


def mwql(actual: np.ndarray, quantiles: np.ndarray) -> float:
    """Return the mean weighted quantile loss, ``2/9 Σ pinball over the deciles / Σ actual``: 0 is perfect.

    The pinball loss of quantile q at level τ is ``max(τ (y − q), (τ − 1)(y − q))`` (Koenker and Bassett, "Regression
    quantiles", Econometrica 46, 1978); twice its mean over all levels is the continuous ranked probability score, to
    which nine deciles come near. With all quantiles at the mean it is the `wape`.

    Parameters
    ----------
    quantiles
        ``quantiles[..., level]`` at the levels of `DECILES`.
    """
    error = actual[..., None] - quantiles
    level = np.array(DECILES)
    loss = np.maximum(level * error, (level - 1) * error).sum(axis=-1)
    known = ~np.isnan(loss)
    return _ratio(2 / len(DECILES) * loss[known].sum(), actual[known].sum())


def coverage(actual: np.ndarray, low: np.ndarray, high: np.ndarray) -> float:
    """Return the share of intervals from ``low`` to ``high``, both included; to be held against the nominal share.

    Counts make it exceed the nominal share where there are few: 0 to 2 cases may hold more than 80 % of the hours.
    """
    known = ~(np.isnan(actual) | np.isnan(low) | np.isnan(high))
    within = (actual >= low) & (actual <= high)
    return float(within[known].mean()) if known.any() else np.nan


def coverage_80(actual: np.ndarray, quantiles: np.ndarray) -> float:
    """Return the share of intervals between the first and the last decile of ``quantiles[..., decile]``."""
    return coverage(actual, quantiles[..., 0], quantiles[..., -1])


def _errors(actual: np.ndarray, mean: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return forecast minus actual, and actual, where both are known."""
    error = mean - actual
    known = ~np.isnan(error)
    return error[known], actual[known]


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole > 0 else np.nan
