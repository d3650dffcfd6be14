"""Room to search in: one a thread, doubled as it is needed and kept for the next search."""

from __future__ import annotations

import threading

from staffing.solvers.tours.engine import MORE_CANDIDATES, MORE_LABELS, floor_of, search
from staffing.solvers.tours.records import Floats, Longs, Pool, Program, pool

_ROOM = threading.local()
LABELS, CANDIDATES = 1 << 12, 1 << 14
"""At first."""
FIRST_PASS = 6
"""Labels a day that the first pass keeps."""


def searched(
    program: Program,
    charge: Floats,
    width: int,
    most: int,
    known: float,
    tours: Longs,
    reduced: Floats,
) -> int:
    """Search with the room of this thread, and with more where it is too little."""
    labels, candidates = LABELS, CANDIDATES
    while True:
        room = _room(labels, candidates, width)
        found = int(search(program, charge, room, FIRST_PASS, most, known, tours, reduced))
        if found == MORE_LABELS:
            labels = 2 * len(room.kept)
        elif found == MORE_CANDIDATES:
            candidates = 2 * len(room.new)
        else:
            return found


def floored(program: Program, charge: Floats, width: int) -> float:
    """Return a bound below the reduced cost of every tour."""
    return float(floor_of(program, charge, _room(LABELS, CANDIDATES, width)))


def _room(labels: int, candidates: int, width: int) -> Pool:
    """Return the pool of this thread, grown if it is too small."""
    have: Pool | None = getattr(_ROOM, "pool", None)
    if have is not None:
        labels, candidates = max(labels, len(have.kept)), max(candidates, len(have.new))
        width = max(width, have.new_state.shape[1])
        if (labels, candidates, width) == (len(have.kept), *have.new_state.shape):
            return have
    _ROOM.pool = made = pool(labels, candidates, width)
    return made
