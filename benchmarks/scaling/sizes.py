"""Problems of any size: people from the samples, more queues by dividing them, several weeks in one problem."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.sample_week import sample_weeks
from staffing.domain.problem import Problem
from staffing.domain.work import Queue
from staffing.requirement.workload import cumulative_round
from staffing.rules.book import RuleBook

SAMPLE_OF_QUEUES = {3: "small", 6: "trust-safety"}
"""Samples by their own number of queues; other numbers divide the queues of the larger one."""
LARGEST = max(SAMPLE_OF_QUEUES)


@dataclass(frozen=True)
class Size:
    """What is asked for."""

    people: int
    queues: int
    weeks: int


def problem_of_size(size: Size, seed: int = 1) -> tuple[Problem, RuleBook]:
    """Return a problem of a size, and its rule book.

    Three queues are the sample `small`, whose two sites and skills are repeated; six and more are `trust-safety`.

    Raises
    ------
    ValueError
        If there is no such number of queues.
    """
    if size.queues not in SAMPLE_OF_QUEUES and size.queues < LARGEST:
        few = ", ".join(map(str, SAMPLE_OF_QUEUES))
        raise ValueError(f"{size.queues} queues cannot be made. Ask for {few} or more.")
    sample = SAMPLE_OF_QUEUES.get(size.queues, SAMPLE_OF_QUEUES[LARGEST])
    problem, book = sample_weeks(sample, size.people, size.weeks, seed)
    return divided(problem, size.queues), book


def divided(problem: Problem, queues: int) -> Problem:
    """Divide deferrable queues into parts of equal work until there are so many; whoever serves one serves its parts.

    Immediate queues stay whole: half of their work would need more than half of their people.
    """
    whole = [queue for queue in problem.queues if queue.is_immediate]
    deferrable = [queue for queue in problem.queues if not queue.is_immediate]
    each, more = divmod(queues - len(whole), len(deferrable))
    parts = {queue.queue: each + (k < more) for k, queue in enumerate(deferrable)}
    return problem.changed(
        queues=tuple(
            part for queue in problem.queues for part in _parts(queue, parts.get(queue.queue, 1))
        )
    )


def _parts(queue: Queue, count: int) -> list[Queue]:
    """Return the parts; their minutes are whole and add up to those of the queue."""
    if count == 1:
        return [queue]
    shares = [
        cumulative_round([minutes / count] * count).tolist() for minutes in queue.arrivals_minutes
    ]
    return [
        queue.changed(
            queue=f"{queue.queue}-{k + 1}",
            volume=tuple(cases / count for cases in queue.volume),
            arrivals_minutes=tuple(share[k] for share in shares),
            opening=queue.opening[k::count],
        )
        for k in range(count)
    ]
