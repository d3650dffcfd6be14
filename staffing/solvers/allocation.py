"""The plan of work that goes with a roster: whole minutes of each pool on each queue, by interval."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from staffing.domain.result import Allocation
from staffing.solvers.groups import Group, Team
from staffing.solvers.master.service import ServiceModel
from staffing.solvers.mip import Mip
from staffing.solvers.plan import Plan


def allocation(
    service: ServiceModel, teams: Sequence[Team], groups: Sequence[Group], plan: Plan
) -> tuple[Allocation, int]:
    """Return the best allocation in whole minutes, and the objective with it."""
    held = Counter[tuple[int, int]]()
    for (number, tour), members in plan.items():
        group = groups[number]
        for position in tour.positions:
            held[group.team, teams[group.team].place[group.open[position]]] += members
    counts = {
        variable.index: held[team, k]
        for team, own in enumerate(service.counts)
        for k, variable in enumerate(own)
    }
    flow = service.flow
    mip = Mip(
        service.model,
        continuous=set(range(len(service.model.proto.variables))) - set(flow.variables()),
    )
    mip.fix({index: (heads, heads) for index, heads in counts.items()})
    found = mip.solve(seconds=None)
    values = found.values or ()
    allotted = Allocation(
        minutes={
            pool: {
                queue: tuple(round(values[y.index]) for y in by_t) for queue, by_t in own.items()
            }
            for pool, own in flow.minutes.items()
        },
        late={
            queue: tuple(round(values[late.index]) for late in by_t)
            for queue, by_t in flow.late.items()
        },
    )
    personal = sum(tour.cost * members for (_, tour), members in plan.items())
    return allotted, round(found.objective or 0) + personal
