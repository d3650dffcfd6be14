"""The search: first tours, column generation with its bound, dives to whole plans, neighbourhoods."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random

import numpy as np

from staffing.domain.clock import WEEK_MINUTES
from staffing.domain.result import Allocation
from staffing.domain.roster import Roster
from staffing.solvers.allocation import allocation
from staffing.solvers.bound import ShapeBound
from staffing.solvers.budget import Budget
from staffing.solvers.heads import Heads
from staffing.solvers.improve import improve
from staffing.solvers.incumbent import Incumbent
from staffing.solvers.master.dive import dive
from staffing.solvers.master.generate import Generation
from staffing.solvers.master.mending import mended
from staffing.solvers.master.part import Part
from staffing.solvers.master.pricing import Pricer
from staffing.solvers.master.restricted import RestrictedMaster
from staffing.solvers.master.stages import COLUMNS, dive_in_stages
from staffing.solvers.parts import Parts
from staffing.solvers.patience import Patience
from staffing.solvers.plan import Best, Plan, plan_of, roster_of
from staffing.solvers.recreate import recreate
from staffing.solvers.tasks.crew import Crew
from staffing.solvers.tasks.pricing import SharedPricer
from staffing.solvers.tasks.rounds import improve_in_rounds
from staffing.solvers.tours.engine import EVERY_LABEL
from staffing.solvers.weeks import plan_weeks

PRICINGS_BEFORE_A_DIVE = 5
"""Tours are good enough then for a first plan; the next dive is from the end of the generation."""
FEW_GROUPS, MINIMUM = 100, 3
"""With so few groups a first dive is made in any case, after that many pricings: it takes a second."""
FEW_LABELS_UNTIL, GOOD_ENOUGH = 0.5, 2e-3
"""The same where few labels are kept, and as of `Generation.run`: what comes after that is worth less than a dive."""
TOURS_TO_BEGIN_WITH = 3
RECREATION_UNTIL = 0.05
"""Part of the budget until which people answer each other at first."""
LONG_MINUTES = 16 * WEEK_MINUTES
"""In longer horizons nothing is relaxed: it may come out in time, but no dive from it ends."""
SECONDS_OF_A_STRETCH = 4.0
WIDE, SHAPE_FROM = 0.01, 0.4
"""A gap that is still wider after that part of the budget is worth a second bound."""


class Search:
    """One solve: what its steps share.

    Parameters
    ----------
    parts
        The problem, made ready.
    incumbent
        Told of every plan and bound.
    crew
        Who prices and improves; None are threads of this process.
    """

    def __init__(
        self, parts: Parts, budget: Budget, incumbent: Incumbent, crew: Crew | None = None
    ) -> None:
        self._parts, self._budget, self._incumbent, self._crew = parts, budget, incumbent, crew
        self._instance, self._teams, self._groups = parts.instance, parts.teams, parts.groups
        self._service, self._spaces = parts.service, parts.spaces
        self._workers = 1 if budget.deterministic else budget.workers
        self._over, self._patience = threading.Event(), Patience(budget, incumbent)

    def run(self, start: Roster | None) -> None:
        """Search until the budget is spent, the bound is reached, or it is proven that there is no roster."""
        if self._is_long:
            self._search(start)
            return
        if self._budget.deterministic:
            shape = ShapeBound(self._instance)
            self._incumbent.raise_bound(shape.linear(), "bound")
            self._search(start)
            self._prove_whole(shape)
            return
        with ThreadPoolExecutor(1) as aside:
            proving = aside.submit(self._prove_by_shape)
            try:
                self._search(start)
            finally:
                self._over.set()
            proving.result()

    def _search(self, start: Roster | None) -> None:
        price, master = self._pricer(), self._parts.master()
        if start is not None:
            self._offer(master, plan_of(start, self._groups, self._spaces))
        if not self._first_tours(master, price):
            self._incumbent.raise_bound(math.inf, "bound")
            return
        if not (self._is_long or self._is_swept):
            self._generate(master, Generation(master, price, self._prove, self._parts.labels))
        if self._parts.labels < EVERY_LABEL:
            # No way chooses among known tours there, and a program without them is the faster one.
            master = self._parts.master()
            master.limit = self._patience.seconds_of_a_program
        self._improve(master)

    def roster(self, best: Best) -> Roster:
        """Return the roster of a plan."""
        return roster_of(best.plan, self._groups)

    def allocation(self, best: Best) -> tuple[Allocation, int]:
        """Return the plan of work that goes with a plan in whole minutes, and the objective with it."""
        return allocation(self._service, self._teams, self._groups, best.plan)

    def _first_tours(self, master: RestrictedMaster, price: Pricer) -> bool:
        """Give the master a tour for each group, and offer a plan of them; tell whether everybody has one at all."""
        with self._incumbent.watch.paused():
            # The first search of a machine is compiled, once and for all.
            price({0: np.zeros(len(self._groups[0].open))} if self._groups else {}, 1, 1)
        if self._parts.heads is not None:
            return self._recreated(self._parts.heads, master)
        return (self._swept if self._parts.waits_for_weeks else self._unneeded)(master, price)

    def _unneeded(self, master: RestrictedMaster, price: Pricer) -> bool:
        """Begin with what everybody would work if nobody were needed."""
        nothing = {k: np.zeros(len(group.open)) for k, group in enumerate(self._groups)}
        found = price(nothing, TOURS_TO_BEGIN_WITH)
        if not all(found.values()):
            return False
        for group, tours in found.items():
            for tour in tours:
                master.add(group, tour)
        idle = {(k, tours[0]): len(self._groups[k].members) for k, tours in found.items()}
        self._offer(master, idle)
        return True

    def _swept(self, master: RestrictedMaster, price: Pricer) -> bool:
        """Begin with people at drawn times, whose days are swept."""
        drawn = plan_weeks(self._parts, price, self._incumbent, self._patience, self._budget)
        best = self._incumbent.best
        for group, tour in [*(drawn or ()), *(best.plan if best else ())]:
            master.add(group, tour)
        return drawn is not None

    def _recreated(self, heads: Heads, master: RestrictedMaster) -> bool:
        """Begin with people who answer each other, for a part of the budget."""
        found = recreate(self._parts, heads, self._incumbent, self._budget, RECREATION_UNTIL)
        for best in found:
            for group, tour in best.plan:
                master.add(group, tour)
        return bool(found)

    def _generate(self, master: RestrictedMaster, generation: Generation) -> None:
        """Generate tours to the end, and dive from there; before it once where there is no good plan yet."""
        master.hold(np.zeros(0))
        if self._parts.heads is None and not self._parts.waits_for_weeks:
            self._dive_soon(master, generation)
        master.limit = self._patience.seconds_of_a_program
        if not self._patience.goes_on() or self._incumbent.is_optimal:
            return
        if self._parts.labels < EVERY_LABEL:
            self._generate_with_few_labels(master, generation)
            return
        generation.run(self._patience.for_pricings(None))
        if self._patience.goes_on() and not self._incumbent.is_optimal:
            self._dive(
                master, generation, self._patience.goes_on, self._patience.seconds_of_a_choice
            )

    def _dive_soon(self, master: RestrictedMaster, generation: Generation) -> None:
        """Dive on the way, which few people wait for."""
        few = len(self._groups) <= FEW_GROUPS
        if not few:
            master.limit = self._patience.seconds_of_a_program
        generation.run(
            self._patience.for_pricings(PRICINGS_BEFORE_A_DIVE, at_least=MINIMUM if few else 1)
        )
        if (self._patience.goes_on() or few) and not self._incumbent.is_optimal:
            self._dive(master, generation, _never, 0.0)

    def _generate_with_few_labels(self, master: RestrictedMaster, generation: Generation) -> None:
        """Generate where days are many, and dive in stages."""
        generation.run(self._patience.for_pricings(None, until=FEW_LABELS_UNTIL), GOOD_ENOUGH)
        generation.prove()
        if not self._incumbent.is_optimal:
            self._dive_in_stages(master)

    def _dive(
        self,
        master: RestrictedMaster,
        generation: Generation,
        reprices: Callable[[], bool],
        seconds: float | None,
    ) -> None:
        with master.aside():
            found = dive(master, generation, reprices, seconds)
            if found is not None:
                self._incumbent.offer(Best(master.plan(found[0]), found[1]), "roster")

    def _dive_in_stages(self, master: RestrictedMaster) -> None:
        """Dive where days are many: tours to choose from are too, and each step leaves fewer people to price."""
        prices = master.relax()
        if prices is None:
            return
        people = {k: len(group.members) for k, group in enumerate(self._groups)}
        part = Part(self._parts, {}, people)
        part.add(master.best_columns(prices, COLUMNS))
        found = dive_in_stages(
            part, self._patience.goes_on, self._patience.seconds_of_a_program, self._workers
        )
        if found is None:
            return
        best, rng = self._incumbent.best, Random(self._budget.seed)
        if best is not None:
            # What a dive loses at its end is soon mended, and then it leads further than what people answer.
            seconds = None if self._budget.deterministic else SECONDS_OF_A_STRETCH
            found = mended(self._parts, found, best.objective, rng, self._patience.goes_on, seconds)
        self._incumbent.offer(found, "roster")

    def _prove_by_shape(self) -> None:
        """Prove a bound that is there soon; where the gap stays wide, a second one in whole counts."""
        incumbent, shape = self._incumbent, ShapeBound(self._instance)
        incumbent.raise_bound(shape.linear(), "bound")
        waits = SHAPE_FROM * self._budget.seconds - incumbent.watch.spent
        if not (self._parts.waits_for_weeks or self._over.wait(max(0.0, waits))):
            self._prove_whole(shape)

    def _prove_whole(self, shape: ShapeBound) -> None:
        incumbent = self._incumbent
        gap = incumbent.gap()
        if not incumbent.stopped and gap is not None and gap > WIDE:
            incumbent.raise_bound(shape.whole(self._budget, incumbent.watch), "bound")

    def _improve(self, master: RestrictedMaster) -> None:
        if self._crew is None:
            improve(self._parts, master, self._incumbent, self._budget)
        else:
            improve_in_rounds(self._parts, master, self._crew, self._incumbent, self._budget)

    def _pricer(self) -> Pricer:
        if self._crew is None or self._crew.executor.workers == 1:
            return Pricer(self._spaces, self._workers)
        return SharedPricer(self._crew, self._spaces, self._workers)

    @property
    def _is_long(self) -> bool:
        horizon = self._instance.problem.horizon
        return self._parts.heads is not None and horizon.minutes > LONG_MINUTES

    @property
    def _is_swept(self) -> bool:
        """Tell whether the relaxation of all days takes too long, and few labels would prove nothing by it."""
        return self._parts.waits_for_weeks and self._parts.labels < EVERY_LABEL

    def _prove(self, bound: float) -> None:
        self._incumbent.raise_bound(bound, "bound")

    def _offer(self, master: RestrictedMaster, plan: Plan | None) -> None:
        """Offer a plan at what it comes to; None is no plan."""
        if plan is None:
            return
        best = master.settle(plan)
        if best is not None:
            self._incumbent.offer(best, "roster")


def _never() -> bool:
    return False
