"""A stretch of days anew: many people's days there, all else as it is.

Where the days of a plan are wrong together, no few people can mend them. A stretch opens everybody's, and as most of
each tour stands still, tours are found in a fraction of a millisecond, the program is that of the stretch alone, and
its relaxation is nearly whole.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from random import Random

import numpy as np

from staffing.solvers.budget import Watch
from staffing.solvers.groups import Team
from staffing.solvers.master.dive import dive
from staffing.solvers.master.duals import Duals, Floats
from staffing.solvers.master.excerpt import Flags, excerpt
from staffing.solvers.master.generate import Generation, unheard
from staffing.solvers.master.pricing import Pricer
from staffing.solvers.master.restricted import RestrictedMaster
from staffing.solvers.master.waiting import Waiting
from staffing.solvers.parts import Parts
from staffing.solvers.picks import Free
from staffing.solvers.plan import LEAST_GAIN, Best, Slot, freed, without

Span = tuple[dt.date, dt.date]
"""First and last date."""

FEW_DAYS, WEEK, FORTNIGHT, MONTH = range(3, 7), range(4, 9), range(7, 15), range(14, 29)
"""Days that a stretch may have. Where work waits a few take 2 s and a week 10. Where it does not, what is left when
weeks gain no more is found by months, at ten times the cost."""
GENERATION_SHARE = 0.7
"""Of the seconds: until when tours are priced; a choice among them has the rest."""
PRICED_DIVE_SHARE, DIVE_SHARE = 0.85, 0.7
"""Where work waits the relaxation is less whole, and a dive the better choice: until when it prices tours, and what
part of the seconds left then its end may take."""
SHORTEST_SECONDS = 0.2
"""Of a linear program."""
PRICINGS = 30
"""Where seconds do not count."""
GOOD_ENOUGH, PRECISION = 1e-4, 1e-5
"""As of `Generation.run`, and the relative gap at which a choice counts as solved."""


def stretched(
    parts: Parts,
    waiting: Waiting | None,
    days: Sequence[int],
    stretches: int,
    best: Best,
    free: Free,
    rng: Random,
    *,
    seconds: float | None,
    nodes: int | None,
) -> Best | None:
    """Return a plan that is better on drawn days, or None; parameters as of `rearranged`.

    Where work waits, half of the time the first stretch is one in which the plan is short.

    Parameters
    ----------
    days
        How many a stretch may have; it is drawn.
    stretches
        How many are open at once: with two, somebody may work less in one and more in the other.
    """
    if parts.dates is None:
        return None
    spans = [_drawn(*parts.dates, rng.choice(days), rng) for _ in range(stretches)]
    sore = [] if waiting is None or rng.random() < 0.5 else waiting.sore_dates(best)
    if sore:
        spans[0] = _around(rng.choice(sore), rng.choice(days), rng)
    return rearranged(parts, waiting, spans, best, free, rng, seconds=seconds, nodes=nodes)


def rearranged(
    parts: Parts,
    waiting: Waiting | None,
    spans: Sequence[Span],
    best: Best,
    free: Free,
    rng: Random,
    *,
    seconds: float | None,
    nodes: int | None,
) -> Best | None:
    """Return a better plan in which only so many members of each group differ, and on some days only, or None.

    Parameters
    ----------
    waiting
        What becomes of the work, where work waits from day to day; None where it does not.
    spans
        The days.
    nodes
        Not None: work is counted instead of seconds.
    """
    watch = Watch(math.inf if seconds is None else seconds)
    slots = freed(best.plan, free, rng)
    if not slots:
        return None

    def limit() -> float | None:
        return None if seconds is None else max(SHORTEST_SECONDS, watch.left)

    master = _master(parts, waiting, best, slots, spans)
    if master is None:
        return None
    master.limit = limit
    now = master.relax()
    if now is None:
        return None
    spaces = [parts.spaces[group].opened(tour, spans) for group, tour in slots]
    priced = 0

    def goes_on() -> bool:
        nonlocal priced
        priced += 1
        return priced <= PRICINGS if seconds is None else watch.part < GENERATION_SHARE

    generation = Generation(master, Pricer(spaces), unheard, parts.labels)
    generation.run(goes_on, GOOD_ENOUGH)
    prices = master.relax()
    if prices is None or prices.objective >= now.objective - LEAST_GAIN:
        return None
    if waiting is None:
        slack, left = now.objective - prices.objective, None if seconds is None else watch.left
        chosen = _chosen(master, len(slots), prices, slack, left, nodes, rng.randrange(1 << 30))
    else:
        left = None if seconds is None else max(SHORTEST_SECONDS, DIVE_SHARE * watch.left)
        chosen = dive(master, generation, lambda: watch.part < PRICED_DIVE_SHARE, left)
    if chosen is None or chosen[1] >= now.objective - LEAST_GAIN:
        return None
    plan = without(best.plan, slots)
    for (number, tour), often in master.plan(chosen[0]).items():
        plan[slots[number][0], tour] += often
    # Where work waits, what stood still may be done in a better order now.
    found = Best(plan, best.objective + chosen[1] - now.objective)
    return found if waiting is None else waiting.settled(plan) or found


def _drawn(first: dt.date, last: dt.date, days: int, rng: Random) -> Span:
    """Draw a stretch of so many days, half of them from the first to the last one at least."""
    start = rng.randint(-(days // 2), max(0, (last - first).days - days // 2))
    return first + dt.timedelta(start), first + dt.timedelta(start + days - 1)


def _around(date: dt.date, days: int, rng: Random) -> Span:
    """Draw a stretch of so many days with a date in it."""
    start = date - dt.timedelta(rng.randrange(days))
    return start, start + dt.timedelta(days - 1)


def _master(
    parts: Parts, waiting: Waiting | None, best: Best, slots: Sequence[Slot], spans: Sequence[Span]
) -> RestrictedMaster | None:
    """Return the program of the stretches with the tours of now, one group for each slot; None for want of time."""
    teams, groups = parts.teams, parts.groups
    is_open = [
        np.array([any(a <= d.date <= b for a, b in spans) for d in team.duties], bool)
        for team in teams
    ]
    held, own = parts.counts(best.plan), parts.counts(Counter(slots))
    others = [every - mine * within for every, mine, within in zip(held, own, is_open, strict=True)]
    still = None
    if waiting is not None:
        still = waiting.elsewhere(best, is_open)
        if still is None:
            return None
    master = RestrictedMaster(
        excerpt(parts.service.linear, is_open, others, still),
        tuple(_within(team, within) for team, within in zip(teams, is_open, strict=True)),
        tuple(replace(groups[g], members=groups[g].members[:1]) for g, _ in slots),
        [count[within] for count, within in zip(others, is_open, strict=True)],
    )
    for number, (_, tour) in enumerate(slots):
        master.add(number, tour)
    return master


def _within(team: Team, is_open: Flags) -> Team:
    """Return a team with its open duties alone."""
    return replace(team, duties=tuple(team.duties[k] for k in np.flatnonzero(is_open)))


def _chosen(
    master: RestrictedMaster,
    people: int,
    prices: Duals,
    slack: float,
    seconds: float | None,
    nodes: int | None,
    seed: int,
) -> tuple[Floats, float] | None:
    """Choose among all tours that reduced cost does not rule out, from those of now, which are the first columns."""
    columns = [
        k
        for k in range(len(master.columns))
        if k < people or master.reduced_cost(prices, k) <= slack
    ]
    now = np.zeros(len(master.columns))
    now[:people] = 1.0
    return master.choose(
        columns, now, seconds=seconds, nodes=nodes, relative_gap=PRECISION, seed=seed
    )
