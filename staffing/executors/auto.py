"""Processes where there are many tasks, else none."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from staffing.executors.base import Executor, R, T
from staffing.executors.processes import Processes
from staffing.executors.serial import Serial

MANY = 16
"""Two cores take as long as one at 8 series of two years of hours: a worker's start costs 1.9 s of processor time,
mostly imports, and a series .45 s. At 16 they save a quarter of the time, at 100 almost half."""


class Auto(Executor):
    """The usual choice: processes where tasks are many enough to be worth their start, else this process.

    Parameters
    ----------
    many
        Tasks from which processes are used.
    """

    def __init__(self, many: int = MANY) -> None:
        self._many = many
        self._processes = Processes()

    @property
    def workers(self) -> int:
        """As many as this process has cores."""
        return self._processes.workers

    def map(self, function: Callable[[T], R], items: Sequence[T]) -> list[R]:
        """Apply a function to every item, by the processes if there are many items and several cores."""
        worthwhile = len(items) >= self._many and self.workers > 1
        chosen: Executor = self._processes if worthwhile else Serial()
        return chosen.map(function, items)

    def close(self) -> None:
        """Stop the processes, if there are any."""
        self._processes.close()
