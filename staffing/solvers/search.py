"""The search: first tours, column generation with its bound, dives to whole plans, neighbourhoods."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from staffing.domain.result import Allocation
from staffing.domain.roster import Roster
from staffing.solvers.allocation import allocation
from staffing.solvers.bound import prove_by_shape
from staffing.solvers.budget import Budget
from staffing.solvers.compact import Compact
from staffing.solvers.groups import teams_and_groups
from staffing.solvers.improve import improve
from staffing.solvers.incumbent import Incumbent
from staffing.solvers.instance import Instance
from staffing.solvers.master.dive import dive
from staffing.solvers.master.generate import Generation
from staffing.solvers.master.pricing import Pricer
from staffing.solvers.master.restricted import RestrictedMaster
from staffing.solvers.master.service import service_model
from staffing.solvers.picks import Picks
from staffing.solvers.plan import Best, Plan, plan_of, roster_of
from staffing.solvers.tours.space import TourSpace

PRICINGS_BEFORE_A_DIVE = 5
"""Tours are good enough then for a first plan; the next dive is from the end of the generation."""
GENERATION_UNTIL = 0.7
"""Part of the budget after which tours are no longer priced for the bound."""
TOURS_TO_BEGIN_WITH = 3
CHOICE_SHARE, LONGEST_CHOICE_SECONDS = 0.1, 10.0
"""Part of the budget, and seconds, that the choice at the end of a dive may take."""
WIDE, SHAPE_FROM = 0.01, 0.4
"""A gap that is still wider after that part of the budget is worth a second bound."""
HEARTBEAT_SECONDS = 0.2


class Search:
    """One solve: what its steps share.

    Parameters
    ----------
    instance
        The problem, made ready.
    incumbent
        Told of every plan and bound.
    """

    def __init__(self, instance: Instance, budget: Budget, incumbent: Incumbent) -> None:
        self._instance, self._budget, self._incumbent = instance, budget, incumbent
        self._teams, self._groups = teams_and_groups(instance)
        self._service = service_model(instance, self._teams)
        self._spaces = [TourSpace(instance.problem, group.members[0]) for group in self._groups]

    def run(self, start: Roster | None) -> None:
        """Search until the budget is spent, the bound is reached, or it is proven that there is no roster."""
        workers = 1 if self._budget.deterministic else self._budget.workers
        price = Pricer(self._spaces, workers)
        master = RestrictedMaster(self._service, self._teams, self._groups)
        first = self._first_plan(master, price)
        if first is None:
            self._incumbent.raise_bound(math.inf, "bound")
            return
        self._offer(master, first)
        if start is not None:
            self._offer(master, plan_of(start, self._groups, self._spaces))
        self._generate(master, Generation(master, price, self._prove))
        with ThreadPoolExecutor(1) as aside:
            proving = aside.submit(self._prove_by_shape)
            if self._budget.deterministic:
                proving.result()
            self._improve(master)
            proving.result()

    def roster(self, best: Best) -> Roster:
        """Return the roster of a plan."""
        return roster_of(best.plan, self._groups)

    def allocation(self, best: Best) -> tuple[Allocation, int]:
        """Return the plan of work that goes with a plan in whole minutes, and the objective with it."""
        return allocation(self._service, self._teams, self._groups, best.plan)

    def _first_plan(self, master: RestrictedMaster, price: Pricer) -> Plan | None:
        """Return what everybody would work if nobody were needed; None if somebody has no tour at all."""
        nothing = {k: np.zeros(len(group.open)) for k, group in enumerate(self._groups)}
        found = price(nothing, TOURS_TO_BEGIN_WITH)
        if not all(found.values()):
            return None
        for group, tours in found.items():
            for tour in tours:
                master.add(group, tour)
        return {
            (group, tours[0]): len(self._groups[group].members) for group, tours in found.items()
        }

    def _generate(self, master: RestrictedMaster, generation: Generation) -> None:
        """Generate tours to the end, with one dive on the way and one from there."""
        for pricings in (PRICINGS_BEFORE_A_DIVE, None):
            master.hold(np.zeros(0))
            generation.run(self._patience(pricings))
            if not self._goes_on() or self._incumbent.is_optimal:
                return
            found = dive(master, generation, 0.0 if pricings else self._choice_seconds)
            if found is not None:
                self._incumbent.offer(Best(master.plan(found[0]), found[1]), "roster")

    def _prove_by_shape(self) -> None:
        """Prove a second bound where the gap stays wide; in its own thread, once the search has had its time."""
        incumbent, budget = self._incumbent, self._budget
        while not (budget.deterministic or incumbent.is_optimal or incumbent.stopped):
            if incumbent.watch.spent > SHAPE_FROM * budget.seconds:
                break
            time.sleep(HEARTBEAT_SECONDS)
        gap = incumbent.gap()
        if gap is not None and gap > WIDE:
            prove_by_shape(self._instance, budget, incumbent)

    def _improve(self, master: RestrictedMaster) -> None:
        improve(
            master,
            lambda: self._twin(master),
            Compact(self._instance, self._groups, self._spaces),
            Pricer(self._spaces),
            Picks(self._instance.problem, self._teams, self._groups),
            self._incumbent,
            self._budget,
        )

    @property
    def _choice_seconds(self) -> float | None:
        if self._budget.deterministic:
            return None
        return min(LONGEST_CHOICE_SECONDS, CHOICE_SHARE * self._budget.seconds)

    def _patience(self, pricings: int | None) -> Callable[[], bool]:
        """Return whether to price again: in any case once, then until time or pricings are used up."""
        done = 0

        def goes_on() -> bool:
            nonlocal done
            done += 1
            return done == 1 or (self._goes_on() and (pricings is None or done <= pricings))

        return goes_on

    def _goes_on(self) -> bool:
        if self._incumbent.stopped:
            return False
        spent = self._incumbent.watch.spent
        return self._budget.deterministic or spent < GENERATION_UNTIL * self._budget.seconds

    def _prove(self, bound: float) -> None:
        self._incumbent.raise_bound(bound, "bound")

    def _offer(self, master: RestrictedMaster, plan: Plan | None) -> None:
        """Offer a plan at what it comes to; None is no plan."""
        if plan is None:
            return
        master.hold(master.times(plan))
        prices = master.relax()
        if prices is not None:
            self._incumbent.offer(Best(plan, prices.objective), "roster")

    def _twin(self, master: RestrictedMaster) -> RestrictedMaster:
        """Return a master of its own for another thread, with the same columns."""
        twin = RestrictedMaster(self._service, self._teams, self._groups)
        for group, tour in tuple(master.columns):
            twin.add(group, tour)
        return twin
