"""The rows of work and backlog, with the supply of minutes typed in.

Prices: a minute that misses its due time, or is short, 1000 × priority; overdue for one more hour a hundredth of that
(10); a minute left too many at the end a tenth (100).
"""

from __future__ import annotations

from dataclasses import dataclass

from ortools.sat.python import cp_model

from staffing.domain.people import Agent
from staffing.domain.work import Queue
from staffing.model.flow import Flow
from staffing.model.pools import pools
from tests.queues import deferrable, immediate
from tests.rules.world import agent, template, world

E06 = template("E06", "06:00", "14:00")


@dataclass(frozen=True)
class Plan:
    """The best plan: ``served[pool][queue]`` and ``late[queue]`` by hour."""

    served: dict[str, dict[str, list[int]]]
    late: dict[str, list[int]]
    cost: int

    def stock(self, queue: Queue) -> list[int]:
        open_minutes = sum(item.work_minutes for item in queue.opening)
        path = []
        for t, arrived in enumerate(queue.arrivals_minutes):
            done = sum(own[queue.queue][t] for own in self.served.values() if queue.queue in own)
            open_minutes += arrived - done
            path.append(open_minutes)
        return path


def plan(*queues: Queue, people: tuple[Agent, ...] = (), **supply: dict[int, int]) -> Plan:
    """Return the cheapest plan; ``supply`` is written as ``{hour: minutes}`` by pool (``_`` for ``+``)."""
    hours = len(queues[0].volume)
    people = people or (agent(workstreams=tuple(q.queue for q in queues)),)
    problem = world("2026-11-30", hours // 24, [E06], agents=people, queues=queues)
    given = {name.replace("_", "+"): by_hour for name, by_hour in supply.items()}
    minutes = {
        pool.pool: [given.get(pool.pool, {}).get(t, 0) for t in range(hours)]
        for pool in pools(problem)
    }
    model = cp_model.CpModel()
    flow = Flow(model, problem, pools(problem), minutes)
    model.minimize(sum(amount * cost for amount, cost in flow.penalties))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model) == cp_model.OPTIMAL
    return Plan(
        served={
            pool: {queue: [solver.value(y) for y in by_t] for queue, by_t in own.items()}
            for pool, own in flow.minutes.items()
        },
        late={queue: [solver.value(late) for late in by_t] for queue, by_t in flow.late.items()},
        cost=round(solver.objective_value),
    )


def test_work_is_never_done_before_it_arrives():
    found = plan(deferrable(arrivals={2: 60}), mail={0: 60, 1: 60})
    assert found.served["mail"]["mail"] == [0] * 24
    # Arrives in hour 2, due 4 h later, at the end of hour 6: overdue after hours 6 to 23.
    assert found.late["mail"] == [0] * 6 + [60] * 18
    # 60 missed, 60 × 18 overdue, 60 left at the end.
    assert found.cost == 60 * 1000 + 60 * 18 * 10 + 60 * 100


def test_work_done_by_its_due_hour_costs_nothing():
    found = plan(deferrable(arrivals={2: 60}), mail={6: 60})
    assert (found.cost, found.served["mail"]["mail"][6]) == (0, 60)


def test_a_target_below_one_leaves_its_share_late_at_no_miss_price():
    # 90 of 100 minutes are done by the end of hour 1, when they are due; 10 stay overdue for 23 hours and are left.
    supply = {0: 60, 1: 30}
    late = 10 * 23 * 10 + 10 * 100
    strict = plan(deferrable(arrivals={0: 100}, due_hours=1, target=1.0), people=two(), mail=supply)
    assert strict.cost == 10 * 1000 + late
    eased = plan(deferrable(arrivals={0: 100}, due_hours=1, target=0.9), people=two(), mail=supply)
    assert eased.cost == late
    # At 95 % five of the ten are beyond the target.
    middle = deferrable(arrivals={0: 100}, due_hours=1, target=0.95)
    assert plan(middle, people=two(), mail=supply).cost == 5 * 1000 + late


def two() -> tuple[Agent, ...]:
    return agent("ann", workstreams=("mail",)), agent("bob", workstreams=("mail",))


AGED = deferrable(opening=((-600, 60), (120, 40)))


def test_opening_backlog_falls_due_by_its_age():
    # 60 are overdue from the start and were missed before; 40 are due at the end of hour 1.
    found = plan(AGED, mail={2: 60, 3: 60})
    assert found.late["mail"][:5] == [60, 100, 40, 0, 0]
    assert found.cost == 40 * 1000 + (60 + 100 + 40) * 10


def test_overdue_work_is_no_miss_of_this_week():
    # Done at once, neither is charged; done 5 h in, the 40 are missed and both have been overdue.
    assert plan(AGED, mail={0: 60, 1: 40}).cost == 0
    # With only 40 minutes in time, they go to the work that can still be on time: 60 overdue for all 24 hours. Nothing
    # is left too many, since as much as the opening backlog may be.
    assert plan(AGED, mail={0: 40}).cost == 60 * 24 * 10


def test_the_dearer_queue_comes_first():
    low = deferrable("low", {0: 60}, due_hours=1, priority=1)
    high = deferrable("high", {0: 60}, due_hours=1, priority=5)
    found = plan(low, high, low_high={0: 60})
    assert found.served["low+high"]["high"][0] == 60
    assert found.cost == 60 * 1000 + 60 * 23 * 10 + 60 * 100


SKILLS = (agent("ann", workstreams=("mail",)), agent("bob", workstreams=("mail", "calls")))


def test_each_pool_does_what_the_other_cannot():
    queues = (deferrable(arrivals={0: 60}, due_hours=1), immediate(required={0: 1}))
    found = plan(*queues, people=SKILLS, mail={0: 60}, mail_calls={0: 60})
    assert found.cost == 0
    assert found.served["mail"]["mail"][0] == 60
    assert found.served["mail+calls"] == {"mail": [0] * 24, "calls": [60] + [0] * 23}


def test_a_pool_has_its_minutes_only_once():
    # Without ann bob has 60 minutes for both: the calls cost 60 × 1000, the mail overdue hours on top.
    queues = (deferrable(arrivals={0: 60}, due_hours=1), immediate(required={0: 1}))
    found = plan(*queues, people=SKILLS, mail_calls={0: 60})
    assert found.served["mail+calls"]["mail"][0] == 60
    assert found.cost == 60 * 1000


def test_backlog_left_at_the_end_is_charged_beyond_half_of_what_is_not_due():
    # 100 minutes arrive in the last hour: 50 may be left.
    queue = deferrable(arrivals={23: 100})
    assert plan(queue, mail={}).cost == 50 * 100
    assert plan(queue, mail={23: 50}).cost == 0


def test_an_immediate_queue_is_short_by_the_minute():
    # Two agents are 120 minutes in hour 3; 45 come.
    found = plan(immediate(required={3: 2}, priority=2), calls={2: 60, 3: 45, 4: 60})
    assert found.cost == 75 * 2000
    assert found.served["calls"]["calls"] == [0, 0, 0, 45] + [0] * 20


# The fluid oracle: 6 cases of 10 minutes arrive each hour, 18 an hour are done from 09:00 to 17:00. In its steady state
# 7 hours of work wait at midnight. Work of hour k is due T later, at the end of hour k + T.
def fluid(due_hours: int) -> tuple[Queue, Plan]:
    queue = deferrable(
        arrivals=dict.fromkeys(range(48), 60),
        hours=48,
        due_hours=due_hours,
        opening=[(60 * (k + due_hours + 1), 60) for k in range(-7, 0)],
    )
    people = tuple(agent(name, workstreams=("mail",)) for name in ("ann", "bob", "cyd"))
    staffed = {t: 180 for t in range(48) if 9 <= t % 24 < 17}
    return queue, plan(queue, people=people, mail=staffed)


def test_the_fluid_oracle_within_sixteen_hours():
    queue, found = fluid(16)
    stock = found.stock(queue)
    assert found.cost == 0
    # 96 cases wait at 09:00, none at 17:00, 48 on average from 09:00 to 09:00.
    assert (stock[8], stock[16], stock[32]) == (960, 0, 960)
    assert sum(stock[9:33]) / 24 == 480


def test_backlog_is_at_most_the_arrivals_of_the_last_hours():
    queue, found = fluid(16)
    assert all(open_ <= 60 * 16 for open_ in found.stock(queue))
    # Within 12 h the work of 17:00 to 21:00 is due before anybody comes: four hours of it on either morning.
    _, short = fluid(12)
    before = [0, *short.late["mail"]]
    missed = sum(max(0, now - then) for then, now in zip(before, short.late["mail"], strict=False))
    assert missed == 2 * 4 * 60
    assert short.late["mail"][8] == 240


def test_only_the_variables_of_the_flow_may_be_fractional():
    problem = world("2026-11-30", 1, [E06], queues=(immediate("cases", {3: 1}),))
    model = cp_model.CpModel()
    model.new_bool_var("duty")
    flow = Flow(model, problem, pools(problem), {"cases": [0] * 24})
    model.new_bool_var("other")
    # 24 hours of allocation and one short.
    assert flow.variables() == range(1, 26)
