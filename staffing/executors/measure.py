"""What a run takes: seconds by step, and the most memory."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from staffing.domain.result import Progress


@dataclass
class Steps:
    """Seconds by step, and who is told of them."""

    on_progress: Callable[[Progress], None] | None
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Tell that a step begins, and keep the seconds of what happens within."""
        if self.on_progress is not None:
            spent = round(sum(self.seconds.values()), 2)
            self.on_progress(Progress(phase=step, seconds=spent, objective=None, bound=None))
        start = time.monotonic()
        yield
        self.seconds[step] = round(time.monotonic() - start, 3)


def peak_rss_bytes() -> int:
    """Return the most memory this process has held; 0 where the system does not tell (Windows)."""
    try:
        import resource
    except ImportError:
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
