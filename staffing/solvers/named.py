"""Named people in CP-SAT: who may hold what, every rule as rows, free people as variables, all others as they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from staffing.domain.problem import Problem
from staffing.domain.roster import Roster
from staffing.domain.shifts import Duty
from staffing.model.cover_rows import cover_rows
from staffing.model.flow import Flow
from staffing.model.forms import Cover
from staffing.model.pools import Pool, supply
from staffing.model.post import post
from staffing.model.terms import Linear, Literal, Penalty
from staffing.requirement.pay import duty_pay
from staffing.solvers.classes import Member


@dataclass(frozen=True)
class Named:
    """A CP-SAT model of named people.

    Parameters
    ----------
    literals
        By agent who is free: one literal per position of his choices (1 for carried duties).
    charges
        (amount, unit cost) of their rules and of their pay.
    """

    model: cp_model.CpModel
    members: tuple[Member, ...]
    literals: dict[str, list[Literal]]
    charges: list[Penalty]

    def open_literals(self, member: Member) -> list[cp_model.IntVar]:
        """Return the literals of the duties that a free member may hold, in the order of his choices."""
        own = self.literals[member.agent.agent_id][len(member.choices.carried) :]
        return [literal for literal in own if isinstance(literal, cp_model.IntVar)]

    def roster(self, values: Sequence[float], kept: Roster) -> Roster:
        """Return the roster of a solution; ``kept`` gives the duties of people who are not free."""
        duties = dict(kept.duties)
        for member in self.members:
            literals = zip(member.choices.open, self.open_literals(member), strict=True)
            duties[member.agent.agent_id] = tuple(
                duty for duty, literal in literals if values[literal.index] > 0.5
            )
        return Roster(duties=duties)


def named_model(problem: Problem, free: tuple[Member, ...]) -> Named:
    """Build a model with the personal rules of the free members; it has no objective yet."""
    model = cp_model.CpModel()
    literals: dict[str, list[Literal]] = {}
    charges: list[Penalty] = []
    for member in free:
        choices = member.choices
        own: list[Literal] = [1] * len(choices.carried)
        own += [model.new_bool_var(f"{d.template}_{d.date}") for d in choices.open]
        literals[member.agent.agent_id] = own
        for position in choices.pinned:
            model.add(own[position] == 1)
        for form in member.forms:
            charges += post(model, form, choices, own)
        charges += [
            (literal, duty_pay(problem, duty))
            for duty, literal in zip(choices.open, own[len(choices.carried) :], strict=True)
        ]
    return Named(model, free, literals, charges)


def add_service(
    named: Named,
    problem: Problem,
    pools: tuple[Pool, ...],
    covers: Collection[Cover],
    kept: Roster,
) -> tuple[Flow, list[Penalty]]:
    """Add backlog flow and floors, with the people who are not free as constants.

    Returns
    -------
    flow, charges
        The flow, and (amount, unit cost) of service and floors.
    """
    free = {member.agent.agent_id: member for member in named.members}
    held = {
        pool.pool: [
            holding
            for agent_id in pool.agents
            for holding in _holdings(named, free.get(agent_id), problem.carry_in, kept, agent_id)
        ]
        for pool in pools
    }
    flow = Flow(named.model, problem, pools, supply(problem, pools, held))
    charges = list(flow.penalties)
    for cover in covers:
        present = _present(named, problem, free, kept, cover)
        rows = cover_rows(named.model, cover, problem.horizon.interval_minutes, present)
        charges += rows.penalties
    return flow, charges


def _holdings(
    named: Named, member: Member | None, carry_in: Roster, kept: Roster, agent_id: str
) -> list[tuple[Duty, Literal]]:
    """Return (duty, literal) of a free agent, (duty, 1) of one who stands; carried duties included."""
    if member is None:
        return [(duty, 1) for duty in (*carry_in.of(agent_id), *kept.of(agent_id))]
    return list(zip(member.choices.duties, named.literals[agent_id], strict=True))


def _present(
    named: Named, problem: Problem, free: Mapping[str, Member], kept: Roster, cover: Cover
) -> dict[int, list[Linear]]:
    """Return who may be present through each interval, as literals and constants."""
    present: dict[int, list[Linear]] = defaultdict(list)
    for agent_id in cover.agents:
        certain: set[int] = set()  # one head, even where duties carried in overlap
        for duty, literal in _holdings(named, free.get(agent_id), problem.carry_in, kept, agent_id):
            intervals = duty.whole_intervals(problem.horizon)
            if isinstance(literal, int):
                certain.update(intervals)
            else:
                for t in intervals:
                    present[t].append(literal)
        for t in certain:
            present[t].append(1)
    return present
