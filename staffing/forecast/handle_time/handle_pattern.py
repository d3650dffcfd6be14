"""What the local hour and the weekday do to handle time, by evidence: few cases follow those of their parent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

PASSES = 2
HOURS_ALIKE = 6.0
"""Hours over which the likeness of two hours falls to 1 / e."""


@dataclass(frozen=True)
class Pattern:
    """Effects on the log of handle time.

    Parameters
    ----------
    hour, weekday
        ``hour[24]`` and ``weekday[7]``; the factor on the level is the exponential of their sum.
    """

    hour: np.ndarray
    weekday: np.ndarray

    @classmethod
    def flat(cls) -> Pattern:
        """Return what is believed before any case."""
        return cls(np.zeros(24), np.zeros(7))

    def factor(self, weekday: npt.ArrayLike, hour: npt.ArrayLike) -> np.ndarray:
        """Return the factor on the level for each pair of a local weekday (0: Monday) and an hour."""
        return np.asarray(np.exp(self.weekday[np.asarray(weekday)] + self.hour[np.asarray(hour)]))


def learn_pattern(count: np.ndarray, minutes: np.ndarray, cv: float, parent: Pattern) -> Pattern:
    """Return the pattern of cases, close to the parent's where they are few.

    Parameters
    ----------
    count, minutes
        ``count[weekday, hour]`` cases and their ``minutes[weekday, hour]``.
    cv
        Standard deviation of one handle time over its mean.
    """
    apart = np.abs(np.arange(24)[:, None] - np.arange(24))
    alike = np.exp(-np.minimum(apart, 24 - apart) / HOURS_ALIKE)
    hour, weekday = parent.hour, parent.weekday
    for _ in range(PASSES):
        awaited = count * np.exp(weekday)[:, None]
        hour = _effects(awaited.sum(0), minutes.sum(0), count.sum(0) / cv**2, parent.hour, alike)
        awaited = count * np.exp(hour)
        weekday = _effects(
            awaited.sum(1), minutes.sum(1), count.sum(1) / cv**2, parent.weekday, np.eye(7)
        )
    return Pattern(hour, weekday)


def _effects(
    awaited: np.ndarray,
    taken: np.ndarray,
    precision: np.ndarray,
    parent: np.ndarray,
    alike: np.ndarray,
) -> np.ndarray:
    """Return the effect of each group: the parent's, and what the cases say beside it as far as it is no chance.

    The variance between groups is what their scatter leaves over the sampling variance ``1 / precision`` (DerSimonian
    and Laird, Controlled Clinical Trials 7, 1986). With ``alike[group, group]`` as prior correlation, the effects are
    the best linear prediction from what was seen.
    """
    seen = (taken > 0) & (awaited > 0)
    free = seen.sum() - 1
    if free < 1:
        return parent
    apart, weight = np.log(taken[seen] / awaited[seen]) - parent[seen], precision[seen]
    apart -= np.average(apart, weights=weight)
    beyond_chance = weight @ apart**2 - free
    between = max(0.0, beyond_chance / (weight.sum() - weight @ weight / weight.sum()))
    prior = between * alike[:, seen]
    return np.asarray(parent + prior @ np.linalg.solve(prior[seen] + np.diag(1 / weight), apart))
