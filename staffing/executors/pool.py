"""The loop that executors with workers share: hand in tasks, wait for some, keep what came of them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import ClassVar, Generic, TypeVar

from staffing.executors.attempt import Outcome
from staffing.executors.base import Executor, R, T
from staffing.executors.queue import Queue, WorkerLostError

Handle = TypeVar("Handle")


class Pool(Executor, Generic[Handle]):
    """An executor with workers: what is particular to each is how one task is handed in and comes back.

    ``tasks_a_worker`` are handed in at a time: more than one where the way to a worker is long, so that it need not
    wait for the next, and few, so that neither a scheduler's memory fills up nor much is lost with a worker.
    """

    tasks_a_worker: ClassVar[int] = 1

    def map(self, function: Callable[[T], R], items: Sequence[T]) -> list[R]:
        """Apply a function to every item by the workers, a few items at a time."""
        if not items:
            return []
        queue: Queue[R] = Queue(len(items), self.workers * self.tasks_a_worker)
        running: dict[Handle, int] = {}
        try:
            while queue.is_open:
                for place in queue.begin():
                    running[self._submit(function, items[place])] = place
                for handle in self._finished(running):
                    place = running.pop(handle)
                    try:
                        queue.end(place, self._outcome(handle))
                    except WorkerLostError as error:
                        queue.lose(place, error)
        except BaseException:
            self._abandon(running)
            raise
        return queue.results()

    @abstractmethod
    def _submit(self, function: Callable[[T], R], item: T) -> Handle:
        """Hand in `attempt` of a task, and return what stands for it."""

    @abstractmethod
    def _finished(self, running: Mapping[Handle, int]) -> Iterable[Handle]:
        """Wait until some of the running tasks have ended, and return these."""

    @abstractmethod
    def _outcome(self, handle: Handle) -> Outcome:
        """Return what came of a task that has ended.

        Raises
        ------
        WorkerLostError
            If its worker was lost before.
        """

    @abstractmethod
    def _abandon(self, running: Mapping[Handle, int]) -> None:
        """Stop the running tasks at once: nobody waits for them any more."""
