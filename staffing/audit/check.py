"""The audit: what a roster is worth, found without the solver.

Rules are measured by their `check` on the timeline, service from the allocation by definition, pay from the duties. The
sum is the objective; a solver that says otherwise is wrong.
"""

from __future__ import annotations

from collections import defaultdict

from staffing.audit.allocate import allocate
from staffing.audit.service import allocation_faults, queue_service
from staffing.domain.base import Frozen
from staffing.domain.objective import Level, Term, Tier
from staffing.domain.problem import Problem
from staffing.domain.result import Allocation, Bill, Violation
from staffing.domain.roster import Roster
from staffing.requirement.pay import night_premium_minutes
from staffing.rules.book import RuleBook


class Audited(Frozen):
    """An audit.

    Parameters
    ----------
    faults
        What makes the roster or its allocation impossible, whatever the rules say; empty for a sound plan.
    """

    bill: Bill
    allocation: Allocation
    faults: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        """No fault and no must-rule broken."""
        return not self.faults and not self.bill.must_violations


def audit(
    problem: Problem, book: RuleBook, roster: Roster, allocation: Allocation | None = None
) -> Audited:
    """Audit any roster of the problem.

    Parameters
    ----------
    allocation
        The plan of work that came with the roster; None looks for the best one.
    """
    faults = roster_faults(problem, roster)
    if allocation is None:
        allocation = allocate(problem, roster)
    faults += allocation_faults(problem, roster, allocation)
    violations = book.check(problem, roster)
    terms: list[Term] = []
    service = []
    for queue in problem.queues:
        line, charged = queue_service(problem, queue, allocation)
        service.append(line)
        terms += charged
    terms += _rule_terms(violations) + _pay_terms(problem, roster)
    bill = Bill(terms=tuple(terms), violations=violations, service=tuple(service))
    return Audited(bill=bill, allocation=allocation, faults=tuple(faults))


def roster_faults(problem: Problem, roster: Roster) -> list[str]:
    """Return duties of unknown people, at the wrong site, outside the week, and pins that were not kept."""
    faults: list[str] = []
    dates = set(problem.horizon.dates)
    for agent_id, duty in roster.rows():
        agent = problem.agent.get(agent_id)
        if agent is None:
            faults.append(f"agent {agent_id!r} is not in the workspace")
        elif duty.site != agent.site:
            faults.append(f"{agent_id}: duty of {duty.date} is at {duty.site}, not at {agent.site}")
        if duty.date not in dates:
            faults.append(f"{agent_id}: duty of {duty.date} is not in week {problem.week}")
    for pin in problem.pins:
        held = [duty.template for duty in roster.of(pin.agent_id) if duty.date == pin.date]
        if held != ([] if pin.template is None else [pin.template]):
            faults.append(
                f"{pin.agent_id}: the pin of {pin.date} ({pin.template or 'off'}) is not kept"
            )
    return faults


def _rule_terms(violations: tuple[Violation, ...]) -> list[Term]:
    """Add up priced violations by rule."""
    grouped: dict[tuple[str, Tier, str], list[Violation]] = defaultdict(list)
    for found in violations:
        if found.level is not Level.MUST and not found.inherited:
            grouped[(found.rule, found.tier, found.unit)].append(found)
    return [
        Term(
            name=rule,
            tier=tier,
            amount=sum(v.amount for v in found),
            unit=unit,
            cost=sum(v.cost for v in found),
        )
        for (rule, tier, unit), found in grouped.items()
    ]


def _pay_terms(problem: Problem, roster: Roster) -> list[Term]:
    price = problem.price(Tier.COST)
    paid = sum(duty.paid_minutes for _, duty in roster.rows())
    premium = sum(night_premium_minutes(duty) for _, duty in roster.rows())
    return [
        Term(name="pay", tier=Tier.COST, amount=paid, unit="paid minutes", cost=paid * price),
        Term(
            name="night_premium",
            tier=Tier.COST,
            amount=premium,
            unit="minutes",
            cost=premium * price,
        ),
    ]
