"""Those who work on a case: an executor, and the case that every task brings along."""

from __future__ import annotations

from dataclasses import dataclass

from staffing.domain.problem import Problem
from staffing.executors.base import Executor
from staffing.executors.pool import Pool
from staffing.executors.serial import Serial
from staffing.rules.book import RuleBook
from staffing.solvers.budget import Budget
from staffing.solvers.tasks.case import Case


@dataclass(frozen=True)
class Crew:
    """An executor at work on a case."""

    executor: Executor
    case: Case


def crew_for(
    problem: Problem, book: RuleBook, budget: Budget, executor: Executor | None
) -> Crew | None:
    """Return who is to work on a problem; None where the threads of this process are better.

    Threads share everything and wait for nobody, but which is faster is up to chance: in deterministic mode there are
    tasks even without workers, so that workers make no difference to the roster.
    """
    if isinstance(executor, Pool):
        return Crew(executor, Case.of(problem, book))
    if budget.deterministic:
        return Crew(Serial(), Case.of(problem, book))
    return None
