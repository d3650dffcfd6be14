"""All deadlines can be met iff, for every pair of instants, what lies between them fits (earliest deadline first)."""

from __future__ import annotations

from hypothesis import event, given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from staffing.domain.clock import Horizon
from staffing.domain.work import Queue
from staffing.model.flow import Flow
from staffing.model.pools import pools
from staffing.requirement.service import due_instants
from tests.queues import deferrable
from tests.rules.world import agent, template, world

HOURS = 24
E06 = template("E06", "06:00", "14:00")


@st.composite
def queues(draw: st.DrawFn) -> Queue:
    """Draw arrivals, some backlog, and a clock that stands still now and then."""
    arrivals = draw(st.lists(st.sampled_from([0, 0, 30, 60, 120]), min_size=HOURS, max_size=HOURS))
    opening = draw(
        st.lists(
            st.tuples(st.integers(1, 10).map(lambda h: 60 * h), st.integers(1, 90)), max_size=2
        )
    )
    queue = deferrable(arrivals=dict(enumerate(arrivals)), due_hours=3, opening=opening)
    runs = draw(st.lists(st.booleans(), min_size=HOURS, max_size=HOURS))
    due, now = [], 0
    for t, running in enumerate(runs):
        now = max(now + 60 * running, 60 * (t + 2), 240)
        due.append(now)
    return queue.changed(due=tuple(due)) if draw(st.booleans()) else queue


def fits(queue: Queue, capacity: list[int]) -> bool:
    """Tell, for every pair of hours, whether the work released from the first on and due by the second fits."""
    due = due_instants(Horizon(start=Horizon.of_week("2026-W49").start, intervals=HOURS), queue)
    work = [(t, due[t] // 60 - 1, minutes) for t, minutes in enumerate(queue.arrivals_minutes)]
    work += [(0, item.due // 60 - 1, item.work_minutes) for item in queue.opening]
    return all(
        sum(minutes for release, last, minutes in work if first <= release and last <= until)
        <= sum(capacity[first : until + 1])
        for first in range(HOURS)
        for until in range(first, HOURS)
    )


def least_late(queue: Queue, capacity: list[int]) -> int:
    """Return the least minutes × hours that are late under the rows of the flow."""
    people = tuple(agent(f"a{k}", workstreams=("mail",)) for k in range(3))
    problem = world("2026-11-30", 1, [E06], agents=people, queues=(queue,))
    model = cp_model.CpModel()
    flow = Flow(model, problem, pools(problem), {"mail": capacity})
    model.minimize(sum(late for late in flow.late["mail"]))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model) == cp_model.OPTIMAL
    return round(solver.objective_value)


@settings(max_examples=80)
@given(
    queue=queues(),
    capacity=st.lists(st.sampled_from([0, 60, 120, 180]), min_size=HOURS, max_size=HOURS),
)
def test_nothing_is_late_iff_every_stretch_fits(queue, capacity):
    feasible = fits(queue, capacity)
    event(f"feasible: {feasible}")
    assert (least_late(queue, capacity) == 0) == feasible
