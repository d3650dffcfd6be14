"""A drawn problem with a plan that leaves something to gain, as a task sees it."""

from __future__ import annotations

from collections import Counter
from functools import cache
from random import Random

import numpy as np

from staffing.rules.book import RuleBook
from staffing.solvers.instance import prepare
from staffing.solvers.parts import Parts, parts_of
from staffing.solvers.plan import Best
from staffing.solvers.tasks.case import Case
from staffing.solvers.tasks.neighbourhood import Neighbourhood
from tests.solvers.drawn import draw_problem

PROBLEM = draw_problem(Random(10), people=8, days=6)
"""Seven people over five days."""
BOOK = RuleBook.default()


@cache
def case() -> Case:
    return Case.of(PROBLEM, BOOK)


@cache
def parts() -> Parts:
    return parts_of(prepare(PROBLEM, BOOK))


@cache
def nobody_needed() -> Best:
    own = parts()
    plan = {
        (k, own.spaces[k].cheapest(np.zeros(len(group.open)))[0]): len(group.members)
        for k, group in enumerate(own.groups)
    }
    return own.master().settle(plan)


def task(way: str, seed: int, people: int = 3) -> Neighbourhood:
    """Return a task that may change so many people, from what they would work if nobody were needed."""
    everybody = [k for k, group in enumerate(parts().groups) for _ in group.members]
    return Neighbourhood(
        case=case(),
        way=way,
        best=nobody_needed(),
        free=Counter(Random(seed).sample(everybody, people)),
        known=(),
        seed=seed,
        seconds=None,
        nodes=20,
    )
