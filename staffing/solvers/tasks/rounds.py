"""Improvement by a crew, in rounds: many neighbourhoods of one plan go out, and what they gain is put together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random

from staffing.solvers.adaptive import Adaptive, Draw
from staffing.solvers.budget import GREATEST_SEED, Budget
from staffing.solvers.improve import LAST_SECONDS
from staffing.solvers.incumbent import Incumbent
from staffing.solvers.master.restricted import RestrictedMaster
from staffing.solvers.parts import Parts
from staffing.solvers.picks import Picks
from staffing.solvers.plan import LEAST_GAIN, Best
from staffing.solvers.tasks.crew import Crew
from staffing.solvers.tasks.neighbourhood import Explored, Neighbourhood, explored
from staffing.solvers.tours.engine import EVERY_LABEL
from staffing.solvers.ways import TOURS, names_of

TASKS_OF_A_ROUND = 8
"""In deterministic mode: as many as eight workers keep busy, and the same however many there are."""
TASKS_A_WORKER = 2
"""In any other mode: enough that who is done early has something to do, few so that gains are soon put together."""
NODES = 20
SECONDS_OF_A_TASK = 1.0
"""Budget that one task of fixed work stands for in deterministic mode."""


def improve_in_rounds(
    parts: Parts, master: RestrictedMaster, crew: Crew, incumbent: Incumbent, budget: Budget
) -> None:
    """Improve the incumbent until the budget is spent or the bound is reached.

    In deterministic mode the roster does not depend on the executor: rounds are drawn here, each task answers to what
    it is given alone, and gains are put together in the order in which the tasks were drawn.

    Parameters
    ----------
    master
        With the tours known so far.
    """
    rounds = _Rounds(parts, master, crew, incumbent, budget)
    if budget.deterministic:
        tasks = math.ceil(budget.seconds / SECONDS_OF_A_TASK)
        for begun in range(0, tasks, TASKS_OF_A_ROUND):
            if not rounds.goes_on:
                break
            rounds.run(min(TASKS_OF_A_ROUND, tasks - begun))
        return
    while rounds.goes_on and incumbent.watch.left > LAST_SECONDS:
        rounds.run(TASKS_A_WORKER * crew.executor.workers)


class _Rounds:
    """What all rounds share."""

    def __init__(
        self,
        parts: Parts,
        master: RestrictedMaster,
        crew: Crew,
        incumbent: Incumbent,
        budget: Budget,
    ) -> None:
        self._master, self._crew, self._incumbent = master, crew, incumbent
        self._deterministic = budget.deterministic
        self._random = Random(budget.seed)
        picks = Picks(parts.instance.problem, parts.teams, parts.groups)
        self._adaptive = Adaptive(picks.all, names_of(parts), by_rate=parts.labels < EVERY_LABEL)

    @property
    def goes_on(self) -> bool:
        """Whether anything is left to improve."""
        incumbent = self._incumbent
        return incumbent.best is not None and not (incumbent.stopped or incumbent.is_optimal)

    def run(self, count: int) -> None:
        """Draw so many neighbourhoods of the best plan, have them explored, and keep what is better."""
        best = self._incumbent.best
        if best is None:
            return
        drawn = [self._adaptive.draw(self._random) for _ in range(count)]
        found = self._crew.executor.map(explored, self._tasks(best, drawn))
        for draw, one in zip(drawn, found, strict=True):
            spent = None if self._deterministic else one.seconds
            self._adaptive.learn(draw, gained=one.change is not None, spent_seconds=spent)
        self._incumbent.offer(self._together(best, found), "improve")

    def _tasks(self, best: Best, drawn: Sequence[Draw]) -> list[Neighbourhood]:
        spots = self._master.sore_spots() if self._master.settle(best.plan) is not None else ()
        # All of them should be over when the time is.
        share = self._incumbent.watch.left * min(1.0, self._crew.executor.workers / len(drawn))
        tasks = []
        for draw in drawn:
            free = draw.pick(self._random, draw.size, best, spots)
            known = (column for column in self._master.columns if column[0] in free)
            tasks.append(
                Neighbourhood(
                    case=self._crew.case,
                    way=draw.way,
                    best=best,
                    free=free,
                    known=tuple(known) if draw.way == TOURS else (),
                    seed=self._random.randrange(GREATEST_SEED),
                    seconds=None if self._deterministic else min(draw.seconds, share),
                    nodes=NODES if self._deterministic else None,
                )
            )
        return tasks

    def _together(self, best: Best, found: Sequence[Explored]) -> Best:
        """Make one change after the other, the one that gains most first, as long as the plan gets better.

        Neighbourhoods may share people, as a small team has too few for all: what is about somebody who has changed
        already is left.
        """
        for one in sorted(found, key=lambda one: -one.gain):
            plan = None if one.change is None else one.change.applied(best.plan)
            both = None if plan is None else self._master.settle(plan)
            if both is not None and both.objective < best.objective - LEAST_GAIN:
                best = both
        return best
