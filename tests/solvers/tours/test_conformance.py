"""The tours that the program accepts are those that the checks accept, at the same cost: every rule, every level."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from staffing.domain.problem import Problem
from staffing.domain.roster import Roster
from staffing.requirement.pay import duty_pay
from staffing.rules.book import RuleBook
from staffing.solvers.instance import prepare
from staffing.solvers.tours.space import TourSpace
from tests.conformance.instances import INSTANCES
from tests.conformance.test_conformance import CASES, at, checked, every_roster
from tests.conformance.test_whole_book import priced, problems
from tests.conformance.verdicts import Verdict, by_check
from tests.rules.world import roster
from tests.solvers.tours.brute import mask


def is_personal(case: Any) -> bool:
    """Tell whether a rule says something of one person's tour."""
    instance = INSTANCES[case.values[0]]
    return not instance.rule.team_forms(instance.problem)


def by_program(space: TourSpace, problem: Problem, held: Roster) -> Verdict:
    """Return what the program says of the duties of a person, pay left out; None if it does not accept them.

    They are forced and all others forbidden, so that no other tour is left.
    """
    chosen = held.of(space.choices.agent.agent_id)
    if not set(chosen) <= set(space.choices.open):
        return None
    only = mask(space, tuple(space.choices.open.index(duty) for duty in chosen))
    found = space.cheapest(np.zeros(space.duties), most=2, allowed=only, forced=only)
    assert len(found) <= 1
    return found[0].cost - sum(duty_pay(problem, duty) for duty in chosen) if found else None


def verdicts(book: RuleBook, problem: Problem, rosters: list[Roster]) -> list[Verdict]:
    """Return what the programs of all people say of each roster."""
    spaces = [TourSpace(problem, member) for member in prepare(problem, book).members]
    found = []
    for held in rosters:
        costs = [by_program(space, problem, held) for space in spaces]
        found.append(None if None in costs else sum(cost or 0 for cost in costs))
    return found


@pytest.mark.parametrize(("number", "level"), [case for case in CASES if is_personal(case)])
def test_program_and_check_agree_on_every_roster(number, level):
    instance = INSTANCES[number]
    book = at(instance.rule, level)
    assert verdicts(book, instance.problem, every_roster(number)) == checked(number, level)


@pytest.mark.parametrize(
    "book", [RuleBook.default(), priced(RuleBook.default())], ids=["default", "priced"]
)
@settings(max_examples=20)
@given(drawn=problems())
def test_program_and_check_agree_on_a_whole_book(book, drawn):
    problem, held = drawn
    own = RuleBook(rules=tuple(rule for rule in book.rules if rule.kind != "min_staff"))
    rosters = [roster(problem, one) for one in held]
    assert verdicts(own, problem, rosters) == list(by_check(own, problem, rosters))


@pytest.mark.parametrize(("number", "level"), [case for case in CASES if is_personal(case)])
def test_a_planted_error_is_caught(number, level):
    instance = INSTANCES[number]
    rule, problem = instance.mutant or instance.rule, instance.mutant_problem or instance.problem
    assert verdicts(at(rule, level), problem, every_roster(number)) != checked(number, level)
