"""Every roster of a tiny problem, priced by the audit alone: the solver's optimum is the cheapest of them."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

from staffing.audit.check import audit
from staffing.domain.problem import Problem
from staffing.domain.roster import Roster
from staffing.rules.book import RuleBook
from staffing.solvers import classes
from staffing.solvers.budget import Budget
from staffing.solvers.instance import prepare
from staffing.solvers.solve import solve
from tests.solvers.drawn import draw_book, draw_problem
from tests.solvers.optimum import optimum

MOST_ROSTERS = 150


def every_roster(problem: Problem) -> list[Roster]:
    """Return every roster with at most one duty a date and person."""
    per_agent = []
    for agent in problem.agents:
        duties = problem.duties_of_site[agent.site]
        by_date = [[None, *(d for d in duties if d.date == date)] for date in problem.horizon.dates]
        per_agent.append([tuple(d for d in held if d) for held in product(*by_date)])
    names = [agent.agent_id for agent in problem.agents]
    return [Roster(duties=dict(zip(names, held, strict=True))) for held in product(*per_agent)]


def cheapest(problem: Problem, book: RuleBook) -> int | None:
    """Return the least objective of a clean audit, None when no audit is clean."""
    audits = (audit(problem, book, roster) for roster in every_roster(problem))
    return min((found.bill.objective for found in audits if found.is_clean), default=None)


def tiny(seed: int) -> tuple[Problem, RuleBook] | None:
    """Return a drawn problem that has few rosters, None for a larger one."""
    rng = Random(seed)
    problem, book = draw_problem(rng, people=2, days=2), draw_book(rng)
    options = [
        len(problem.duties_of_site[agent.site]) // len(problem.horizon.dates) + 1
        for agent in problem.agents
    ]
    count = 1
    for option in options:
        count *= option ** len(problem.horizon.dates)
    return (problem, book) if 9 <= count <= MOST_ROSTERS else None


TINY = [seed for seed in range(60) if tiny(seed)][:12]


@pytest.mark.parametrize("seed", TINY)
def test_the_cheapest_roster_of_all_is_the_optimum(seed, monkeypatch):
    monkeypatch.setattr(classes, "MOST_CLASSES", seed % 2 * 64)
    problem, book = tiny(seed)
    least = cheapest(problem, book)
    best = optimum(prepare(problem, book))
    assert (None if best is None else best[0]) == least
    solution = solve(problem, book, Budget(seconds=1))
    assert solution.objective is None if least is None else solution.objective >= least
    if least is not None:
        assert solution.bound <= least
