"""Every roster of a tiny problem, what the check says of it, and what CP-SAT says of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product

from ortools.sat.python import cp_model

from staffing.domain.objective import Level
from staffing.domain.problem import Problem
from staffing.domain.roster import Roster
from staffing.domain.shifts import Duty
from staffing.model.post import post
from staffing.model.terms import Literal, Penalty
from staffing.rules.book import RuleBook
from staffing.solvers.classes import Member
from staffing.solvers.named import Named, add_service

Verdict = int | None
"""What a roster costs; None: it may not be."""


def rosters(problem: Problem, *, structural: bool) -> list[Roster]:
    """Return every roster of a problem; ``structural`` leaves out those that break `one_duty_at_a_time`."""
    names = [agent.agent_id for agent in problem.agents]
    per_agent = []
    for agent in problem.agents:
        duties, carried = problem.duties_of_site[agent.site], problem.carry_in.of(agent.agent_id)
        held = _one_a_date(duties) if structural else _subsets(duties)
        per_agent.append([h for h in held if not (structural and _overlapping((*carried, *h)))])
    return [Roster(duties=dict(zip(names, held, strict=True))) for held in product(*per_agent)]


def _subsets(duties: Sequence[Duty]) -> Iterator[tuple[Duty, ...]]:
    for size in range(len(duties) + 1):
        yield from combinations(duties, size)


def _one_a_date(duties: Sequence[Duty]) -> Iterator[tuple[Duty, ...]]:
    dates = sorted({duty.date for duty in duties})
    for held in product(*([None, *(d for d in duties if d.date == date)] for date in dates)):
        yield tuple(duty for duty in held if duty)


def _overlapping(held: Sequence[Duty]) -> bool:
    return any(first.overlaps(later.start, later.end) for first, later in combinations(held, 2))


def by_check(book: RuleBook, problem: Problem, all_rosters: Sequence[Roster]) -> Iterator[Verdict]:
    """Yield what the check says of each roster: the sum of its costs, None where a must is broken."""
    for roster in all_rosters:
        new = [found for found in book.check(problem, roster) if not found.inherited]
        broken = any(found.level is Level.MUST for found in new)
        yield None if broken else sum(found.cost for found in new)


def by_solver(book: RuleBook, problem: Problem, all_rosters: Sequence[Roster]) -> Iterator[Verdict]:
    """Yield what CP-SAT says of each roster: the least penalties with its duties fixed, None if there are none.

    One model serves all: a roster is fixed by the domains of its literals. A duty that is not admitted has none.
    """
    posted = _Posted(book, problem)
    return map(posted.verdict, all_rosters)


class _Posted:
    """The forms of a book as rows, with every duty open."""

    def __init__(self, book: RuleBook, problem: Problem) -> None:
        self._model = cp_model.CpModel()
        self._solver = cp_model.CpSolver()
        self._solver.parameters.num_workers = 1
        self._solver.parameters.catch_sigint_signal = False
        self._solver.parameters.cp_model_presolve = False
        members, literals, charges = [], {}, list[Penalty]()
        for agent in problem.agents:
            choices = book.choices(problem, agent)
            forms = tuple(book.forms(problem, choices))
            own: list[Literal] = [1] * len(choices.carried)
            own += [self._model.new_bool_var("") for _ in choices.open]
            for form in forms:
                charges += post(self._model, form, choices, own)
            members.append(Member(agent, choices, forms))
            literals[agent.agent_id] = own
        self._named = Named(self._model, tuple(members), literals, charges)
        covers = book.team_forms(problem)
        if covers:
            charges += add_service(self._named, problem, (), covers, Roster(duties={}))[1]
        if charges:
            self._model.minimize(sum(amount * cost for amount, cost in charges))

    def verdict(self, roster: Roster) -> Verdict:
        """Fix one roster and solve."""
        for member in self._named.members:
            choices, held = member.choices, roster.of(member.agent.agent_id)
            if not set(held) <= set(choices.open):
                return None
            literals = self._named.literals[member.agent.agent_id][len(choices.carried) :]
            for duty, literal in zip(choices.open, literals, strict=True):
                domain = self._model.proto.variables[literal.index].domain
                domain.clear()
                domain.extend([int(duty in held)] * 2)
        status = self._solver.solve(self._model)
        assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
        return None if status == cp_model.INFEASIBLE else round(self._solver.objective_value)
