"""One task after the other, in this process."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from staffing.executors.base import Executor, R, T


class Serial(Executor):
    """No workers but the caller: nothing to start, nothing to transfer."""

    @property
    def workers(self) -> int:
        """One: the caller."""
        return 1

    def map(self, function: Callable[[T], R], items: Sequence[T]) -> list[R]:
        """Apply a function to one item after the other."""
        return [function(item) for item in items]

    def close(self) -> None:
        """Do nothing: there is nothing to stop."""
