"""Heads on a shift: as many as asked for, each one fewer and each one more at a price."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import ClassVar, Literal

from benchmarks.rostering.rules import InstanceRule
from staffing.domain.base import Frozen
from staffing.domain.objective import Level, Tier
from staffing.domain.problem import Problem
from staffing.domain.result import Violation
from staffing.domain.roster import Roster
from staffing.model.forms import Cover


class Cell(Frozen):
    """A shift on a date: the interval it fills, the heads asked for, and what one fewer and one more cost."""

    date: dt.date
    shift: str
    interval: int
    required: int
    under_weight: int
    over_weight: int = 0


class Heads(InstanceRule):
    """People on a shift against the heads asked for; amounts are minutes of one person.

    Parameters
    ----------
    cells
        Each interval once.
    agents
        Who counts.
    """

    kind: ClassVar[str] = "heads"
    says: ClassVar[str] = "heads on a shift"
    unit: ClassVar[str] = "minutes of one person"
    tier: ClassVar[Tier] = Tier.SERVICE
    levels: ClassVar[tuple[Level, ...]] = (Level.ELASTIC,)

    level: Literal[Level.ELASTIC] = Level.ELASTIC
    cells: tuple[Cell, ...]
    agents: tuple[str, ...]

    def team_forms(self, problem: Problem) -> Iterable[Cover]:
        """One cover for all cells of the same prices."""
        alike: dict[tuple[int, int], list[Cell]] = defaultdict(list)
        for cell in self.cells:
            alike[(cell.under_weight, cell.over_weight)].append(cell)
        price = problem.prices.of(self.tier)
        for (under, over), cells in alike.items():
            lower = [0] * problem.horizon.intervals
            upper: list[int | None] = [None] * problem.horizon.intervals
            for cell in cells:
                lower[cell.interval] = cell.required
                upper[cell.interval] = cell.required
            yield Cover(
                name=f"heads at {under} under, {over} over",
                agents=self.agents,
                lower=tuple(lower),
                upper=tuple(upper) if over else None,
                over_unit_cost=over * price,
                **{**self.form_fields(problem), "unit_cost": under * price},
            )

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        """Count the people on each shift."""
        heads = Counter(
            (duty.date, duty.template) for agent_id in self.agents for duty in roster.of(agent_id)
        )
        price = problem.prices.of(self.tier)
        for cell in self.cells:
            present = heads[(cell.date, cell.shift)]
            weight = cell.under_weight if present < cell.required else cell.over_weight
            if present != cell.required and weight:
                yield self.broken(
                    problem,
                    None,
                    (cell.date, cell.date),
                    (present, cell.required),
                    abs(present - cell.required) * problem.horizon.interval_minutes,
                    unit_cost=weight * price,
                )
