"""Folding: days in a row of which each has a single move left become one, so that a search costs what is open.

What stands still has one way through every machine: tables are walked once from each state, gains are added up. Sums
and spreads that what is open can no longer change are left out, with what they come to.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from staffing.solvers.tours.fold_arrays import Stretches, folded_spreads, folded_sums, folded_tables
from staffing.solvers.tours.records import Floats, Longs, Program

WORTH = 10
"""Days that a search must be spared: below, folding takes longer than it saves."""


@dataclass(frozen=True)
class Folded:
    """A shorter program.

    Parameters
    ----------
    program, width
        To search in, and the numbers of a state.
    stretches
        How its days came of those of the whole program.
    still
        Moves of the whole program on the days that were folded.
    base
        What a tour costs more than the search says; inf if there is none.
    """

    program: Program
    width: int
    stretches: Stretches
    still: Longs
    base: float

    def charge(self, charge: Floats) -> Floats:
        """Return what its moves cost, out of what those of the whole program do."""
        move, begin, is_fold = self.stretches.move, self.stretches.begin, self.stretches.is_fold
        own, still = charge[move], np.zeros(begin[-1])
        still[np.repeat(is_fold, np.diff(begin))] = charge[self.still]
        own[move < 0] = np.add.reduceat(still, begin[:-1])[is_fold]
        return own

    def moves(self, found: Longs) -> Longs:
        """Return the moves of the whole program, by day, of a tour of this one."""
        own = self.stretches.move[found]
        return np.sort(np.concatenate([own[own >= 0], self.still]))


def folded(program: Program, is_open: NDArray[np.bool_], seams: NDArray[np.bool_]) -> Folded | None:
    """Fold the days that stand still; None where that is not worth it.

    Parameters
    ----------
    is_open
        Which moves may be taken.
    seams
        ``seams[day]``: whether no spanning group and no spread reaches over the beginning of the day; one more at the
        end.
    """
    first = program.first
    if len(first) <= WORTH:
        return None
    choices = np.add.reduceat(is_open, first[:-1])
    still = choices == 1
    begin, is_fold = _stretches(still, seams)
    if len(still) - len(is_fold) < WORTH or not choices.all():
        return None
    only = np.full(len(still), -1)
    only[still] = np.flatnonzero(is_open & np.repeat(still, np.diff(first)))
    folds = np.repeat(is_fold, np.diff(begin))
    days = [
        [-1] if is_one else range(first[day], first[day + 1])
        for day, is_one in zip(begin[:-1].tolist(), is_fold.tolist(), strict=True)
    ]
    move = np.concatenate([np.asarray(moves, np.int64) for moves in days])
    ends = np.cumsum([0, *map(len, days)])
    stretches = Stretches(begin, is_fold, only, move)
    sums, base = folded_sums(program, is_open, stretches)
    spreads, more = folded_spreads(program.spreads, stretches, sums, len(program.tables.letter))
    tables = folded_tables(program.tables, stretches)
    shorter = Program(ends, tables, sums, spreads)
    width = len(tables.letter) + 2 * (len(sums.head) + len(spreads.head))
    return Folded(shorter, width, stretches, only[folds], base + more)


def _stretches(
    still: NDArray[np.bool_], seams: NDArray[np.bool_]
) -> tuple[Longs, NDArray[np.bool_]]:
    """Return the first day of each day of the shorter program (and the end), and which are folded."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], still, [False]]).astype(np.int8)))
    is_begin = np.ones(len(still) + 1, bool)
    is_fold = np.zeros(len(still) + 1, bool)
    for first, end in edges.reshape(-1, 2):
        on = first + np.flatnonzero(seams[first : end + 1])
        if len(on) and on[-1] - on[0] > 1:
            is_begin[on[0] + 1 : on[-1]] = False
            is_fold[on[0]] = True
    begin = np.flatnonzero(is_begin)
    return begin, is_fold[begin[:-1]]
