"""A part of the team as a problem of its own: tours for some people, all others as constants.

Its program is small, however many people there are, and its relaxation is nearly whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from staffing.solvers.master.duals import Duals, Floats
from staffing.solvers.master.generate import Generation, unheard
from staffing.solvers.master.pricing import Pricer
from staffing.solvers.master.restricted import RestrictedMaster
from staffing.solvers.parts import Parts
from staffing.solvers.picks import Free
from staffing.solvers.plan import Plan, Slot


@dataclass(frozen=True)
class Part:
    """Some members of some groups.

    Parameters
    ----------
    standing
        What all others work.
    free
        How many members of each group are free.
    """

    parts: Parts
    standing: Mapping[Slot, int]
    free: Free

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """Number of each group of the part, in the whole."""
        return tuple(sorted(group for group, members in self.free.items() if members))

    @cached_property
    def fixed(self) -> int:
        """What the tours of all others cost."""
        return sum(tour.cost * often for (_, tour), often in self.standing.items())

    @cached_property
    def master(self) -> RestrictedMaster:
        """The program of the part, without columns at first."""
        every = self.parts.groups
        groups = tuple(
            replace(every[g], members=every[g].members[: self.free[g]]) for g in self.numbers
        )
        return self.parts.master(groups, self.parts.counts(self.standing))

    def add(self, columns: Iterable[Slot]) -> None:
        """Add tours of groups by their numbers in the whole."""
        own = {number: k for k, number in enumerate(self.numbers)}
        for group, tour in columns:
            if group in own:
                self.master.add(own[group], tour)

    def generation(self, workers: int = 1) -> Generation:
        """Return a generation of tours for the part; its bound says nothing of the whole."""
        price = Pricer([self.parts.spaces[group] for group in self.numbers], workers)
        return Generation(self.master, price, unheard, self.parts.labels)

    def plan(self, times: Floats) -> Plan:
        """Return the plan of the part in which columns are used so often."""
        found = self.master.plan(times)
        return {(self.numbers[group], tour): often for (group, tour), often in found.items()}

    def best_columns(self, prices: Duals, most: int) -> list[Slot]:
        """Return the columns that these prices speak for, at most so many a group, as `add` takes them."""
        columns = self.master.best_columns(prices, most)
        return [(self.numbers[group], tour) for group, tour in columns]
