"""What the solver says of a roster: the best allocation in whole minutes, and the objective with it."""

from __future__ import annotations

from staffing.domain.problem import Problem
from staffing.domain.result import Allocation
from staffing.domain.roster import Roster
from staffing.rules.book import RuleBook
from staffing.solvers.allocation import allocation
from staffing.solvers.groups import teams_and_groups
from staffing.solvers.instance import prepare
from staffing.solvers.master.service import service_model
from staffing.solvers.plan import plan_of
from staffing.solvers.tours.space import TourSpace


def priced(problem: Problem, book: RuleBook, roster: Roster) -> tuple[Allocation, int] | None:
    """Return allocation and objective, None if the roster breaks a must."""
    instance = prepare(problem, book)
    teams, groups = teams_and_groups(instance)
    spaces = [TourSpace(problem, group.members[0]) for group in groups]
    plan = plan_of(roster, groups, spaces)
    if plan is None:
        return None
    return allocation(service_model(instance, teams), teams, groups, plan)
