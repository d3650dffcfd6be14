"""The best roster so far, shared by the threads that search."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable

from staffing.domain.result import Progress
from staffing.solvers.budget import Watch
from staffing.solvers.plan import Best

OnProgress = Callable[[Progress], None]

NEWS = 1e-3
"""Part by which a bound must rise to be told of; whatever is told next has the bound of now anyway."""


class Incumbent:
    """Keeps the best plan and the best bound, tells of every improvement and remembers the curve."""

    def __init__(self, watch: Watch, on_progress: OnProgress | None) -> None:
        self.watch = watch
        self.lock = threading.RLock()
        self.best: Best | None = None
        self.bound: float | None = None
        self._told_bound: float | None = None
        self.curve: list[Progress] = []
        self.stopped = False
        self._tell = on_progress

    def raise_bound(self, bound: float, phase: str) -> None:
        """Take a proven lower bound if it is higher; infinity proves that there is no roster."""
        with self.lock:
            if self.bound is None or bound > self.bound:
                self.bound = bound
                if self._is_news(bound):
                    self._told_bound = bound
                    self.report(phase)

    def _is_news(self, bound: float) -> bool:
        """Tell whether a bound is worth a line: the steps of column generation get smaller and smaller."""
        told = self._told_bound
        return told is None or not math.isfinite(bound) or bound - told > NEWS * abs(bound)

    @property
    def is_impossible(self) -> bool:
        """Tell whether it is proven that there is no roster."""
        return self.bound == math.inf

    @property
    def is_optimal(self) -> bool:
        """Tell whether no plan can be better: objectives are whole."""
        bound = whole_bound(self.bound)
        return self.best is not None and bound is not None and bound > self.best.objective - 0.5

    def offer(self, best: Best, phase: str) -> bool:
        """Take a plan if it is better; return whether it was."""
        with self.lock:
            if self.best is not None and best.objective >= self.best.objective - 0.5:
                return False
            self.best = best
            self.report(phase)
            return True

    def stop(self) -> None:
        """Ask every search to end after the step at hand."""
        self.stopped = True

    def gap(self) -> float | None:
        """Return (objective − bound) / objective, None without either."""
        if self.best is None or self.bound is None:
            return None
        return max(0.0, self.best.objective - self.bound) / max(1.0, self.best.objective)

    def report(self, phase: str) -> None:
        """Tell where the search stands."""
        with self.lock:
            point = Progress(
                phase=phase,
                seconds=round(self.watch.spent, 2),
                objective=None if self.best is None else round(self.best.objective),
                bound=whole_bound(self.bound),
            )
            self.curve.append(point)
            if self._tell is not None:
                self._tell(point)


TOLERANCE, ROUNDING = 1e-8, 0.1


def whole_bound(bound: float | None) -> int | None:
    """Round a bound up to the next whole number (objectives are whole), forgiving the engine's tolerance.

    HiGHS keeps rows to a millionth, and a row may be priced at tens of thousands: a tenth is forgiven, and a
    hundred-millionth part of the bound. None where nothing is proven, or that there is no roster.
    """
    if bound is None or not math.isfinite(bound):
        return None
    return math.ceil(bound - TOLERANCE * abs(bound) - ROUNDING)
