"""What a worker keeps from one task to the next: the parts of the cases that it had last."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from staffing.solvers.instance import prepare
from staffing.solvers.parts import Parts, parts_of
from staffing.solvers.tasks.case import Case

MOST = 2
"""Cases at a time: two solves may share a cluster."""

_LOCK = threading.Lock()
_SHELF: dict[str, Parts] = {}


def parts_for(case: Case) -> Parts:
    """Return the parts of a case, made where they are not at hand; which makes no difference but for the time."""
    with _LOCK:
        parts = _SHELF.pop(case.digest, None)
        if parts is None:
            parts = parts_of(prepare(*case.unpacked()))
        _SHELF[case.digest] = parts
        while len(_SHELF) > MOST:
            del _SHELF[next(iter(_SHELF))]
        return parts


@contextmanager
def at_hand(case: Case, parts: Parts) -> Iterator[None]:
    """Lend the parts of a case to the tasks that run in this process."""
    with _LOCK:
        _SHELF[case.digest] = parts
    try:
        yield
    finally:
        with _LOCK:
            _SHELF.pop(case.digest, None)
