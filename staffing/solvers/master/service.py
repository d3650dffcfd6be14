"""What the counts of each team come to: backlog flow and covers, with no word of who works."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from ortools.sat.python import cp_model

from staffing.domain.shifts import Duty
from staffing.model.cover_rows import cover_rows
from staffing.model.flow import Flow
from staffing.model.pools import supply
from staffing.model.terms import Linear, Penalty
from staffing.solvers.groups import Team
from staffing.solvers.instance import Instance
from staffing.solvers.master.linear import LinearService, without_counts
from staffing.solvers.mip import Mip


@dataclass(frozen=True)
class ServiceModel:
    """A model of service alone.

    Parameters
    ----------
    model
        Minimises what service and covers are charged for.
    counts
        ``counts[team][k]``: members of the team who hold its k-th duty.
    sore
        Each amount of which there should be nothing, with the teams that could help and the interval.
    """

    model: cp_model.CpModel
    counts: tuple[tuple[cp_model.IntVar, ...], ...]
    flow: Flow
    sore: tuple[tuple[cp_model.IntVar, frozenset[int], int], ...]

    @cached_property
    def linear(self) -> LinearService:
        """The model as a linear program: translated once, copied for each master."""
        program = Mip(self.model, range(len(self.model.proto.variables))).program.export_model()
        counts = [[count.index for count in own] for own in self.counts]
        sore = [(amount.index, teams, t) for amount, teams, t in self.sore]
        return without_counts(program, counts, sore, self.flow.interval)


def service_model(instance: Instance, teams: tuple[Team, ...]) -> ServiceModel:
    """Build the model; what is carried in is there as constants."""
    model = cp_model.CpModel()
    counts = tuple(
        tuple(
            model.new_int_var(0, len(team.members), f"{duty.template}_{duty.date}")
            for duty in team.duties
        )
        for team in teams
    )
    flow = Flow(model, instance.problem, instance.pools, _supply(instance, teams, counts))
    charges: list[Penalty] = list(flow.penalties)
    width = instance.problem.horizon.interval_minutes
    sore = _sore(instance, teams, flow)
    for number, cover in enumerate(instance.covers):
        rows = cover_rows(model, cover, width, _present(instance, number, teams, counts))
        charges += rows.penalties
        counted = frozenset(k for k, team in enumerate(teams) if number in team.covers)
        asked = [t for t, lower in enumerate(cover.lower) if lower]
        sore += [(short, counted, t) for short, t in zip(rows.short, asked, strict=True)]
    model.minimize(sum(cost * amount for amount, cost in charges))
    return ServiceModel(model, counts, flow, tuple(sore))


def _sore(
    instance: Instance, teams: tuple[Team, ...], flow: Flow
) -> list[tuple[cp_model.IntVar, frozenset[int], int]]:
    """Return overdue work and missing agents, with the teams that serve the queue."""
    amounts = {
        **{queue: dict(enumerate(by_t)) for queue, by_t in flow.late.items()},
        **flow.short,
    }
    able = {
        queue: frozenset(k for k, team in enumerate(teams) if team.pool in serving)
        for queue in amounts
        for serving in [{pool.pool for pool in instance.pools if queue in pool.queues}]
    }
    return [(amount, able[queue], t) for queue, own in amounts.items() for t, amount in own.items()]


def _supply(
    instance: Instance,
    teams: tuple[Team, ...],
    counts: tuple[tuple[cp_model.IntVar, ...], ...],
) -> dict[str, list[Linear]]:
    """Return the productive minutes of each pool by interval."""
    held: dict[str, list[tuple[Duty, Linear]]] = defaultdict(list)
    for team, count in zip(teams, counts, strict=True):
        if team.pool is not None:
            held[team.pool] += zip(team.duties, count, strict=True)
            held[team.pool] += [(duty, 1) for m in team.members for duty in m.choices.carried]
    return supply(instance.problem, instance.pools, held)


def _present(
    instance: Instance,
    cover: int,
    teams: tuple[Team, ...],
    counts: tuple[tuple[cp_model.IntVar, ...], ...],
) -> dict[int, list[Linear]]:
    """Return who is present through each interval; one head, even where duties carried in overlap."""
    horizon = instance.problem.horizon
    present: dict[int, list[Linear]] = defaultdict(list)
    for team, count in zip(teams, counts, strict=True):
        if cover not in team.covers:
            continue
        for duty, heads in zip(team.duties, count, strict=True):
            for t in duty.whole_intervals(horizon):
                present[t].append(heads)
        for member in team.members:
            carried = {t for duty in member.choices.carried for t in duty.whole_intervals(horizon)}
            for t in carried:
                present[t].append(1)
    return present
