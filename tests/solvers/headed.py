"""Drawn problems in which heads are all that couples people."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from staffing.domain.objective import Level, Tier
from staffing.model.forms import Cover
from staffing.rules.book import RuleBook
from staffing.rules.skills import Skills
from staffing.solvers.instance import prepare
from staffing.solvers.parts import Parts, parts_of
from staffing.solvers.plan import Best
from staffing.solvers.recreate import Recreation
from tests.solvers.drawn import draw_book, draw_problem


def first_of(parts: Parts, seed: int) -> Best | None:
    """Return a plan of people who have answered each other once, None where somebody has no tour."""
    assert parts.heads is not None
    return Recreation(parts, parts.heads, Random(seed)).built()


def headed(seed: int) -> Parts:
    """Return a problem without queues, in which two covers ask for some people and not too many."""
    rng = Random(seed)
    problem = draw_problem(rng, people=5)
    names = [agent.agent_id for agent in problem.agents]
    intervals = range(problem.horizon.intervals)
    covers = tuple(
        Cover(
            rule="heads",
            level=Level.ELASTIC,
            tier=Tier.SERVICE,
            name=f"c{k}",
            agents=tuple(rng.sample(names, rng.randint(1, len(names)))),
            lower=tuple(rng.choice((0, 1, 2)) for _ in intervals),
            upper=tuple(rng.choice((None, 2, 2)) for _ in intervals),
            unit_cost=rng.choice((20, 100)),
            over_unit_cost=rng.choice((0, 1)),
        )
        for k in range(2)
    )
    # Nobody is fit for a duty where there is no queue to serve: that rule would leave nothing to choose.
    rules = tuple(rule for rule in draw_book(rng).rules if not isinstance(rule, Skills))
    instance = prepare(problem.changed(queues=()), RuleBook(rules=rules))
    return parts_of(replace(instance, covers=covers))
