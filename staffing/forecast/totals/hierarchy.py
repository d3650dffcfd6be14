"""Totals by region, by workstream and of everything: what they are made of, and their own histories."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import pandas as pd
from scipy import sparse

from staffing.forecast.calendar import Calendar, RegionCalendar, SeriesCalendar
from staffing.forecast.outlook import Key
from staffing.forecast.weeks import interval_of

ALL = "*"
KNOWN_FRACTION = 0.5

T = TypeVar("T")


@dataclass(frozen=True)
class Hierarchy:
    """The series (leaves) of an organisation and the totals above them.

    Parameters
    ----------
    leaves
        (region, workstream) of every series.
    totals
        (region, workstream) of every total with the positions of its leaves; ``*`` stands for all. A total of one leaf,
        or of the same leaves as another, is left out: with one region its total is that of everything.
    """

    leaves: tuple[Key, ...]
    totals: Mapping[Key, tuple[int, ...]]

    @classmethod
    def of(cls, leaves: Iterable[Key]) -> Hierarchy:
        """Find the totals of some series: of everything, then of each region, then of each workstream."""
        leaves = tuple(leaves)
        above: dict[Key, list[int]] = {(ALL, ALL): list(range(len(leaves)))}
        for place, (region, _) in enumerate(leaves):
            above.setdefault((region, ALL), []).append(place)
        for place, (_, workstream) in enumerate(leaves):
            above.setdefault((ALL, workstream), []).append(place)
        first_with = {tuple(places): key for key, places in reversed(above.items())}
        return cls(
            leaves=leaves,
            totals={
                key: tuple(places)
                for key, places in above.items()
                if len(places) > 1 and first_with[tuple(places)] == key
            },
        )

    def parent(self, leaf: Key) -> Key | None:
        """Return the total whose hours are most like those of a leaf: its region, else everything."""
        candidates = ((leaf[0], ALL), (ALL, ALL))
        return next((key for key in candidates if key in self.totals), None)

    def membership(self, totals: Iterable[Key]) -> sparse.csr_array:
        """Return ``membership[total, leaf]``, 1 where the leaf is part of the total."""
        places = [self.totals[key] for key in totals]
        rows = np.repeat(np.arange(len(places)), [len(members) for members in places])
        columns = np.concatenate(places) if places else np.array([], dtype=int)
        return sparse.csr_array(
            (np.ones(len(rows)), (rows, columns)), shape=(len(places), len(self.leaves))
        )

    def histories(self, volumes: Mapping[Key, pd.Series]) -> dict[Key, pd.Series]:
        """Return the volume of every total, known where that of all its leaves is.

        A total that is known for less than half of the time of its best known leaf is left out: it would say less than
        the leaves do.
        """
        found = {}
        for key, places in self.totals.items():
            members = [volumes[self.leaves[place]] for place in places]
            total = _sum(members)
            longest = max(int(member.notna().sum()) for member in members)
            if total.notna().sum() >= KNOWN_FRACTION * longest:
                found[key] = total.loc[total.first_valid_index() : total.last_valid_index()]
        return found

    def calendar(self, key: Key, calendar: Calendar) -> SeriesCalendar:
        """Return the calendar of a total: places and events of all its leaves, their local day where they share it."""
        members = [calendar.of_series(*self.leaves[place]) for place in self.totals[key]]
        regions = [member.region for member in members]
        zones = {region.time_zone for region in regions}
        return SeriesCalendar(
            region=RegionCalendar(
                region=key[0],
                time_zone=zones.pop() if len(zones) == 1 else "UTC",
                places=_each_once(place for region in regions for place in region.places),
                open_on=_each_once(name for region in regions for name in region.open_on),
            ),
            events=_each_once(event for member in members for event in member.events),
        )


def _each_once(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))


def _sum(members: list[pd.Series]) -> pd.Series:
    """Add series up from the first to the last of their intervals, one series at a time: there may be thousands."""
    width = interval_of(members[0].index)
    index = pd.date_range(
        min(member.index[0] for member in members),
        max(member.index[-1] for member in members),
        freq=width,
        unit="us",
    )
    total = np.zeros(len(index))
    for member in members:
        first = int((member.index[0] - index[0]) // width)
        volume = np.full(len(index), np.nan)
        volume[first : first + len(member)] = member.to_numpy()
        total += volume
    return pd.Series(total, index=index)
