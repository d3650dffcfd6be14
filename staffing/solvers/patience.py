"""How long each step of a search may go on."""

from __future__ import annotations

import math
from collections.abc import Callable

from staffing.solvers.budget import Budget
from staffing.solvers.incumbent import Incumbent

GENERATION_UNTIL = 0.7
"""Part of the budget after which tours are no longer priced for the bound."""
CHOICE_SHARE, LONGEST_CHOICE_SECONDS = 0.1, 10.0
"""Part of the budget, and seconds, that the choice at the end of a dive may take."""
DETERMINISTIC_PRICINGS_A_SECOND = 2
SHORTEST_SECONDS = 0.5
"""Of a linear program."""


class Patience:
    """What is left of a budget, for each step of a search.

    Parameters
    ----------
    incumbent
        Its watch counts.
    """

    def __init__(self, budget: Budget, incumbent: Incumbent) -> None:
        self._budget, self._incumbent = budget, incumbent

    def goes_on(self, until: float = GENERATION_UNTIL) -> bool:
        """Tell whether less than this part of the budget is spent."""
        if self._incumbent.stopped:
            return False
        spent = self._incumbent.watch.spent
        return self._budget.deterministic or spent < until * self._budget.seconds

    def for_pricings(
        self, pricings: int | None, at_least: int = 1, until: float = GENERATION_UNTIL
    ) -> Callable[[], bool]:
        """Return whether to price again: at least so often, then until time or pricings are used up."""
        most: float = math.inf if pricings is None else pricings
        if self._budget.deterministic:
            most = min(most, math.ceil(self._budget.seconds * DETERMINISTIC_PRICINGS_A_SECOND))
        done = 0

        def goes_on() -> bool:
            nonlocal done
            done += 1
            return not (self._incumbent.stopped or self._incumbent.is_optimal) and (
                done <= at_least or (self.goes_on(until) and done <= most)
            )

        return goes_on

    def seconds_of_a_program(self) -> float | None:
        """Return how long a linear program may take."""
        if self._budget.deterministic:
            return None
        return max(SHORTEST_SECONDS, self._incumbent.watch.left)

    @property
    def seconds_of_a_choice(self) -> float | None:
        """How long the choice at the end of a dive may take."""
        if self._budget.deterministic:
            return None
        return min(LONGEST_CHOICE_SECONDS, CHOICE_SHARE * self._budget.seconds)
