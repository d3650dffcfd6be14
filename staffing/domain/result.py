"""What comes out: violations, bills, allocations and the result of a build."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from staffing.domain.base import Frozen
from staffing.domain.objective import Level, Term, Tier
from staffing.domain.roster import Roster


class Violation(Frozen):
    """A rule that a roster breaks.

    Parameters
    ----------
    rule
        Kind of the rule.
    agent_id
        Who; None for a rule about the team.
    workstream
        What a rule about the team speaks of; None for a rule about a person.
    start, end
        Stretch of the horizon in minutes, half-open.
    measured, limit
        What was found and what was allowed, in ``unit``.
    amount
        How far beyond the limit, in whole units of the rule's price.
    cost
        What it adds to the objective: amount × weight × price of the tier; 0 for a must-rule.
    inherited
        True when it lies wholly in the carry-in: reported, never charged.
    message
        One sentence: who, when, measured, limit, source.
    """

    rule: str
    level: Level
    tier: Tier
    agent_id: str | None
    start: int
    end: int
    measured: float
    limit: float
    amount: int
    unit: str
    cost: int = 0
    inherited: bool = False
    message: str = ""
    workstream: str | None = None


class Allocation(Frozen):
    """Who works on what: minutes of each skill pool on each queue in each interval.

    A pool is the set of agents who can serve the same queues; its name is those queues joined by ``+``.

    Parameters
    ----------
    minutes
        ``{pool: {queue: (minutes per interval, …)}}``, whole minutes.
    late
        ``{queue: (overdue minutes at the end of each interval, …)}`` of the deferrable queues: the part of the backlog
        that the plan lets be late (it says in which order work is taken).
    kept_free
        ``{queue: (people in each interval, …)}``: for these immediate queues that many are to be free, in place of as
        many as their requirement says.
    """

    minutes: dict[str, dict[str, tuple[int, ...]]]
    late: dict[str, tuple[int, ...]]
    kept_free: dict[str, tuple[int, ...]] = Field(default_factory=dict)


class PeriodService(Frozen):
    """Service of one period of a deferrable queue's target, as planned.

    Parameters
    ----------
    start
        Minute with which the period begins.
    expected_fraction
        Share on time, of what falls due within the horizon and what the period has seen before it.
    work_minutes, late_minutes, allowance_minutes
        Work that falls due within the horizon, what of it misses its due time, and what of it may.
    """

    start: int
    expected_fraction: float
    work_minutes: int
    late_minutes: int
    allowance_minutes: int


class QueueService(Frozen):
    """Service of one queue over the horizon, as planned.

    Parameters
    ----------
    target_fraction, expected_fraction
        Share on time that is asked for, and that the plan gives: in the worst period of the target.
    work_minutes
        Work that falls due within the horizon (deferrable) or offered (immediate).
    late_minutes
        Deferrable: work that misses its due time. Immediate: agent-minutes that are short of the requirement.
    short_intervals
        Intervals in which it happens.
    closing_minutes
        Backlog at the end of the horizon.
    periods
        Deferrable: periods of the target that have work due within the horizon.
    in_order_fraction
        Deferrable: share of the work on time if the same minutes are worked strictly first in, first out, work arriving
        and being done evenly within its interval. The plan takes the order that suits the deadlines best.
    """

    queue: str
    target_fraction: float
    expected_fraction: float
    work_minutes: int
    late_minutes: int
    short_intervals: tuple[int, ...]
    closing_minutes: int
    periods: tuple[PeriodService, ...] = ()
    in_order_fraction: float | None = None

    @property
    def missing_minutes(self) -> int:
        """Minutes without which the target would be met: late work beyond what each period allows, or agents short."""
        if not self.periods:
            return self.late_minutes
        return sum(max(0, line.late_minutes - line.allowance_minutes) for line in self.periods)


class Unavoidable(Frozen):
    """What is proven to be missing in every roster that keeps the must-rules, whatever the other rules and pay say.

    Parameters
    ----------
    minutes
        Of all queues and floors together: no roster has less `Bill.missing_minutes`.
    by_queue
        ``{queue: minutes}`` that the queue lacks even if all other work were left.
    """

    minutes: int = Field(ge=0)
    by_queue: dict[str, int] = Field(default_factory=dict)


class Status(StrEnum):
    """How a solve ended."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    NO_TIME = "no_time"


class Progress(Frozen):
    """One point of the improvement curve; ``objective`` and ``bound`` are None as long as there is none."""

    phase: str
    seconds: float
    objective: int | None
    bound: int | None


class Solution(Frozen):
    """What a solver brings back: no roster is ``None`` with a status.

    Parameters
    ----------
    bound
        Proven lower bound of the objective of *any* roster.
    interrupted
        True when the user stopped the search: the roster is the best so far.
    curve
        Improvement over time.
    """

    status: Status
    roster: Roster | None
    allocation: Allocation | None
    objective: int | None
    bound: int | None
    seconds: float
    interrupted: bool = False
    curve: tuple[Progress, ...] = ()

    @property
    def gap(self) -> float | None:
        """(objective − bound) / objective, None without either."""
        if self.objective is None or self.bound is None:
            return None
        return max(0.0, (self.objective - self.bound) / max(1, self.objective))


class Bill(Frozen):
    """The audit's own account of a roster.

    Parameters
    ----------
    terms
        Lines of the objective; they add up to ``objective``.
    violations
        Every violation, must and should, inherited ones too.
    service
        One line a queue.
    """

    terms: tuple[Term, ...]
    violations: tuple[Violation, ...]
    service: tuple[QueueService, ...]

    @property
    def objective(self) -> int:
        """Sum of the terms."""
        return sum(term.cost for term in self.terms)

    @property
    def missing_minutes(self) -> int:
        """Minutes without which every target and every floor would be met."""
        floors = sum(v.amount for v in self.violations if v.level is Level.ELASTIC)
        return floors + sum(line.missing_minutes for line in self.service)

    @property
    def lacking(self) -> tuple[str, ...]:
        """Queues that miss their target, or agents."""
        return tuple(line.queue for line in self.service if line.missing_minutes)

    @property
    def must_violations(self) -> tuple[Violation, ...]:
        """Violations of law, safety and contract that this roster itself commits."""
        return tuple(v for v in self.violations if v.level is Level.MUST and not v.inherited)
