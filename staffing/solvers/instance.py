"""A problem made ready for solving: pools, members with their forms, classes, floors."""

from __future__ import annotations

from dataclasses import dataclass

from staffing.domain.objective import Level
from staffing.domain.problem import Problem
from staffing.domain.roster import Roster
from staffing.domain.shifts import Duty
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

    @property
    def pinned_roster(self) -> Roster:
        """The roster of nothing but pinned duties."""
        return self.roster(
            {
                (member.agent.agent_id, member.choices.duties[position])
                for member in self.members
                for position in member.choices.pinned
            }
        )

    def roster(self, held: set[tuple[str, Duty]]) -> Roster:
        """Return the roster of (agent_id, duty) pairs; every agent has an entry."""
        return Roster(
            duties={
                member.agent.agent_id: tuple(
                    duty for duty in member.choices.open if (member.agent.agent_id, duty) in held
                )
                for member in self.members
            }
        )


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
