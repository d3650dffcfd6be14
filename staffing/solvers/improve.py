"""Improvement on the full objective: free a few people, price and choose their tours anew, keep what is better."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from random import Random

from staffing.solvers.budget import Budget
from staffing.solvers.compact import Compact
from staffing.solvers.incumbent import Incumbent
from staffing.solvers.master.neighbourhood import explore
from staffing.solvers.master.pricing import Pricer
from staffing.solvers.master.restricted import RestrictedMaster
from staffing.solvers.picks import Pick, Picks, SoreSpots
from staffing.solvers.plan import Best

FEWEST, FIRST_COMPACT, FIRST, MOST = 2, 4.0, 8.0, 24
STEP_SECONDS, LONGEST_STEP_SECONDS = 4.0, 20.0
"""Wall clock of one choice; one that needs longer was too large, or the machine is too busy for the smallest."""
NODES_OF_A_DETERMINISTIC_STEP = 20
SECONDS_OF_A_DETERMINISTIC_STEP = 1.0
"""Budget that one step of fixed work stands for in deterministic mode."""
LAST_SECONDS = 1.0


Way = Callable[..., Best | None]
"""Explores a neighbourhood: ``(best, free, rng, seconds=, nodes=)``."""


def improve(
    master: RestrictedMaster,
    twin: Callable[[], RestrictedMaster],
    compact: Compact,
    price: Pricer,
    picks: Picks,
    incumbent: Incumbent,
    budget: Budget,
) -> None:
    """Improve the incumbent until the budget is spent or the bound is reached.

    Parameters
    ----------
    twin
        Makes a further master, for another thread.
    """

    def search(number: int, steps: int | None) -> None:
        if not incumbent.is_optimal:
            own = master if number == 0 else twin()
            _Searcher(own, compact, price, picks, incumbent, budget.seed + number).run(steps)

    if budget.deterministic:
        search(0, math.ceil(budget.seconds / SECONDS_OF_A_DETERMINISTIC_STEP))
        return
    with ThreadPoolExecutor(budget.workers) as pool:
        for done in [pool.submit(search, number, None) for number in range(budget.workers)]:
            done.result()


class _Searcher:
    """One thread of the search: its own master, its own random numbers, its own sense of how many people to free."""

    def __init__(
        self,
        master: RestrictedMaster,
        compact: Compact,
        price: Pricer,
        picks: Picks,
        incumbent: Incumbent,
        seed: int,
    ) -> None:
        self._master, self._picks, self._incumbent = master, picks, incumbent
        self._random = Random(seed)
        self._ways = (
            _Adaptive(partial(explore, master, price), FIRST),
            _Adaptive(compact.by_highs, FIRST_COMPACT),
            _Adaptive(compact.by_cp_sat, FIRST_COMPACT),
        )
        self._worth_of_ways = [1.0, 1.0, 1.0]
        self._worth_of_picks = [1.0, 2.0, 2.0, 1.0]
        self._sore: SoreSpots = ()
        self._looked_at: Best | None = None

    def run(self, steps: int | None) -> None:
        """Search until time is up, the bound is reached, or the steps are done."""
        done = 0
        while (steps is None or done < steps) and not self._finished(steps):
            done += 1
            way = self._drawn(self._worth_of_ways)
            pick = self._drawn(self._worth_of_picks)
            gained = self._step(
                self._ways[way], self._picks.all[pick], deterministic=steps is not None
            )
            for worth, which in ((self._worth_of_ways, way), (self._worth_of_picks, pick)):
                worth[which] = 0.8 * worth[which] + 0.2 * (3.0 if gained else 0.3)

    def _drawn(self, worth: list[float]) -> int:
        return self._random.choices(range(len(worth)), worth)[0]

    def _finished(self, steps: int | None) -> bool:
        if self._incumbent.stopped or self._incumbent.is_optimal:
            return True
        return steps is None and self._incumbent.watch.left <= LAST_SECONDS

    def _step(self, way: _Adaptive, pick: Pick, *, deterministic: bool) -> bool:
        best = self._incumbent.best
        if best is None:
            return False
        watch = self._incumbent.watch
        free = pick(self._random, round(way.size), best, self._spots(best))
        before = watch.spent
        found = way.explore(
            best,
            free,
            self._random,
            seconds=None if deterministic else min(way.seconds, watch.left),
            nodes=NODES_OF_A_DETERMINISTIC_STEP if deterministic else None,
        )
        if not deterministic:
            way.resize(watch.spent - before)
        return found is not None and self._keep(best, found)

    def _spots(self, best: Best) -> SoreSpots:
        """Return where the best plan is short, looked up once a plan."""
        if best is not self._looked_at:
            self._master.hold(self._master.times(best.plan))
            if self._master.relax() is not None:
                self._sore = self._master.sore_spots()
            self._looked_at = best
        return self._sore

    def _keep(self, base: Best, found: Best) -> bool:
        """Take an improvement; where another thread was faster, put both together and see."""
        with self._incumbent.lock:
            now = self._incumbent.best
            if now is base or now is None:
                return self._incumbent.offer(found, "improve")
        both = Counter(now.plan)
        both.update(found.plan)
        both.subtract(base.plan)
        better = found
        if min(both.values()) >= 0:
            plan = +both
            self._master.hold(self._master.times(plan))
            prices = self._master.relax()
            if prices is not None:
                better = min(Best(plan, prices.objective), found, key=lambda best: best.objective)
        return self._incumbent.offer(better, "improve")


class _Adaptive:
    """A way to explore with its own sense of how many people to free, and for how long."""

    def __init__(self, explore: Way, size: float) -> None:
        self.explore, self.size, self.seconds = explore, size, STEP_SECONDS

    def resize(self, spent_seconds: float) -> None:
        """Free fewer people where a step ran out of time, more where it was over soon."""
        if spent_seconds > 0.8 * self.seconds:
            if self.size <= FEWEST:
                self.seconds = min(LONGEST_STEP_SECONDS, 1.5 * self.seconds)
            self.size = max(FEWEST, self.size - 1)
        elif spent_seconds < 0.4 * self.seconds:
            self.size = min(MOST, self.size + 0.34)
