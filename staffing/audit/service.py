"""Service of a plan, recomputed from its allocation by definition; shares nothing with the solver's rows."""

from __future__ import annotations

from collections.abc import Sequence

from staffing.audit.in_order import in_order_fraction
from staffing.domain.objective import Term, Tier
from staffing.domain.problem import Problem
from staffing.domain.result import Allocation, PeriodService, QueueService
from staffing.domain.roster import Roster
from staffing.domain.work import Queue
from staffing.requirement.immediate import on_time_fraction
from staffing.requirement.service import DuePeriod, ServiceTerms, due_profile
from staffing.requirement.sizing import capacity_minutes


def allocation_faults(problem: Problem, roster: Roster, allocation: Allocation) -> list[str]:
    """Return what makes an allocation impossible for a roster: wrong pool, too many minutes, work before it arrives."""
    faults: list[str] = []
    supply = pool_minutes(problem, roster)
    for pool, queues in allocation.minutes.items():
        if pool not in supply:
            faults.append(f"nobody belongs to pool {pool!r}")
            continue
        strange = set(queues) - set(pool.split("+"))
        faults += [f"pool {pool!r} cannot serve {queue!r}" for queue in sorted(strange)]
        for t in range(problem.horizon.intervals):
            used = sum(minutes[t] for minutes in queues.values())
            if used > supply[pool][t] or any(minutes[t] < 0 for minutes in queues.values()):
                faults.append(
                    f"pool {pool!r} works {used} of {supply[pool][t]} minutes in interval {t}"
                )
    for queue in problem.queues:
        served = served_minutes(allocation, queue, problem.horizon.intervals)
        if not queue.is_immediate:
            faults += _stock_faults(problem, queue, served, allocation.late[queue.queue])
    return faults


def pool_minutes(problem: Problem, roster: Roster) -> dict[str, list[int]]:
    """Return productive minutes of each skill pool by interval, from duties and carry-in."""
    supply: dict[str, list[int]] = {}
    order = [queue.queue for queue in problem.queues]
    for agent in problem.agents:
        served = problem.queues_of[agent.agent_id]
        pool = "+".join(queue for queue in order if queue in served)
        minutes = supply.setdefault(pool, [0] * problem.horizon.intervals)
        for duty, _ in problem.timeline(roster, agent.agent_id):
            for t, amount in capacity_minutes(duty, problem.horizon, problem.shrinkage_fraction):
                minutes[t] += amount
    return supply


def served_minutes(allocation: Allocation, queue: Queue, intervals: int) -> list[int]:
    """Return minutes worked on a queue by interval, over all pools."""
    total = [0] * intervals
    for queues in allocation.minutes.values():
        for t, minutes in enumerate(queues.get(queue.queue, ())):
            total[t] += minutes
    return total


def stock_minutes(problem: Problem, queue: Queue, served: Sequence[int]) -> list[int]:
    """Return the backlog of a deferrable queue at the end of each interval."""
    stock = due_profile(problem.horizon, queue).opening_minutes
    path = []
    for arrived, done in zip(queue.arrivals_minutes, served, strict=True):
        stock += arrived - done
        path.append(stock)
    return path


def _stock_faults(
    problem: Problem, queue: Queue, served: Sequence[int], late: Sequence[int]
) -> list[str]:
    """Check that nothing is worked before it arrives and that the late part is at least what is due."""
    due = due_profile(problem.horizon, queue)
    faults = []
    before = due.opening_late_minutes
    for t, stock in enumerate(stock_minutes(problem, queue, served)):
        if stock < 0:
            faults.append(
                f"{queue.queue}: {-stock} minutes worked before they arrive, interval {t}"
            )
        if not max(0, stock - due.not_due_minutes[t]) <= late[t] <= max(0, stock):
            faults.append(f"{queue.queue}: {late[t]} late minutes of {stock} open, interval {t}")
        if before - late[t] > served[t]:
            faults.append(f"{queue.queue}: late work vanishes in interval {t}")
        if late[t] - before > due.falling_due_minutes[t]:
            faults.append(f"{queue.queue}: more becomes late than falls due in interval {t}")
        if served[t] and t in queue.closed:
            faults.append(f"{queue.queue}: {served[t]} minutes worked while closed, interval {t}")
        before = late[t]
    return faults


def queue_service(
    problem: Problem, queue: Queue, allocation: Allocation
) -> tuple[QueueService, list[Term]]:
    """Return the service of a queue and what it is charged."""
    served = served_minutes(allocation, queue, problem.horizon.intervals)
    if queue.is_immediate:
        return _immediate(problem, queue, served)
    return _deferrable(problem, queue, served, allocation.late[queue.queue])


def _immediate(
    problem: Problem, queue: Queue, served: Sequence[int]
) -> tuple[QueueService, list[Term]]:
    width = problem.horizon.interval_minutes
    short = [
        max(0, agents * width - done)
        for agents, done in zip(queue.required_agents, served, strict=True)
    ]
    agents = [done // width for done in served]
    on_time = on_time_fraction(queue.workstream, queue.volume, queue.aht_minutes, width, agents)
    volume = sum(queue.volume)
    expected = sum(v * share for v, share in zip(queue.volume, on_time, strict=True))
    service = QueueService(
        queue=queue.queue,
        target_fraction=queue.workstream.target_fraction,
        expected_fraction=float(expected / volume) if volume else 1.0,
        work_minutes=round(sum(queue.work_minutes)),
        late_minutes=sum(short),
        short_intervals=tuple(t for t, minutes in enumerate(short) if minutes),
        closing_minutes=0,
    )
    cost = sum(short) * ServiceTerms.of(problem, queue).miss_cost
    return service, [_term(f"short:{queue.queue}", sum(short), "agent-minutes short", cost)]


def _deferrable(
    problem: Problem, queue: Queue, served: Sequence[int], late: Sequence[int]
) -> tuple[QueueService, list[Term]]:
    due, terms = due_profile(problem.horizon, queue), ServiceTerms.of(problem, queue)
    before = (due.opening_late_minutes, *late[:-1])
    missed = [max(0, now - then) for now, then in zip(late, before, strict=True)]
    periods = [_period(period, sum(missed[period.first : period.end])) for period in due.periods]
    beyond = sum(max(0, line.late_minutes - line.allowance_minutes) for line in periods)
    closing = stock_minutes(problem, queue, served)[-1]
    left = max(0, closing - due.closing_minutes)
    service = QueueService(
        queue=queue.queue,
        target_fraction=queue.workstream.target_fraction,
        expected_fraction=min((line.expected_fraction for line in periods), default=1.0),
        work_minutes=due.due_minutes,
        late_minutes=sum(missed),
        short_intervals=tuple(t for t, minutes in enumerate(missed) if minutes),
        closing_minutes=closing,
        periods=tuple(periods),
        in_order_fraction=in_order_fraction(problem.horizon, queue, served),
    )
    return service, [
        _term(f"missed:{queue.queue}", beyond, "minutes beyond target", beyond * terms.miss_cost),
        _term(
            f"overdue:{queue.queue}",
            sum(late),
            "minutes × intervals overdue",
            sum(late) * terms.late_interval_cost,
        ),
        _term(f"closing:{queue.queue}", left, "minutes left too many", left * terms.closing_cost),
    ]


def _period(period: DuePeriod, late_minutes: int) -> PeriodService:
    return PeriodService(
        start=period.start,
        expected_fraction=period.on_time_fraction(late_minutes),
        work_minutes=period.due_minutes,
        late_minutes=late_minutes,
        allowance_minutes=period.allowance_minutes,
    )


def _term(name: str, amount: int, unit: str, cost: int) -> Term:
    return Term(name=name, tier=Tier.SERVICE, amount=amount, unit=unit, cost=cost)
