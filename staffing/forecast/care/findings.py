"""One finding about a history, and what to do when there are too many of a kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

from staffing.forecast.weeks import interval_of

MOST_OF_A_KIND = 20


@dataclass(frozen=True)
class Finding:
    """A stretch of a history that is worth a look.

    Parameters
    ----------
    kind
        One of `staffing.forecast.care.history_care.KINDS`.
    start, end
        Half-open, UTC.
    actual, usual
        Cases, as the kind has them; NaN where unknown.
    sentence
        What to know and what to do.
    hours
        Hours of it within the stretch; None: all of them.
    """

    kind: str
    start: pd.Timestamp
    end: pd.Timestamp
    actual: float
    usual: float
    sentence: str
    hours: float | None = None

    @classmethod
    def over(
        cls,
        kind: str,
        index: pd.DatetimeIndex,
        stretch: tuple[int, int],
        cases: tuple[float, float],
        sentence: str,
    ) -> Finding:
        """Return a finding about the intervals from one to before another.

        Parameters
        ----------
        cases
            Actual and usual.
        sentence
            With ``{when}``, ``{actual}`` and ``{usual}`` to be filled in.
        """
        start, end = index[stretch[0]], index[stretch[1] - 1] + interval_of(index)
        hours = (end - start) / pd.Timedelta(hours=1)
        when = f"from {start:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M} UTC ({hours:g} h)"
        actual, usual = (f"{number:,.0f}" for number in cases)
        return cls(kind, start, end, *cases, sentence.format(when=when, actual=actual, usual=usual))

    @property
    def length_hours(self) -> float:
        """Hours of it."""
        spanned = (self.end - self.start) / pd.Timedelta(hours=1)
        return spanned if self.hours is None else self.hours

    @property
    def row(self) -> dict[str, Any]:
        """The row of the table."""
        return asdict(self) | {"hours": self.length_hours}


def stretches(is_found: np.ndarray) -> list[tuple[int, int]]:
    """Return first and one-past-last position of each run of truth."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], is_found, [False]]).astype(int)))
    return [(int(begin), int(end)) for begin, end in edges.reshape(-1, 2)]


def weight_hours(hours: float, actual: float, usual: float) -> float:
    """Return how many usual hours' worth of cases were lost, gained or moved; all of them where a number is unknown."""
    greatest = max(actual, usual)
    return hours * abs(actual - usual) / greatest if greatest > 0 else hours


def merged(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings of one kind in order of time: at most twenty, the lesser ones as one at the end."""
    found = list(findings)
    if len(found) <= MOST_OF_A_KIND:
        return found
    by_size = sorted(found, key=lambda one: -weight_hours(one.length_hours, one.actual, one.usual))
    kept, rest = by_size[:MOST_OF_A_KIND], by_size[MOST_OF_A_KIND:]
    hours = sum(one.length_hours for one in rest)
    first, last = min(one.start for one in rest), max(one.end for one in rest)
    others = Finding(
        kind=found[0].kind,
        start=first,
        end=last,
        actual=float(sum(one.actual for one in rest)),
        usual=float(sum(one.usual for one in rest)),
        sentence=f"{len(rest):,} lesser stretches of the kind '{found[0].kind}' between {first:%Y-%m-%d} and "
        f"{last:%Y-%m-%d}, {hours:,.0f} h in all.",
        hours=hours,
    )
    return [*sorted(kept, key=lambda one: one.start), others]
