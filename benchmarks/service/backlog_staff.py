"""A week for which as many people come as it needs: what must be paid, and by whom it can be worked.

There are six times as many people as the sample has, and whoever is not needed stays at home. Then personal rules
hardly bind, and the shape says what is paid for: its linear relaxation is a proven bound of every roster, and whole
counts near it are dealt out to people.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from benchmarks.service.backlog_ways import begins_as_it_ends
from staffing.domain import clock
from staffing.domain.problem import Problem
from staffing.domain.roster import Roster
from staffing.domain.shifts import Duty
from staffing.solvers.instance import Instance
from staffing.solvers.mip import Mip
from staffing.solvers.quiet import quiet_engines
from staffing.solvers.shape import ShapeModel

TIMES = 6
"""People for each one of the sample."""
FULL_MINUTES = 2400
MOST_DAYS, MOST_NIGHTS = 5, 3
PRECISION = 2e-3
NEAR = 0.5
"""Part of the time for counts next to the relaxation."""
SHORTAGES = ("short", "floor", "missed_beyond_target", "closing_excess")
"""Variables of the shape that buy off service: none of it is for sale here."""
SEED = 1
_TINY = 1e-6


def free_of_people(problem: Problem) -> Problem:
    """Return a week that begins as it ends, for more people than needed, without leave, pins and past duties.

    Sites of one time zone have the same shifts, so that they are one here: the model is smaller, and says the same.
    """
    of_zone = {site.time_zone: site.site for site in reversed(problem.sites)}
    people = tuple(
        agent.changed(
            agent_id=f"{agent.agent_id}-{n}",
            site=of_zone[problem.site_of[agent.site].time_zone],
            weekly_minutes=FULL_MINUTES,
            start_date=None,
            end_date=None,
        )
        for agent in problem.agents
        for n in range(TIMES)
    )
    queues = tuple(
        queue if queue.is_immediate else begins_as_it_ends(problem.horizon, queue)
        for queue in problem.queues
    )
    return problem.changed(
        agents=people,
        queues=queues,
        time_off=(),
        preferences=(),
        pins=(),
        carry_in=Roster(duties={}),
    )


def work_hours(problem: Problem) -> float:
    """Return the hours to pay if nobody were idle for a minute: work and presence over the productive share."""
    minutes = sum(
        sum(queue.required_agents) * problem.horizon.interval_minutes + sum(queue.arrivals_minutes)
        for queue in problem.queues
    )
    return minutes / 60 / (1 - problem.shrinkage_fraction)


def solved(shape: ShapeModel, seconds: float) -> tuple[float, Sequence[float]]:
    """Return the bound of the relaxation and whole counts where nothing is short: next to it, then up to one above.

    Raises
    ------
    RuntimeError
        If something is short whatever is paid, or the time was too short.
    """
    every = range(len(shape.model.proto.variables))
    names = [variable.name for variable in shape.model.proto.variables]
    nothing = {k: (0, 0) for k in every if names[k] in SHORTAGES}
    with quiet_engines():
        relaxed = Mip(shape.model, continuous=every)
        relaxed.fix(nothing)
        linear = relaxed.solve(seconds=None)
        if linear.values is None:
            raise RuntimeError("something is short, whatever is paid")
        mip = Mip(shape.model, continuous=[k for k in every if k not in shape.whole])
        mip.fix(nothing)
        values = None
        for above, part in ((0, NEAR), (1, 1 - NEAR)):
            mip.fix({k: _range(linear.values[k], above) for k in shape.whole})
            found = mip.solve(
                seconds=part * seconds, relative_gap=PRECISION, seed=SEED, hint=values
            )
            values = found.values or values
    if values is None:
        raise RuntimeError(f"no whole counts in {seconds:g} s")
    return linear.bound, values


def _range(count: float, above: int) -> tuple[int, int]:
    return math.floor(count + _TINY), math.ceil(count - _TINY) + above


def dealt(instance: Instance, shape: ShapeModel, values: Sequence[float]) -> Roster:
    """Deal the duties of each class to its members: one who has begun his week goes on with it if he can."""
    held: dict[str, list[Duty]] = {}
    for group in instance.classes:
        own: list[list[Duty]] = [[] for _ in group.members]
        counts = shape.counts[group.name]
        heads = [duty for duty in group.duties for _ in range(round(values[counts[duty].index]))]
        for duty in heads:
            able = [duties for duties in own if _goes_on(duties, duty)]
            chosen = max(able, key=len) if able else min(own, key=lambda duties: duties[-1].end)
            chosen.append(duty)
        names = (member.agent.agent_id for member in group.members)
        held |= dict(zip(names, own, strict=True))
    return Roster(duties={agent_id: tuple(duties) for agent_id, duties in held.items()})


def _goes_on(duties: Sequence[Duty], duty: Duty) -> bool:
    """Tell whether a duty continues a week: starts never move to earlier in the day, five days, three nights."""
    if not duties:
        return True
    nights = sum(own.is_night for own in duties) + duty.is_night
    rested = duty.start - duties[-1].start >= clock.DAY_MINUTES
    return rested and len(duties) < MOST_DAYS and nights <= MOST_NIGHTS
