"""What every executor offers: one function over many items, results in the order of the items."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Executor(ABC):
    """A place where independent tasks run; the results do not depend on which.

    A task is a pure function of one item: it may run in another process or on another machine, and a second time where
    a worker was lost. So function, items and results must be picklable (the function: defined at the top of a module),
    and a task should take tens of milliseconds at least; the caller bundles smaller ones.

    Workers start with the first task and stay for the next call, until the executor is closed.
    """

    @property
    @abstractmethod
    def workers(self) -> int:
        """Tasks that run at the same time."""

    @abstractmethod
    def map(self, function: Callable[[T], R], items: Sequence[T]) -> list[R]:
        """Apply a function to every item, and return the results in the order of the items.

        Raises
        ------
        Exception
            What a task raised, as itself: of the first item in order that failed. No further task is begun then.
        StaffingError
            If the workers of a task were lost again and again.
        """

    @abstractmethod
    def close(self) -> None:
        """Stop the workers; a later call starts new ones."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
