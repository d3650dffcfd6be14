"""Free stretches as a machine: when the last duty ended, and which windows are settled.

A window wants a free stretch of some length that begins in it. Whether the gap before a duty holds one is known when
that duty is chosen. In the order of their windows, those that are settled (satisfied, or lost and charged) come first,
so that their number says which they are.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from staffing.domain.objective import Level
from staffing.domain.shifts import Duty
from staffing.model.forms import FreeStretch
from staffing.solvers.tours.days import NOTHING, Days

Window = tuple[int, int]
State = tuple[int, int]
"""Index into the sorted starts of the first duty that may follow the last one after a free stretch; windows settled."""


class StretchMachine:
    """Windows of one form of which none begins earlier and ends later than another."""

    def __init__(self, form: FreeStretch, windows: Iterable[Window], days: Days) -> None:
        self._days, self._length = days, form.length
        self._cost = None if form.level is Level.MUST else form.unit_cost
        windows = sorted(windows)
        self._firsts = [first for first, _ in windows]
        self._lasts = [last for _, last in windows]
        self._starts = sorted({days.choices.open[i].start for i in days.possible})
        self._earliest = self._earliest_starts()
        self.start = self._after_carry_in()

    def letter(self, day: int, move: int) -> tuple[int, int] | None:
        """Return start and end of the duty."""
        if move == NOTHING:
            return None
        duty = self._days.choices.open[move]
        return duty.start, duty.end

    def step(
        self, state: State, day: int, letter: tuple[int, int] | None
    ) -> tuple[State, int | None]:
        """Settle what the gap before a duty satisfies, and what its end makes too late."""
        after, settled = state
        lost = 0
        if letter is not None:
            start, end = letter
            if bisect_left(self._starts, start) >= after:
                settled = max(settled, bisect_right(self._firsts, start - self._length))
            too_late = bisect_left(self._lasts, end)
            lost = max(0, too_late - settled)
            settled = max(settled, too_late)
            after = max(after, bisect_left(self._starts, end + self._length))
        if lost and self._cost is None:
            return state, None
        return self._canonical(after, settled, day + 1), lost * (self._cost or 0)

    def _canonical(self, after: int, settled: int, day: int) -> State:
        """Settle what any later duty will: states that differ in nothing else are one."""
        earliest = self._earliest[day]
        if after <= earliest:
            if earliest == len(self._starts):
                return 0, 0
            return 0, max(
                settled, bisect_right(self._firsts, self._starts[earliest] - self._length)
            )
        return after, settled

    def _earliest_starts(self) -> list[int]:
        """Return, for each day, the index of the first start on it or later."""
        found = [len(self._starts)]
        for moves in reversed(self._days.moves):
            held = [self._days.choices.open[move].start for move in moves if move != NOTHING]
            first = bisect_left(self._starts, min(held)) if held else found[-1]
            found.append(min(first, found[-1]))
        return found[::-1]

    def _after_carry_in(self) -> State:
        """Walk along the carried duties, at no charge; whatever was before them was free."""
        free_from: int | None = None
        settled = 0
        for duty in self._days.choices.carried:
            if free_from is None or duty.start - free_from >= self._length:
                settled = max(settled, bisect_right(self._firsts, duty.start - self._length))
            free_from = duty.end if free_from is None else max(free_from, duty.end)
            settled = max(settled, bisect_left(self._lasts, free_from))
        after = 0 if free_from is None else bisect_left(self._starts, free_from + self._length)
        return self._canonical(after, settled, 0)


def stretch_machines(form: FreeStretch, days: Days) -> list[StretchMachine]:
    """Return machines for the windows that the carry-in leaves open, as few as their order allows."""
    chains: list[list[Window]] = []
    for first, last in sorted(set(form.windows)):
        count = form.windows.count((first, last))
        if _is_lost(first, last, form.length, days.choices.carried):
            continue
        chain = next((chain for chain in chains if chain[-1][1] <= last), None)
        if chain is None:
            chain = []
            chains.append(chain)
        chain += [(first, last)] * count
    return [StretchMachine(form, chain, days) for chain in chains]


def _is_lost(first: int, last: int, length: int, carried: tuple[Duty, ...]) -> bool:
    """Tell whether the carry-in alone leaves no free stretch that begins in the window."""
    begins = {first} | {duty.end for duty in carried if first <= duty.end <= last}
    return all(any(duty.overlaps(u, u + length) for duty in carried) for u in begins)
