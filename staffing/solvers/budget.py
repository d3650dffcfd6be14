"""What a solve may spend, and a stop-watch on it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

from pydantic import Field

from staffing.domain.base import Frozen

MOST_SECONDS = 7 * 24 * 3600
GREATEST_SEED = 2**30
"""The engines take 32 bits, and every thread adds its number."""


class Budget(Frozen):
    """Limits of a solve.

    Parameters
    ----------
    seconds
        Wall-clock limit. In deterministic mode it sets the amount of work instead, and the wall clock is not looked at.
    seed
        Seed of every random choice.
    workers
        Threads that search at the same time; one in deterministic mode.
    deterministic
        Same input, same seed: same roster.
    clock
        What the seconds are of: the wall clock, or the processor time of this process, which does not depend on what
        else the machine has to do.
    """

    seconds: float = Field(default=60.0, ge=0, le=MOST_SECONDS)
    seed: int = Field(default=0, ge=0, le=GREATEST_SEED)
    workers: int = Field(default=2, ge=1)
    deterministic: bool = False
    clock: Literal["wall", "processor"] = "wall"

    def watch(self) -> Watch:
        """Return a stop-watch on the whole budget."""
        now = time.monotonic if self.clock == "wall" else time.process_time
        return Watch(self.seconds, now)


class Watch:
    """A stop-watch that starts when it is made.

    Parameters
    ----------
    now
        The clock.
    """

    def __init__(self, seconds: float, now: Callable[[], float] = time.monotonic) -> None:
        self._start, self._now = now(), now
        self._seconds = seconds

    @property
    def spent(self) -> float:
        """Seconds since the start."""
        return self._now() - self._start

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Do not count what happens within, such as machine code made once and for all."""
        before = self._now()
        try:
            yield
        finally:
            self._start += self._now() - before

    @property
    def part(self) -> float:
        """What part of the seconds is spent, 1 at most."""
        return 1.0 if self.left == 0 else self.spent / self._seconds

    @property
    def left(self) -> float:
        """Seconds left, never below 0."""
        return max(0.0, self._seconds - self.spent)
