"""Improvement on the full objective: free a few people, solve exactly, keep what is better, again."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from staffing.domain.roster import Roster
from staffing.solvers.budget import Budget
from staffing.solvers.incumbent import Best, Incumbent
from staffing.solvers.instance import Instance
from staffing.solvers.whole import Whole

FEWEST, MOST = 3, 16
STEP_SECONDS, LONGEST_STEP_SECONDS = 5.0, 20.0
"""Wall clock of one neighbourhood; one that needs longer was too large, or the machine is too busy for the smallest."""
NODES_OF_A_DETERMINISTIC_STEP = 20
SECONDS_OF_A_DETERMINISTIC_STEP = 3.0
"""Budget that one step of fixed work stands for in deterministic mode."""
GOOD_ENOUGH = 1e-4

Pick = Callable[[random.Random, int], set[str]]


def improve(instance: Instance, whole: Whole, incumbent: Incumbent, budget: Budget) -> None:
    """Improve the incumbent until the budget is spent or the gap is closed."""
    if budget.deterministic:
        steps = int(budget.seconds / SECONDS_OF_A_DETERMINISTIC_STEP)
        _Searcher(instance, whole, incumbent, budget.seed).run(steps=steps)
        return
    with ThreadPoolExecutor(budget.workers) as pool:
        wholes = [whole, *(whole.twin() for _ in range(budget.workers - 1))]
        searchers = [
            _Searcher(instance, own, incumbent, budget.seed + number)
            for number, own in enumerate(wholes)
        ]
        for done in [pool.submit(searcher.run) for searcher in searchers]:
            done.result()


class _Searcher:
    """One thread of the search: its own model, its own random numbers, its own sense of how many people to free."""

    def __init__(self, instance: Instance, whole: Whole, incumbent: Incumbent, seed: int) -> None:
        self._instance, self._whole, self._incumbent = instance, whole, incumbent
        self._random = random.Random(seed)
        self._seed = seed
        self._size = 6.0
        self._step_seconds = STEP_SECONDS
        self._picks: list[Pick] = [
            self._some_classes,
            self._dear_people,
            self._who_could_help,
            self._anybody,
        ]
        self._worth = [1.0, 2.0, 2.0, 1.0]

    def run(self, steps: int | None = None) -> None:
        """Search until time is up, the gap is closed, or the steps are done."""
        done = 0
        while (steps is None or done < steps) and not self._finished(steps):
            done += 1
            which = self._random.choices(range(len(self._picks)), self._worth)[0]
            gained = self._step(self._picks[which], deterministic=steps is not None)
            self._worth[which] = 0.8 * self._worth[which] + 0.2 * (3.0 if gained else 0.3)

    def _finished(self, steps: int | None) -> bool:
        gap = self._incumbent.gap()
        if self._incumbent.stopped or (gap is not None and gap <= GOOD_ENOUGH):
            return True
        return steps is None and self._incumbent.watch.left <= 1.0

    def _step(self, pick: Pick, *, deterministic: bool) -> bool:
        best = self._incumbent.best
        if best is None:
            return False
        free = pick(self._random, round(self._size))
        seconds = None if deterministic else min(self._step_seconds, self._incumbent.watch.left)
        before = self._incumbent.watch.spent
        found = self._whole.neighbourhood(
            best,
            free,
            seconds=seconds,
            nodes=NODES_OF_A_DETERMINISTIC_STEP if deterministic else None,
            seed=self._seed,
        )
        if not deterministic:
            self._resize(self._incumbent.watch.spent - before)
        return found is not None and self._keep(best, free, found)

    def _keep(self, base: Best, free: set[str], found: Best) -> bool:
        """Take an improvement; where another thread was faster, put both together and see."""
        with self._incumbent.lock:
            now = self._incumbent.best
            if now is base or now is None:
                return self._incumbent.offer(found, "improve")
        duties = {
            agent_id: (found.roster if agent_id in free else now.roster).of(agent_id)
            for agent_id in now.roster.duties
        }
        both = self._whole.bill(Roster(duties=duties))
        better = found if both is None else min(both, found, key=lambda best: best.objective)
        return self._incumbent.offer(better, "improve")

    def _resize(self, seconds: float) -> None:
        """Free fewer people where a step ran out of time, more where it was over soon."""
        if seconds > 0.8 * self._step_seconds:
            if self._size <= FEWEST:
                self._step_seconds = min(LONGEST_STEP_SECONDS, 1.5 * self._step_seconds)
            self._size = max(FEWEST, self._size - 1)
        elif seconds < 0.25 * self._step_seconds:
            self._size = min(MOST, len(self._instance.members), self._size + 0.34)

    def _anybody(self, rng: random.Random, size: int) -> set[str]:
        people = [member.agent.agent_id for member in self._instance.members]
        return set(rng.sample(people, min(size, len(people))))

    def _some_classes(self, rng: random.Random, size: int) -> set[str]:
        """Whole classes, until there are enough people."""
        found: set[str] = set()
        for group in rng.sample(self._instance.classes, len(self._instance.classes)):
            ids = [member.agent.agent_id for member in group.members]
            found.update(rng.sample(ids, min(len(ids), size - len(found))))
            if len(found) >= size:
                break
        return found

    def _dear_people(self, rng: random.Random, size: int) -> set[str]:
        """People whose rules cost most, with noise, and a few others to exchange with."""
        best = self._incumbent.best
        if best is None:
            return self._anybody(rng, size)
        excess = {
            agent_id: cost - sum(duty.paid_minutes for duty in best.roster.of(agent_id))
            for agent_id, cost in self._whole.personal_costs(best.values).items()
        }
        ranked = sorted(excess, key=lambda agent_id: -excess[agent_id] * rng.random())
        return set(ranked[: max(1, size // 2)]) | self._anybody(rng, size - size // 2)

    def _who_could_help(self, rng: random.Random, size: int) -> set[str]:
        """People who can serve a queue that is short and may hold a duty in those hours, and a few others."""
        best = self._incumbent.best
        spots = self._whole.sore_spots(best.values) if best is not None else []
        if not spots:
            return self._dear_people(rng, size)
        queue, t = rng.choice(spots)
        problem = self._instance.problem
        width = problem.horizon.interval_minutes
        able = [
            member.agent.agent_id
            for member in self._instance.members
            if queue in problem.queues_of[member.agent.agent_id]
            and any(duty.overlaps(t * width, (t + 1) * width) for duty in member.choices.open)
        ]
        helpers = set(rng.sample(able, min(len(able), size - size // 4)))
        return helpers | self._anybody(rng, size // 4)
