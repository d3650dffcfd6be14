"""How the cases of a day fall into its slots, by weekday, of late."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from staffing.forecast.methods.local_days import LocalDays

HALF_LIFE_WEEKS = 13.0
CASES_TO_TRUST = 50.0


def day_shape(volume: np.ndarray, days: LocalDays, is_open: np.ndarray) -> np.ndarray:
    """Return ``share[weekday, slot]`` of the cases of a day of 24 hours; each row sums to 1, closed days to 0.

    A week weighs half as much thirteen weeks later. A weekday with few cases is drawn towards all of them together, by
    as much as fifty cases would weigh.

    Parameters
    ----------
    volume
        ``volume[interval]`` with outliers capped, NaN where unknown.
    is_open
        ``is_open[weekday, slot]``.
    """
    weekday = days.weekday[days.day]
    age_weeks = (len(days.dates) - 1 - days.day) / 7
    weight = np.where(np.isnan(volume), 0.0, 0.5 ** (age_weeks / HALF_LIFE_WEEKS))
    cell, cells = weekday * days.slots + days.slot, 7 * days.slots
    cases = np.bincount(cell, weight * np.nan_to_num(volume), cells).reshape(7, -1)
    known = np.bincount(cell, weight, cells).reshape(7, -1)
    overall = cases.sum() / max(known.sum(), 1e-9)
    usual = _shares(is_open * _mean(cases.sum(0), known.sum(0), overall))
    count = cases.sum(1, keepdims=True)
    level = _mean(count, known.sum(1, keepdims=True), 0.0)
    own = _shares(is_open * _mean(cases, known, level * days.slots * usual))
    return np.asarray((count * own + CASES_TO_TRUST * usual) / (count + CASES_TO_TRUST))


def _mean(cases: np.ndarray, known: np.ndarray, otherwise: npt.ArrayLike) -> np.ndarray:
    return np.asarray(np.where(known > 0, cases / np.where(known > 0, known, 1.0), otherwise))


def _shares(mean: np.ndarray) -> np.ndarray:
    total = mean.sum(axis=-1, keepdims=True)
    return np.asarray(np.divide(mean, total, out=np.zeros_like(mean), where=total > 0))
