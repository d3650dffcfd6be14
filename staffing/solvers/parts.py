"""What every step of a solve shares, made of an instance once: teams, groups, service, tour spaces."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from staffing.domain.clock import DAY_MINUTES, WEEK_MINUTES
from staffing.solvers.groups import Group, Team, teams_and_groups
from staffing.solvers.heads import Heads, heads_of
from staffing.solvers.instance import Instance
from staffing.solvers.master.duals import Floats
from staffing.solvers.master.restricted import RestrictedMaster
from staffing.solvers.master.service import ServiceModel, service_model
from staffing.solvers.plan import Plan
from staffing.solvers.tours.engine import EVERY_LABEL
from staffing.solvers.tours.many import Spaces

FEW_MINUTES = 2 * WEEK_MINUTES
"""In longer horizons proving that a tour is the best takes up to a thousand times as long as finding it."""
FEW_LABELS = 12
MANY_ROWS = 400
"""From so many duties and people on, programs of many days are solved by the interior point, if no work waits."""


@dataclass(frozen=True)
class Parts:
    """An instance taken apart.

    Parameters
    ----------
    spaces
        One a group.
    """

    instance: Instance
    teams: tuple[Team, ...]
    groups: tuple[Group, ...]
    service: ServiceModel
    spaces: Spaces

    @property
    def labels(self) -> int:
        """Labels a day that a search of tours keeps where its best need not be proven: all, where days are few."""
        return EVERY_LABEL if self.instance.problem.horizon.minutes <= FEW_MINUTES else FEW_LABELS

    @property
    def work_waits(self) -> bool:
        """Whether work may wait for another interval."""
        return not all(queue.is_immediate for queue in self.instance.problem.queues)

    @property
    def waits_for_weeks(self) -> bool:
        """Whether work may wait and there is more than a week; in one a clock may be set back by an hour."""
        return self.work_waits and (
            self.instance.problem.horizon.minutes > WEEK_MINUTES + DAY_MINUTES
        )

    @cached_property
    def dates(self) -> tuple[dt.date, dt.date] | None:
        """First and last date of all duties; None without any."""
        dates = {duty.date for team in self.teams for duty in team.duties}
        return (min(dates), max(dates)) if dates else None

    @cached_property
    def heads(self) -> Heads | None:
        """Prices of heads, where these are all that couples people."""
        return heads_of(self.instance, self.teams, self.groups)

    def master(
        self, groups: tuple[Group, ...] | None = None, standing: Sequence[Floats] | None = None
    ) -> RestrictedMaster:
        """Return a new master without columns, for all groups or for some; parameters as of `RestrictedMaster`."""
        groups = self.groups if groups is None else groups
        rows = len(groups) + sum(len(team.duties) for team in self.teams)
        # Where work waits, the interior point takes twenty times as long as the simplex.
        interior = self.labels < EVERY_LABEL and rows >= MANY_ROWS and not self.work_waits
        return RestrictedMaster(
            self.service.linear, self.teams, groups, standing, interior=interior
        )

    def counts(self, plan: Plan) -> tuple[Floats, ...]:
        """Return how many people hold each duty of each team in a plan."""
        counts = tuple(np.zeros(len(team.duties)) for team in self.teams)
        for (number, tour), often in plan.items():
            group = self.groups[number]
            place = self.teams[group.team].place
            for position in tour.positions:
                counts[group.team][place[group.open[position]]] += often
        return counts


def parts_of(instance: Instance) -> Parts:
    """Take an instance apart; the order of people decides all numbers, so that two processes count alike."""
    teams, groups = teams_and_groups(instance)
    spaces = Spaces(instance.problem, [group.members[0] for group in groups])
    return Parts(instance, teams, groups, service_model(instance, teams), spaces)
