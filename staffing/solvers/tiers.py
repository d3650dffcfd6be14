"""Tiers strictly kept: service before burnout, before fairness, before pay, whatever their prices would trade.

The search adds up all tiers at their prices, so that much of a later tier could buy a little of an earlier one. Here
the tiers are asked for one after the other: at first with those after it at no price, which proves what every roster
costs in it, or finds one that costs less (preemptive goal programming, Charnes and Cooper 1961). Those before it count
as many times more as it takes that none of them is sold. Rosters are compared by tiers, as the audit charges them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from staffing.domain.errors import AuditError
from staffing.domain.objective import Emphasis
from staffing.domain.problem import Problem
from staffing.domain.result import Allocation, Bill, Solution, Status
from staffing.domain.roster import Roster
from staffing.domain.tiers import (
    TIERS,
    AtLeast,
    TierLine,
    TierProof,
    costs_by_tier,
    tier_lines,
)
from staffing.solvers.budget import Budget, Watch

SHARE = 0.2
"""Part of the budget that the tiers have in any case.

Where the search ended early they have what it left, up to as long again for each of them.
"""
STRONGER, STRONGEST = 10, 1000
"""How much more the tiers before count where one of them was sold, and how much more at most."""
SHORTEST_SECONDS = 0.5
PART = 0.7
"""Part of what is left that a step may take; the rest is for making good what it lost."""
_LAST = len(TIERS) - 1

Solve = Callable[[Problem, Budget, Roster], Solution]
"""Solves a problem from a roster on."""
Charge = Callable[[Roster, Allocation | None], Bill]
"""Audits a roster and its plan of work on the problem as it is."""


def keep_tiers(
    problem: Problem,
    solution: Solution,
    budget: Budget,
    solve: Solve,
    charge: Charge,
    known: Iterable[AtLeast] = (),
) -> tuple[Solution, TierProof | None]:
    """Prove tier by tier that no roster is better, and take a better one where there is one.

    Parameters
    ----------
    solution
        What the prices alone led to.
    budget
        Of the whole build; in deterministic mode every step has the same part of it.
    known
        What is proven of every roster already.

    Returns
    -------
    solution, proof
        The best roster tier by tier, at the prices of the settings, with the bound of before; and what is proven of it,
        None without a roster.

    Raises
    ------
    AuditError
        If solver and audit do not agree on what a roster costs.
    """
    if solution.roster is None:
        return solution, None
    ladder = _Ladder(problem, solution, budget, solve, charge, known)
    if not solution.interrupted:
        ladder.climb()
    return ladder.result()


class _Ladder:
    """The roster at hand, what is known of all rosters, and how much more each tier counts than the next."""

    def __init__(
        self,
        problem: Problem,
        solution: Solution,
        budget: Budget,
        solve: Solve,
        charge: Charge,
        known: Iterable[AtLeast],
    ) -> None:
        self._problem, self._first, self._budget = problem, solution, budget
        self._solve, self._charge = solve, charge
        self._best = solution
        self._costs = self._first_costs = self._charged(solution)
        _check((1,) * len(TIERS), self._costs, solution)
        self._force = [1] * _LAST
        self._known = list(known)
        if solution.bound is not None:
            self._known.append(AtLeast(weights=(1,) * len(TIERS), bound=solution.bound))
        left = min(_LAST * solution.seconds, budget.seconds - solution.seconds)
        self._watch = Watch(max(left, SHARE * budget.seconds))
        begun = (point.seconds for point in solution.curve if point.objective is not None)
        self._least_seconds = max(SHORTEST_SECONDS, next(begun, 0.0))

    def climb(self) -> None:
        """Settle one tier after the other, up to the first that cannot be; what a better roster lost is made good."""
        for k in range(_LAST):
            if not self._settle(k):
                break
        if self._costs != self._first_costs:
            self._settle(_LAST)

    def result(self) -> tuple[Solution, TierProof]:
        """Return the best roster at the prices of the settings, and the proof."""
        first, best = self._first, self._best
        if self._costs == self._first_costs:
            proof = TierProof(lines=self._lines())
            return first.changed(interrupted=best.interrupted), proof
        objective = sum(self._costs)
        kept = first.changed(
            status=Status.OPTIMAL if objective == first.bound else Status.FEASIBLE,
            roster=best.roster,
            allocation=best.allocation,
            objective=objective,
            interrupted=best.interrupted,
        )
        return kept, TierProof(lines=self._lines(), objective_by_price=first.objective)

    def _charged(self, found: Solution) -> tuple[int, ...]:
        roster = found.roster or Roster(duties={})
        return costs_by_tier(self._charge(roster, found.allocation))

    def _lines(self) -> tuple[TierLine, ...]:
        return tier_lines(self._costs, self._problem.prices, self._known)

    def _settle(self, k: int) -> bool:
        """Prove a tier or find what is better in it; return whether it is proven."""
        while not self._lines()[k].is_proven:
            seconds = self._seconds(k)
            if seconds is None or not self._step(k, seconds):
                return self._lines()[k].is_proven
        return True

    def _step(self, k: int, seconds: float) -> bool:
        """Solve once for the tiers up to one; return whether another time may help, a tier before being sold."""
        roster = self._best.roster or Roster(duties={})
        weights = tuple(math.prod(self._force[i:k]) if i <= k else 0 for i in range(len(TIERS)))
        emphasis = Emphasis(**{tier.value: w for tier, w in zip(TIERS, weights, strict=True)})
        asked = self._problem.changed(emphasis=emphasis)
        found = self._solve(asked, self._budget.changed(seconds=seconds), roster)
        if found.bound is not None:
            self._known.append(AtLeast(weights=weights, bound=found.bound))
        if found.roster is None:
            return False
        costs = self._charged(found)
        _check(weights, costs, found)
        if costs < self._costs:
            self._best, self._costs = found, costs
        elif found.interrupted:
            self._best = self._best.changed(interrupted=True)
        sold = next((i for i in range(k) if costs[i] > self._costs[i]), None)
        if sold is None or found.interrupted or self._force[sold] >= STRONGEST:
            return False
        self._force[sold] *= STRONGER
        return True

    def _seconds(self, k: int) -> float | None:
        """Return how long the next step may take; None if there is too little for any."""
        if self._best.interrupted or not self._budget.seconds:
            return None
        if self._budget.deterministic:
            return SHARE * self._budget.seconds
        seconds = PART * self._watch.left
        return seconds if seconds > self._least_seconds else None


def _check(weights: tuple[int, ...], costs: tuple[int, ...], found: Solution) -> None:
    """Hold the audit on the problem as it is against the solver's objective, tier by tier with its weight."""
    total = sum(weight * cost for weight, cost in zip(weights, costs, strict=True))
    if found.objective != total or (found.bound is not None and found.bound > total):
        raise AuditError(
            f"The audit disagrees with the solver: {total} against {found.objective} and the bound {found.bound}, the "
            f"tiers counting {weights}. Please report this with the workspace's settings."
        )
