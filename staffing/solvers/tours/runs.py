"""Runs as a machine: how many days in a row have the property, as far as it matters."""

from __future__ import annotations

from staffing.domain.objective import Level
from staffing.model.forms import Choices, Run
from staffing.solvers.tours.days import NOTHING, Days, carried_days, run_dates

State = tuple[int, int]
"""Length of the run that goes on, counted up to beyond the limit, and the same up to the shortest that will do."""


class RunMachine:
    """One run; days that it does not list are passed by."""

    def __init__(self, form: Run, days: Days) -> None:
        self._form, self._days = form, days
        choices = days.choices
        self._held = [frozenset(listed) for listed in form.days]
        self._dates = run_dates(form, choices)
        self._carried = carried_days(form, choices)
        self._cost = None if form.level is Level.MUST else form.unit_cost
        self.start = self._after_carry_in(choices)

    def _after_carry_in(self, choices: Choices) -> State:
        """Walk along the carried days; what they alone amount to is inherited."""
        state = (0, self._form.at_least if self._form.open_start else 0)
        for listed in self._form.days[: self._carried]:
            worked = any(choices.is_carried(i) for i in listed)
            state = self._longer(state) if worked is not self._form.free else (0, 0)
        return state

    def _longer(self, state: State) -> State:
        limit = -1 if self._form.limit is None else self._form.limit
        return min(state[0] + 1, limit + 1), min(state[1] + 1, self._form.at_least)

    def _listed(self, day: int) -> int | None:
        """Return the number of a day within the run."""
        if not self._dates:
            return None
        number = (self._days.first - self._dates[0]).days + day
        return number if self._carried <= number < len(self._dates) else None

    def letter(self, day: int, move: int) -> bool | None:
        """Tell whether a move gives the day the property; None on a day that is not listed."""
        number = self._listed(day)
        if number is None:
            return None
        held = move != NOTHING and move + self._days.carried in self._held[number]
        return held is not self._form.free

    def step(self, state: State, day: int, letter: bool | None) -> tuple[State, int | None]:
        """Charge the days beyond the limit as they come, a run too short when it ends."""
        if letter is None:
            return state, 0
        if letter:
            after = self._longer(state)
            limit = self._form.limit
            beyond = limit is not None and after[0] > limit and self._is_planned(day, limit)
            return after, self._charge(int(beyond))
        ongoing = state[1] > 0
        return (0, 0), self._charge(self._form.at_least - state[1] if ongoing else 0)

    def _is_planned(self, day: int, limit: int) -> bool:
        """Tell whether one of the ``limit + 1`` days up to it lists an open duty."""
        number = self._listed(day)
        assert number is not None
        window = self._form.days[max(0, number - limit) : number + 1]
        return any(not self._days.choices.is_carried(i) for listed in window for i in listed)

    def _charge(self, amount: int) -> int | None:
        if self._cost is None:
            return 0 if amount == 0 else None
        return amount * self._cost
