"""Which task is next: in the order of the items, those of a lost worker again, none after a failure."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator
from typing import Generic

from staffing.domain.errors import StaffingError
from staffing.executors.attempt import Failure, Outcome
from staffing.executors.base import R

TRIES = 3


class WorkerLostError(Exception):
    """A task has no outcome: its worker was killed or cannot be reached."""


class Queue(Generic[R]):
    """The tasks of one call, by their place among the items.

    A task that lost its worker is begun again, three times in all. The last time it runs alone: tasks are lost
    together and only one may be at fault; where it was memory that ran out, the task now has all of it.

    Parameters
    ----------
    count
        Number of tasks.
    width
        Most tasks at the same time.
    """

    def __init__(self, count: int, width: int) -> None:
        self._count = count
        self._width = width
        self._waiting = list(range(count))
        self._running: set[int] = set()
        self._lost: Counter[int] = Counter()
        self._results: dict[int, R] = {}
        self._errors: dict[int, Exception] = {}

    @property
    def is_open(self) -> bool:
        """Whether any task is waiting or running."""
        return bool(self._running or self._waiting)

    def begin(self) -> Iterator[int]:
        """Yield the places of the tasks to begin now."""
        while self._waiting and self._has_room():
            place = heapq.heappop(self._waiting)
            self._running.add(place)
            yield place

    def end(self, place: int, outcome: Outcome) -> None:
        """Keep what came of a task; after a failure nothing more begins."""
        self._running.remove(place)
        if isinstance(outcome, Failure):
            self._errors[place] = outcome.error
            self._waiting.clear()
        else:
            self._results[place] = outcome.value

    def lose(self, place: int, error: WorkerLostError) -> None:
        """Put a task back whose worker is lost.

        Raises
        ------
        StaffingError
            If that was its last try.
        """
        self._running.remove(place)
        self._lost[place] += 1
        if self._lost[place] == TRIES:
            raise StaffingError(
                f"Task {place + 1} of {self._count} was begun {TRIES} times, and each time its worker was lost "
                f"({error}). Maybe it needs more memory than there is: look at its input, or use fewer workers."
            ) from error
        if not self._errors:
            heapq.heappush(self._waiting, place)

    def results(self) -> list[R]:
        """Return the results in the order of the items, or raise the error of the first task that failed."""
        if self._errors:
            raise self._errors[min(self._errors)]
        return [self._results[place] for place in range(self._count)]

    def _has_room(self) -> bool:
        """Tell whether the next task may begin: there is a place free, and no task on its last try beside it."""
        tasks = (self._waiting[0], *self._running)
        alone = any(self._lost[place] == TRIES - 1 for place in tasks)
        return len(self._running) < (1 if alone else self._width)
