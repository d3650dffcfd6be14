"""A problem made ready for solving: pools, members with their forms, classes, floors."""

from __future__ import annotations

from dataclasses import dataclass

from staffing.domain.objective import Level
from staffing.domain.problem import Problem
from staffing.model.forms import Cover
from staffing.model.pools import Pool, pools
from staffing.rules.book import RuleBook
from staffing.solvers.classes import AgentClass, Member, agent_classes


@dataclass(frozen=True)
class Instance:
    """What every step of the solve works on."""

    problem: Problem
    pools: tuple[Pool, ...]
    members: tuple[Member, ...]
    classes: tuple[AgentClass, ...]
    covers: tuple[Cover, ...]


def prepare(problem: Problem, book: RuleBook) -> Instance:
    """Ask the rule book for everything that the solvers need to know."""
    members = []
    for agent in problem.agents:
        choices = book.choices(problem, agent)
        members.append(Member(agent, choices, tuple(book.forms(problem, choices))))
    served = pools(problem)
    covers = tuple(form for form in book.team_forms(problem) if form.level is not Level.MUST)
    return Instance(
        problem, served, tuple(members), agent_classes(problem, served, tuple(members)), covers
    )
