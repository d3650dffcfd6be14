"""A history in weeks that end where it ends, freed of holidays and launches: what EWMA and boosting learn from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from staffing.forecast.methods.poisson_ridge import Past
from staffing.forecast.weeks import Places

HALTED_FACTOR = 0.2


@dataclass(frozen=True)
class LikeWeeks:
    """Rows are weeks, the last one ends with the history; columns are steps from the start of such a week.

    Parameters
    ----------
    volume
        ``volume[week, step]``, outliers capped; NaN: unknown, or before the history.
    factor
        ``factor[week, step]``, what the calendar (holidays, launches) does to the volume.
    is_closed
        ``is_closed[step]``: no work in this hour of the week.
    dispersion
        Typical variance over mean of the counts.
    end
        Position of the last interval: local weeks since 1970 times slots a week, plus its slot.
    """

    volume: np.ndarray
    factor: np.ndarray
    is_closed: np.ndarray
    dispersion: float
    end: int

    @classmethod
    def of(cls, past: Past) -> LikeWeeks:
        """Fold a history."""
        where, cleaned = past.reading.where, past.cleaned
        position = positions(where)
        end, slots = int(position[-1]), where.slots
        back = end - position
        cell = back.max() // slots - back // slots, slots - 1 - back % slots
        shape = (int(cell[0].max()) + 1, slots)
        volume, factor = np.full(shape, np.nan), np.ones(shape)
        volume[cell], factor[cell] = cleaned.volume, past.reading.factor
        is_closed = cleaned.is_closed[(end + 1 + np.arange(slots)) % slots]
        return cls(volume, factor, is_closed, cleaned.dispersion, end)

    @property
    def weeks(self) -> int:
        """Number of weeks, the first of which may be partly before the history."""
        return len(self.volume)

    @property
    def usual(self) -> np.ndarray:
        """``usual[week, step]``: the volume without the calendar's part; NaN where it is unknown or all but halts."""
        return np.where(self.factor < HALTED_FACTOR, np.nan, self.volume / self.factor)

    def ahead(self, where: Places) -> tuple[np.ndarray, np.ndarray]:
        """Return for each interval after the history the week ahead (from 0) and the step it falls on."""
        after = np.maximum(positions(where) - self.end - 1, 0)
        return after // where.slots, after % where.slots


def positions(where: Places) -> np.ndarray:
    """Return the number of each interval's slot since 5 January 1970, local."""
    return np.asarray(where.week * where.slots + where.slot)
