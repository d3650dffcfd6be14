"""Net 1: on tiny problems *every* roster is enumerated, and CP-SAT and the check agree on each."""

from __future__ import annotations

from functools import cache

import pytest

from staffing.domain.objective import Level
from staffing.domain.roster import Roster
from staffing.rules.base import Rule
from staffing.rules.book import RuleBook
from tests.conformance.instances import INSTANCES
from tests.conformance.verdicts import Verdict, by_check, by_solver, rosters

CASES = [
    pytest.param(number, level, id=f"{instance.rule.kind}-{instance.name}-{level}")
    for number, instance in enumerate(INSTANCES)
    for level in instance.rule.levels
]


def at(rule: Rule, level: Level) -> RuleBook:
    """Return a book of one rule at a level."""
    return RuleBook(rules=(rule.model_copy(update={"level": level}),))


@cache
def every_roster(number: int) -> list[Roster]:
    instance = INSTANCES[number]
    return rosters(instance.problem, structural=instance.rule.kind != "one_duty_at_a_time")


@cache
def checked(number: int, level: Level) -> list[Verdict]:
    instance = INSTANCES[number]
    return list(by_check(at(instance.rule, level), instance.problem, every_roster(number)))


@pytest.mark.parametrize(("number", "level"), CASES)
def test_solver_and_check_agree_on_every_roster(number, level):
    instance = INSTANCES[number]
    solved = by_solver(at(instance.rule, level), instance.problem, every_roster(number))
    assert list(solved) == checked(number, level)


@pytest.mark.parametrize(("number", "level"), CASES)
def test_an_instance_tells_rosters_apart(number, level):
    assert len(set(checked(number, level))) > 1


@pytest.mark.parametrize(("number", "level"), CASES)
def test_a_planted_error_is_caught(number, level):
    instance = INSTANCES[number]
    rule, problem = instance.mutant or instance.rule, instance.mutant_problem or instance.problem
    solved = by_solver(at(rule, level), problem, every_roster(number))
    assert any(one != other for one, other in zip(solved, checked(number, level), strict=True))
