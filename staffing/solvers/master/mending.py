"""A rough plan is mended by stretches of days: what a dive loses at its end it loses on days, not on people."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from random import Random

from staffing.solvers.master.stretch import FORTNIGHT, MONTH, WEEK, rearranged, stretched
from staffing.solvers.master.waiting import Waiting
from staffing.solvers.parts import Parts
from staffing.solvers.picks import Free
from staffing.solvers.plan import Best

STEPS, PEOPLE, NODES = 100, 40, 20
"""Stretches at most, people of each, and what its choice may take where seconds do not count."""
SWEPT_PEOPLE, SWEPT_DAYS, STEP_DAYS = 120, 5, 3
"""People and days that a stretch of a sweep opens, and how far on the next one begins."""
LITTLE = 1e-3
"""Part of the objective; a sweep that gains less is the last."""


def mended(
    parts: Parts,
    best: Best,
    target: float,
    rng: Random,
    goes_on: Callable[[], bool],
    seconds: float | None,
) -> Best:
    """Return a plan no dearer than a given one: stretches are rearranged until it costs less than a target.

    No work waits from day to day.

    Parameters
    ----------
    goes_on
        Asked before each stretch; there are `STEPS` at most.
    seconds
        Of each stretch; None counts work.
    """
    for _ in range(STEPS):
        if best.objective < target or not goes_on():
            break
        days, stretches = rng.choice((WEEK, FORTNIGHT, MONTH)), rng.randint(1, 2)
        found = stretched(
            parts,
            None,
            days,
            stretches,
            best,
            _some(parts, PEOPLE, rng),
            rng,
            seconds=seconds,
            nodes=NODES if seconds is None else None,
        )
        best = best if found is None else found
    return best


def swept(
    parts: Parts,
    waiting: Waiting,
    best: Best,
    rng: Random,
    goes_on: Callable[[], bool],
    seconds: float | None,
) -> Iterator[Best]:
    """Yield better and better plans: stretches are opened from the first day to the last, each to what the last left.

    Parameters
    ----------
    goes_on
        Asked before each stretch; sweeps end as well when one gains little.
    seconds
        Of each stretch; None counts work.
    """
    if parts.dates is None:
        return
    first, last = parts.dates
    begun = None
    while begun is None or begun - best.objective > LITTLE * begun:
        begun = best.objective
        for start in range(0, (last - first).days, STEP_DAYS):
            if not goes_on():
                return
            span = first + dt.timedelta(start), first + dt.timedelta(start + SWEPT_DAYS - 1)
            free = _some(parts, SWEPT_PEOPLE, rng)
            nodes = NODES if seconds is None else None
            found = rearranged(
                parts, waiting, [span], best, free, rng, seconds=seconds, nodes=nodes
            )
            if found is not None:
                best = found
                yield best


def _some(parts: Parts, most: int, rng: Random) -> Free:
    """Draw so many people, everybody where there are no more."""
    people = [k for k, group in enumerate(parts.groups) for _ in group.members]
    return Counter(rng.sample(people, min(most, len(people))))
