"""The cases of one replication, drawn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from staffing.domain.problem import Problem
from staffing.domain.work import Queue
from staffing.requirement.service import due_instants
from staffing.requirement.workload import Floats, Ints
from staffing.simulate.demand import Demand
from staffing.simulate.records import CASE, NONE, Records, empty


@dataclass(frozen=True)
class Arrivals:
    """What cases of each queue have in common.

    Parameters
    ----------
    width
        Minutes of an interval.
    within
        ``within[queue]``: minutes from opening to due, or to the threshold.
    due
        ``due[queue, interval]``: when the last case of an interval is due.
    handle_minutes, handle_cv
        ``handle_minutes[queue, interval]`` and ``handle_cv[queue]`` of the time that an agent gives to a case.
    patience
        ``patience[queue]``: mean minutes until a case gives up; inf: never.
    ratios
        By queue, past handle times over their mean; None: lognormal.
    opening
        Backlog of the start: due minutes, queue, cases and minutes of work of each batch.
    """

    width: float
    within: Floats
    due: Floats
    handle_minutes: Floats
    handle_cv: Floats
    patience: Floats
    ratios: tuple[Floats | None, ...]
    opening: tuple[tuple[int, int, int, int], ...]

    @classmethod
    def of(cls, problem: Problem, demand: Demand) -> Arrivals:
        """Return them for a problem; a chat among k takes an agent a k-th of its handle time."""
        queues = problem.queues
        return cls(
            width=problem.horizon.interval_minutes,
            within=np.array([_within(queue) for queue in queues]),
            due=np.array([_due(problem, queue) for queue in queues]),
            handle_minutes=np.array(
                [np.array(queue.aht_minutes) / queue.workstream.concurrency for queue in queues]
            ),
            handle_cv=demand.handle_cv,
            patience=np.array([queue.workstream.patience_minutes or np.inf for queue in queues]),
            ratios=tuple(demand.handle_ratios.get(queue.queue) for queue in queues),
            opening=tuple(
                (
                    batch.due,
                    number,
                    max(1, round(batch.work_minutes / _usual(queue))),
                    batch.work_minutes,
                )
                for number, queue in enumerate(queues)
                for batch in queue.opening
            ),
        )

    def drawn(self, cases: Ints, rng: np.random.Generator) -> Records:
        """Return the cases of one replication, backlog included.

        They open at any moment of their interval. On the calendar clock a case is due so long after it opened; on the
        business clock as long before the last case of its interval as it was opened before its end.

        Parameters
        ----------
        cases
            ``cases[queue, interval]``.
        """
        queue, interval = (
            place.repeat(cases.ravel()) for place in np.indices(cases.shape).reshape(2, -1)
        )
        opened = (interval + rng.random(len(interval))) * self.width
        order = np.argsort(opened)
        queue, interval, opened = queue[order], interval[order], opened[order]
        backlog = self._backlog(rng)
        records = empty(len(backlog) + len(opened), CASE)
        records[: len(backlog)] = backlog
        new = records[len(backlog) :]
        new["queue"], new["opened"] = queue, opened
        new["due"] = self._due(queue, interval, opened)
        new["left"] = self.handle_minutes[queue, interval] * self._ratios(queue, rng)
        new["leaves"] = np.inf
        waits = np.isfinite(self.patience[queue])
        patience = rng.exponential(self.patience[queue[waits]])
        new["leaves"][waits] = opened[waits] + patience
        records["begun"] = records["ended"] = np.nan
        records["following"] = NONE
        return records

    def _due(self, queue: Ints, interval: Ints, opened: Floats) -> Floats:
        last = self.due[queue, interval]
        before = self.due[queue, np.maximum(interval - 1, 0)]
        before = np.where(interval > 0, before, last - self.width)
        by_business = np.maximum(before, last - ((interval + 1) * self.width - opened))
        return np.where(np.isnan(last), opened + self.within[queue], by_business)

    def _ratios(self, queue: Ints, rng: np.random.Generator) -> Floats:
        sigma = np.sqrt(np.log1p(self.handle_cv**2))[queue]
        found = np.exp(sigma * rng.standard_normal(len(queue)) - sigma**2 / 2)
        for number, ratios in enumerate(self.ratios):
            if ratios is not None:
                own = queue == number
                found[own] = rng.choice(ratios, int(own.sum()))
        return found

    def _backlog(self, rng: np.random.Generator) -> Records:
        """Return the open cases of the start, oldest first; each batch keeps its minutes of work."""
        records = empty(sum(count for _, _, count, _ in self.opening), CASE)
        at = 0
        for due, number, count, work in self.opening:
            batch = records[at : at + count]
            ratios = self._ratios(np.full(count, number), rng)
            batch["left"] = work * ratios / ratios.sum()
            batch["due"], batch["queue"], batch["leaves"] = due, number, np.inf
            batch["opened"] = min(due - self.within[number], 0.0)
            at += count
        return records[np.argsort(records["opened"], kind="stable")]


def _within(queue: Queue) -> float:
    return float(queue.workstream.due_minutes or queue.workstream.threshold_minutes or 0)


def _due(problem: Problem, queue: Queue) -> Floats:
    """Return due instants by interval; NaN where every case is due as long after it opened."""
    if not queue.due:
        return np.full(problem.horizon.intervals, np.nan)
    return np.array(due_instants(problem.horizon, queue), dtype=float)


def _usual(queue: Queue) -> float:
    """Return the mean handle time of a queue in minutes, 10 where nothing is known of it."""
    known = [aht for aht in queue.aht_minutes if aht > 0]
    return sum(known) / len(known) if known else 10.0
