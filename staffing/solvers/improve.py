"""Improvement on the full objective, in threads: free a few people, choose their tours anew, keep what is better."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from random import Random

from staffing.solvers.adaptive import Adaptive
from staffing.solvers.budget import Budget
from staffing.solvers.incumbent import Incumbent
from staffing.solvers.master.restricted import RestrictedMaster
from staffing.solvers.parts import Parts
from staffing.solvers.picks import Picks, SoreSpots
from staffing.solvers.plan import Best, Change
from staffing.solvers.tours.engine import EVERY_LABEL
from staffing.solvers.ways import names_of, ways_of

LAST_SECONDS = 1.0
"""What is left then is too little for a step."""


def improve(parts: Parts, master: RestrictedMaster, incumbent: Incumbent, budget: Budget) -> None:
    """Improve the incumbent until the time is up or the bound is reached.

    Parameters
    ----------
    master
        With the tours known so far; each further thread has one of its own.
    """

    def search(number: int) -> None:
        if not incumbent.is_optimal:
            own = master if number == 0 else _twin(parts, master)
            _Searcher(parts, own, incumbent, budget.seed + number).run()

    with ThreadPoolExecutor(budget.workers) as pool:
        for done in [pool.submit(search, number) for number in range(budget.workers)]:
            done.result()


def _twin(parts: Parts, master: RestrictedMaster) -> RestrictedMaster:
    """Return a master of its own for another thread, with the same columns."""
    twin = parts.master()
    twin.limit = master.limit
    for group, tour in tuple(master.columns):
        twin.add(group, tour)
    return twin


class _Searcher:
    """One thread of the search: its own master, its own random numbers, its own experience."""

    def __init__(
        self, parts: Parts, master: RestrictedMaster, incumbent: Incumbent, seed: int
    ) -> None:
        self._master, self._incumbent = master, incumbent
        self._random = Random(seed)
        self._ways = ways_of(parts, master)
        picks = Picks(parts.instance.problem, parts.teams, parts.groups)
        self._adaptive = Adaptive(picks.all, names_of(parts), by_rate=parts.labels < EVERY_LABEL)
        self._sore: SoreSpots = ()
        self._looked_at: Best | None = None

    def run(self) -> None:
        """Search until time is up or the bound is reached."""
        incumbent = self._incumbent
        while not (
            incumbent.stopped or incumbent.is_optimal or incumbent.watch.left <= LAST_SECONDS
        ):
            if incumbent.best is None:
                return
            self._step(incumbent.best)

    def _step(self, best: Best) -> None:
        watch, drawn = self._incumbent.watch, self._adaptive.draw(self._random)
        free = drawn.pick(self._random, drawn.size, best, self._spots(best))
        before = watch.spent
        found = self._ways[drawn.way](
            best, free, self._random, seconds=min(drawn.seconds, watch.left), nodes=None
        )
        spent = watch.spent - before
        gained = found is not None and self._keep(best, found)
        self._adaptive.learn(drawn, gained=gained, spent_seconds=spent)

    def _spots(self, best: Best) -> SoreSpots:
        """Return where the best plan is short, looked up once a plan."""
        if best is not self._looked_at:
            if self._master.settle(best.plan) is not None:
                self._sore = self._master.sore_spots()
            self._looked_at = best
        return self._sore

    def _keep(self, base: Best, found: Best) -> bool:
        """Take an improvement; where another thread was faster, put both together and see."""
        with self._incumbent.lock:
            now = self._incumbent.best
            if now is base or now is None:
                return self._incumbent.offer(found, "improve")
        plan = Change.between(base.plan, found.plan).applied(now.plan)
        both = None if plan is None else self._master.settle(plan)
        better = found if both is None else min(both, found, key=lambda best: best.objective)
        return self._incumbent.offer(better, "improve")
